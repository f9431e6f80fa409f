"""What a role does beside opening doors: it counts by the day, stands beside each event, and ends with an erasure."""

from datetime import date

import pytest

from services.core.authorisation import Role
from services.core.deciders import Refused
from tests.scheduling.platform import ROW, Platform

TODAY = date(2022, 9, 1)
OWN = 120777


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
