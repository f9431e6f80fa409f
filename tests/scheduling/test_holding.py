"""A visit takes place with those who were there, or does not."""

from datetime import date, time
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.schemas import Invalid
from services.scheduling.events import Participant, VisitHeld, VisitNotHeld, VisitPlanned
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, SPRING, YEAR, act, at, plan, typed

HEAD: dict[str, Any] = {"role": "headteacher"}


def hold(year: Platform, *present: dict[str, Any], visit: str = "1", by: str = "adviser", day: date = AUTUMN) -> None:
    act(year, "HoldVisit", visit, by=by, sittings=typed(at(day)), participants=list(present or [HEAD]))


def test_a_visit_is_held_on_another_day_than_planned_and_both_are_kept(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(date(2011, 10, 7))
    hold(year, day=date(2011, 10, 5))
    [held] = year.recorded(VisitHeld)
    there = (Participant("headteacher", "whole"),)
    sittings = (at(date(2011, 10, 5)),)
    assert held.data == VisitHeld(SCHOOL, YEAR, "1", "adviser", sittings, "in_person", there, False)
    assert held.metadata.effective_on == date(2011, 10, 5)
    assert year.events(VisitPlanned)[0].sittings == (at(AUTUMN),)


@pytest.mark.parametrize(
    ("present", "took_part"),
    [
        ([HEAD], False),
        ([HEAD, {"role": "chair_of_governors", "part": "part"}], True),
        ([HEAD, {"role": "governor"}], True),
        ([HEAD, {"role": "clerk"}], False),
    ],
)
def test_vr3_governors_part_is_measured_and_never_demanded(
    year: Platform, present: list[dict[str, Any]], took_part: bool
) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(AUTUMN, time(13))
    hold(year, *present)
    assert [event.governors_took_part for event in year.events(VisitHeld)] == [took_part]


def test_edge_chair_absent_whoever_stood_in_is_recorded_and_counts(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(AUTUMN, time(13))
    hold(year, HEAD, {"role": "other", "part": "part", "stands_in_for": "chair_of_governors"})
    [held] = year.events(VisitHeld)
    assert held.participants[1] == Participant("other", "part", None, "chair_of_governors")
    assert held.governors_took_part


def test_what_is_still_to_come_was_not_held(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(AUTUMN, time(8, 59))
    with pytest.raises(Refused, match="still to come"):
        hold(year)
    with pytest.raises(Refused, match="still to come"):
        act(year, "RecordNotHeld", "1", by="adviser", because="Snow")
    year.on(AUTUMN, time(9))
    hold(year)


def test_only_the_adviser_who_made_it_says_that_it_was_held(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(date(2011, 10, 7))
    with pytest.raises(Refused, match="another adviser's"):
        hold(year, by="adviser-2")
    for other in ("officer", "head", "manager"):
        with pytest.raises(Forbidden):
            hold(year, by=other)
    with pytest.raises(Refused, match="Visit 2 is not planned yet"):
        hold(year, visit="2")
    hold(year)
    with pytest.raises(Refused, match="Visit 1 is held"):
        hold(year)


def test_vr2_no_command_holds_visit_4(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    year.on(date(2011, 10, 7))
    with pytest.raises(Invalid) as refused:
        hold(year, visit="4")
    assert list(refused.value.errors) == ["visit"]


def test_a_visit_that_did_not_take_place_is_said_to_be_so_and_planned_again(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(date(2011, 10, 4))
    with pytest.raises(Refused, match="Give the reason"):
        act(year, "RecordNotHeld", "1", by="adviser")
    act(year, "RecordNotHeld", "1", by="adviser", because="The road was closed")
    assert year.events(VisitNotHeld) == [VisitNotHeld(SCHOOL, YEAR, "1", "adviser", AUTUMN)]
    plan(year, "1", at(SPRING), because="Next free day")


@pytest.mark.parametrize(("day", "utc"), [(date(2011, 10, 28), "08:30"), (date(2011, 10, 31), "09:30")])
def test_edge_clock_change_times_are_london_wall_time_on_both_sides(year: Platform, day: date, utc: str) -> None:
    """The clocks went back on 30 October 2011: 09:30 in London is another instant before and after."""
    plan(year, "1", at(day, "09:30", "12:30"))
    year.on(day, time(9, 29))
    with pytest.raises(Refused, match="still to come"):
        act(year, "HoldVisit", "1", by="adviser", sittings=typed(at(day, "09:30", "12:30")), participants=[HEAD])
    year.on(day, time(9, 30))
    act(year, "HoldVisit", "1", by="adviser", sittings=typed(at(day, "09:30", "12:30")), participants=[HEAD])
    assert f"{year.recorded(VisitHeld)[0].recorded:%H:%M}" == utc
