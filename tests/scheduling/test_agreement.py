"""A school's programme of a year: proposed, agreed by adviser, headteacher and chair, then in force."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.commands import registry
from services.core.deciders import Refused
from services.core.events import Dated, Event
from services.core.schemas import Invalid, load
from services.core.testing import Given, given
from services.scheduling.agreement import AgreeProgramme, Facts, ProposeProgramme, agreement_decider
from services.scheduling.allocation_state import Allocation, Spell
from services.scheduling.events import ProgrammeAgreed, ProgrammeProposed, ProgrammeSettled
from tests.platform import SCHOOL as PLATFORMS_SCHOOL
from tests.scheduling.platform import ROW
from tests.scheduling.year import AUTUMN, opened_year

SCHOOL: int = ROW["urn"]
AUGUST = date(2022, 8, 22)
LINKED = Allocation(spells=(Spell("a1", date(2022, 8, 1)),))
FULL = ("1", "2", "3", "4")
PROPOSE = ProposeProgramme(SCHOOL, 2022, "tailored", ("3", "1"))
PROPOSED = ProgrammeProposed(SCHOOL, 2022, 1, "tailored", ("1", "3"), "adviser")
SETTLED = ProgrammeSettled(SCHOOL, 2022, 1, "tailored", ("1", "3"), date(2022, 9, 1)).true_from(date(2022, 9, 1))
WHO = {"adviser": "a1", "headteacher": "h1", "chair_of_governors": "c1"}


def agreed(by: str, version: int = 1) -> ProgrammeAgreed:
    return ProgrammeAgreed(SCHOOL, 2022, version, by)


def happened(*events: Event | Dated, role: str, person: str | None = None, today: date = AUGUST) -> Given:
    return given(*events).at(today).by(role, person or WHO.get(role, "")).knowing(Facts(LINKED))


def test_a_proposal_is_its_proposers_agreement_too() -> None:
    happened(role="adviser").when(PROPOSE, agreement_decider).then(PROPOSED, agreed("adviser"))


def test_full_is_all_four_visits() -> None:
    full = ProgrammeProposed(SCHOOL, 2022, 1, "full", FULL, "headteacher")
    proposing = happened(role="headteacher").when(ProposeProgramme(SCHOOL, 2022, "full"), agreement_decider)
    proposing.then(full, agreed("headteacher"))


@pytest.mark.parametrize("visits", [(), FULL])
def test_tailored_is_some_of_the_visits(visits: tuple[str, ...]) -> None:
    command = ProposeProgramme(SCHOOL, 2022, "tailored", visits)  # type: ignore[arg-type]
    happened(role="adviser").when(command, agreement_decider).refused("one to three", "visits")


def test_br3_the_ip_day_is_in_addition_and_no_visit_of_a_programme() -> None:
    command = registry["scheduling.ProposeProgramme"]
    with pytest.raises(Invalid, match="Choose one of"):
        load(command, {"urn": SCHOOL, "year": 2022, "programme": "tailored", "visits": ["1", "ip"]})


def test_edge_role_given_to_a_new_person_who_was_head_before_does_not_agree_again_as_chair() -> None:
    facts = Facts(LINKED, {(1, "h1"): "headteacher"})
    known = happened(PROPOSED, agreed("adviser"), agreed("headteacher"), role="chair_of_governors", person="h1")
    refused = known.knowing(facts).when(AgreeProgramme(SCHOOL, 2022, 1), agreement_decider)
    refused.refused("You agreed to this already, as headteacher. Nobody agrees for two parties")
    anew = happened(
        PROPOSED, replace(PROPOSED, version=2), agreed("adviser", 2), role="chair_of_governors", person="h1"
    )
    anew.knowing(facts).when(AgreeProgramme(SCHOOL, 2022, 2), agreement_decider).then(agreed("chair_of_governors", 2))


@pytest.mark.parametrize("order", [*permutations(WHO)])
def test_the_third_agreement_settles_it_whoever_gives_it(order: tuple[str, str, str]) -> None:
    first, second, third = order
    proposed = ProgrammeProposed(SCHOOL, 2022, 1, "tailored", ("1", "3"), first)
    agree = AgreeProgramme(SCHOOL, 2022, 1)
    one = happened(proposed, agreed(first), role=second)
    one.when(agree, agreement_decider).then(agreed(second))
    two = happened(proposed, agreed(first), agreed(second), role=third)
    two.when(agree, agreement_decider).then(agreed(third), SETTLED)


def test_what_is_settled_during_the_year_holds_from_then_on() -> None:
    agree = AgreeProgramme(SCHOOL, 2022, 1)
    late = date(2022, 10, 5)
    two = happened(PROPOSED, agreed("adviser"), agreed("headteacher"), role="chair_of_governors", today=late)
    settled = ProgrammeSettled(SCHOOL, 2022, 1, "tailored", ("1", "3"), late)
    two.when(agree, agreement_decider).then(agreed("chair_of_governors"), settled.true_from(late))


def test_who_agrees_twice_agrees_once() -> None:
    again = happened(PROPOSED, agreed("adviser"), role="adviser")
    again.when(AgreeProgramme(SCHOOL, 2022, 1), agreement_decider).then()


def test_a_later_proposal_needs_all_three_again() -> None:
    settled: tuple[Event | Dated, ...] = (PROPOSED, *(agreed(by) for by in WHO), SETTLED)
    proposing = happened(*settled, role="headteacher").when(ProposeProgramme(SCHOOL, 2022, "full"), agreement_decider)
    second = ProgrammeProposed(SCHOOL, 2022, 2, "full", FULL, "headteacher")
    proposing.then(second, agreed("headteacher", 2))
    stale = happened(*settled, second, role="adviser").when(AgreeProgramme(SCHOOL, 2022, 1), agreement_decider)
    stale.refused("Another programme has been proposed since", "version")
    happened(*settled, second, agreed("headteacher", 2), role="adviser").when(
        AgreeProgramme(SCHOOL, 2022, 2), agreement_decider
    ).then(agreed("adviser", 2))


def test_only_the_schools_own_adviser_is_a_party() -> None:
    for command in (PROPOSE, AgreeProgramme(SCHOOL, 2022, 1)):
        other = happened(PROPOSED, role="adviser", person="a2")
        other.when(command, agreement_decider).refused("Only the school's Link Adviser")


@pytest.mark.parametrize("role", ["platform", "policy", "programme_manager"])
def test_nobody_agrees_for_a_party(role: str) -> None:
    for command in (PROPOSE, AgreeProgramme(SCHOOL, 2022, 1)):
        happened(PROPOSED, role=role).when(command, agreement_decider).refused("each for themselves")


def test_a_year_that_is_over_has_no_new_programme() -> None:
    over = happened(role="adviser", today=date(2023, 9, 1))
    over.when(PROPOSE, agreement_decider).refused("academic year is over", "year")


def test_edge_role_given_to_a_new_person_the_head_who_became_chair_is_known_by_the_agreements_own_actor(
    tmp_path: Path,
) -> None:
    with opened_year(tmp_path) as year:
        about: dict[str, Any] = {"urn": PLATFORMS_SCHOOL, "year": 2011}
        year.do("scheduling.ProposeProgramme", by="head", **about, programme="full")
        end: dict[str, Any] = {"urn": PLATFORMS_SCHOOL, "ends": "2011-10-03"}
        year.on(AUTUMN)
        year.do("scheduling.EndTenure", person="head", role="headteacher", **end)
        year.do("scheduling.EndTenure", person="chair", role="chair_of_governors", **end)
        begins: dict[str, Any] = {"urn": PLATFORMS_SCHOOL, "begins": "2011-10-03"}
        year.do("scheduling.BeginTenure", person="head", role="chair_of_governors", **begins)
        with pytest.raises(Refused, match="You agreed to this already, as headteacher"):
            year.do("scheduling.AgreeProgramme", by="head", **about, version=1)
        year.do("scheduling.AgreeProgramme", by="adviser", **about, version=1)
