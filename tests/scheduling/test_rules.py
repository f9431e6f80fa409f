"""The one table of who may (tests/who_may/doors.csv) through the runtime: by roles that somebody holds, held or will
hold."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.core.authorisation import Actor, Forbidden, Role
from services.core.deciders import Refused
from services.scheduling.service import scheduling
from tests.scheduling.platform import ROW, Platform

TODAY = date(2022, 9, 1)
OWN, OTHER = 120777, 120780

MESSAGES: dict[str, dict[str, Any]] = {
    "RecordSchool": ROW,
    "LinkSchools": {"predecessor": OTHER, "successor": OWN, "link_type": "Successor"},
    "RegisterPerson": {"person": "new", "name": "A name"},
    "BeginTenure": {"person": "known", "role": "headteacher", "begins": TODAY, "urn": OWN},
    "EndTenure": {"person": "known", "role": "headteacher", "ends": TODAY, "urn": OWN},
    "ErasePerson": {"person": "known"},
    "SubscribeSchool": {"urn": OWN, "year": 2022},
    "FindSchools": {"text": "Aldborough"},
    "SchoolByUrn": {"urn": OWN},
    "CountySchools": {},
    "SchoolPeople": {"urn": OWN, "on": TODAY},
    "GrantBackView": {"person": "known", "role": "headteacher", "urn": OWN, "since": TODAY},
    "EndSubscription": {"urn": OWN, "year": 2022, "ends": TODAY},
    "SetTerms": {"year": 2022, "terms": [{"term": "autumn", "begins": TODAY, "ends": TODAY}]},
    "TrainAdviser": {"person": "known", "training": "data_analysis", "completed": TODAY},
    "DeclareInterest": {"person": "known", "interest_at": OWN, "begins": TODAY, "nature": "A child of mine"},
    "EndInterest": {"person": "known", "interest_at": OWN, "ends": TODAY},
    "RecordAbsence": {"person": "known", "begins": TODAY, "ends": TODAY},
    "RecordReturn": {"person": "known", "begins": TODAY, "returns": TODAY},
    "ProposeAdviser": {"urn": OWN, "adviser": "known", "begins": TODAY},
    "AcceptProposal": {"urn": OWN, "proposal": 1},
    "ObjectToProposal": {"urn": OWN, "proposal": 1, "words": "We know each other"},
    "AllocateAdviser": {"urn": OWN, "proposal": 1},
    "EndAllocation": {"urn": OWN, "ends": TODAY},
    "TakeOverAllocation": {"urn": OWN, "predecessor": OTHER, "on": TODAY},
    "NotePredecessor": {"urn": OWN, "predecessor": OTHER, "established": TODAY},
    "ProposeProgramme": {"urn": OWN, "year": 2022, "programme": "full"},
    "AgreeProgramme": {"urn": OWN, "year": 2022, "version": 1},
    "RecommendService": {"urn": OWN, "year": 2022, "service": "validation", "purpose": "Observations"},
    "OrderService": {"urn": OWN, "year": 2022, "service": "validation", "purpose": "Observations"},
    "DeliverService": {"urn": OWN, "year": 2022, "order": "1", "delivered": TODAY},
    "CancelService": {"urn": OWN, "year": 2022, "order": "1"},
    "NamesOf": {"people": ["known"], "urn": OWN},
    "CountyAdvisers": {},
    "AdviserDetails": {"person": "known"},
    "CountyAllocations": {},
    "SchoolAdviser": {"urn": OWN},
    "SchoolProgramme": {"urn": OWN, "year": 2022},
    "SchoolServices": {"urn": OWN},
    "Terms": {"year": 2022},
}
TABLE = Path(__file__).parents[1] / "who_may" / "doors.csv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    _ROWS = {row["door"]: row for row in csv.DictReader(_file)}
ALLOWED = [(name, role) for name in MESSAGES for role in Role if _ROWS[f"scheduling.{name}"][role.value] == "x"]


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Somebody in each role now, somebody whose tenure ended today, and somebody whose tenure begins tomorrow."""
    platform = Platform(tmp_path_factory.mktemp("staffed"), TODAY)
    for role in Role:
        urn = OWN if role.of_a_school else None
        platform.appoint(somebody(role, "now"), role, TODAY, urn)
        platform.appoint(somebody(role, "past"), role, date(2020, 9, 1), urn, ends=TODAY)
        platform.appoint(somebody(role, "future"), role, date(2022, 9, 2), urn)
        if role.of_a_school:
            platform.appoint(somebody(role, "elsewhere"), role, TODAY, OTHER)
    yield platform
    platform.runtime.close()


def allows(platform: Platform, name: str, person: str) -> bool:
    return platform.runtime.may(f"scheduling.{name}", MESSAGES[name], actor=Actor(person))


def somebody(role: Role, when: str) -> str:
    return f"{role.value.replace('_', '-')}-{when}"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(MESSAGES))
def test_a_role_counts_on_the_days_it_is_held_and_at_its_own_school(staffed: Platform, name: str, role: Role) -> None:
    assert allows(staffed, name, somebody(role, "now")) is ((name, role) in ALLOWED)
    assert not allows(staffed, name, somebody(role, "past"))
    assert not allows(staffed, name, somebody(role, "future"))
    if role.of_a_school:
        assert not allows(staffed, name, somebody(role, "elsewhere"))


@pytest.mark.parametrize("name", list(MESSAGES))
def test_nobody_without_a_role_may_do_anything(staffed: Platform, name: str) -> None:
    assert not allows(staffed, name, "nobody")


@pytest.mark.parametrize("name", [name for name in MESSAGES if f"scheduling.{name}" in scheduling.commands])
def test_what_is_forbidden_is_not_recorded(staffed: Platform, name: str) -> None:
    before = staffed.runtime.log.head()
    with pytest.raises(Forbidden):
        staffed.do(name, actor=Actor("nobody"), **MESSAGES[name])
    assert staffed.runtime.log.head() == before


@pytest.mark.parametrize("name", [name for name in MESSAGES if f"scheduling.{name}" in scheduling.queries])
def test_what_is_forbidden_is_not_answered(staffed: Platform, name: str) -> None:
    with pytest.raises(Forbidden):
        staffed.ask(name, actor=Actor("nobody"), **MESSAGES[name])


def test_a_day_makes_the_difference_for_someone_who_leaves(platform: Platform) -> None:
    head = platform.appoint("head", Role.HEADTEACHER, TODAY, OWN)
    platform.do("EndTenure", person="head", role="headteacher", ends=date(2023, 9, 1), urn=OWN)
    for day, allowed in (
        (date(2022, 8, 31), False),
        (TODAY, True),
        (date(2023, 8, 31), True),
        (date(2023, 9, 1), False),
    ):
        platform.today = day
        assert platform.runtime.may("scheduling.SchoolByUrn", {"urn": OWN}, actor=head) is allowed


def test_the_role_that_allowed_it_stands_beside_the_event(platform: Platform) -> None:
    platform.do("RecordSchool", **ROW)
    head = platform.appoint("head", Role.HEADTEACHER, TODAY, OWN)
    result = platform.do("SubscribeSchool", actor=head, urn=OWN, year=2022)
    metadata = platform.runtime.log.read(result.stream)[0].metadata
    assert (metadata.actor, metadata.role) == ("head", "headteacher")


def test_an_erased_person_may_do_nothing_more(platform: Platform) -> None:
    adviser = platform.appoint("adviser", Role.ADVISER, TODAY)
    assert platform.runtime.may("scheduling.CountySchools", {}, actor=adviser)
    platform.do("ErasePerson", person="adviser", reason="They asked")
    assert not platform.runtime.may("scheduling.CountySchools", {}, actor=adviser)


def test_the_reason_of_a_command_reaches_its_decider_and_its_event(platform: Platform) -> None:
    platform.do("RegisterPerson", person="known", name="A name")
    officer = platform.appoint("dpo", Role.DATA_PROTECTION, TODAY)
    with pytest.raises(Refused, match="Give the reason"):
        platform.do("ErasePerson", actor=officer, person="known")
    with pytest.raises(Refused, match="Give the reason"):
        platform.runtime.rehearse("scheduling.ErasePerson", {"person": "known"}, actor=officer)
    assert platform.runtime.rehearse("scheduling.ErasePerson", {"person": "known"}, actor=officer, reason="They asked")
    result = platform.do("ErasePerson", actor=officer, reason="They asked", person="known")
    metadata = platform.runtime.log.read(result.stream)[-1].metadata
    assert (metadata.actor, metadata.role, metadata.reason) == ("dpo", "data_protection_officer", "They asked")
