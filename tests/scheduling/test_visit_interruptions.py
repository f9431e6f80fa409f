"""An inspection or the closing of the school comes between a visit and its day."""

from datetime import date, time
from typing import Any

import pytest

from services.core.deciders import Refused
from services.scheduling.events import TimeReleased, TimeReserved, VisitCancelled, VisitPutOnHold
from tests.platform import SCHOOL, SCHOOL_ROW, Platform
from tests.scheduling.year import AUTUMN, SPRING, SUMMER, YEAR, act, at, plan
from tests.visits.steps import hold_visit_4

FRIDAY = date(2012, 2, 3)
CLOSED = date(2012, 3, 31)


def ofsted(year: Platform, begins: date, ends: date) -> None:
    """The school calls on FRIDAY that Ofsted is coming."""
    year.on(FRIDAY, time(14))
    call: dict[str, Any] = {"call": "call-1", "urn": SCHOOL, "kind": "inspection", "caller_role": "headteacher"}
    told: dict[str, Any] = {"received_at": "2012-02-03T13:50:00Z", "told_at": "2012-02-03T13:30:00Z"}
    days: dict[str, Any] = {"begins": begins.isoformat(), "ends": ends.isoformat()}
    year.do("helpdesk.ReceiveOfstedCall", by="duty", **call, **told, **days, caller="Sam Lee")


def close(year: Platform, closed: date = CLOSED, effective_on: date = CLOSED) -> None:
    changed: dict[str, Any] = {"status": "Closed", "closed": closed.isoformat()}
    year.do("scheduling.RecordSchool", **{**SCHOOL_ROW, **changed, "effective_on": effective_on.isoformat()})


def test_edge_inspection_called_mid_programme_visits_inside_the_window_wait_and_their_time_is_free(
    year: Platform,
) -> None:
    plan(year, "2", at(SPRING))
    plan(year, "3", at(SUMMER))
    ofsted(year, date(2012, 2, 7), date(2012, 2, 8))
    assert year.events(VisitPutOnHold) == [
        VisitPutOnHold(SCHOOL, YEAR, "2", "adviser", "call-1", date(2012, 2, 7), date(2012, 2, 8))
    ], "the visit of Monday lies between the call and the end of the inspection"
    assert year.events(TimeReleased) == [TimeReleased("adviser", SCHOOL, YEAR, "2")]
    plan(year, "2", at(date(2012, 2, 20)))
    assert year.parked() == []


@pytest.mark.parametrize("day", [date(2012, 2, 2), date(2012, 2, 9)])
def test_edge_inspection_called_mid_programme_visits_outside_the_window_stay(year: Platform, day: date) -> None:
    plan(year, "2", at(day))
    ofsted(year, date(2012, 2, 7), date(2012, 2, 8))
    assert year.events(VisitPutOnHold) == []


def test_edge_inspection_called_mid_programme_a_visit_already_held_is_left_alone(year: Platform) -> None:
    plan(year, "2", at(FRIDAY, "09:00", "12:00"))
    year.on(FRIDAY, time(13))
    there = [{"role": "headteacher"}]
    act(year, "HoldVisit", "2", by="adviser", participants=there, sittings=[{"day": "2012-02-03", **NINE_TO_TWELVE}])
    ofsted(year, date(2012, 2, 7), date(2012, 2, 8))
    assert year.events(VisitPutOnHold) == []


@pytest.mark.parametrize("withdrawn", [False, True])
def test_edge_inspection_called_mid_programme_a_visit_4_already_held_is_left_alone(
    year: Platform, withdrawn: bool
) -> None:
    plan(year, "4", at(FRIDAY, "09:00", "12:00"), because="The adviser was ill")
    year.on(FRIDAY, time(13))
    hold_visit_4(year, FRIDAY.isoformat())
    if withdrawn:
        year.do("visits.WithdrawPmVisit", by="adviser", urn=SCHOOL, year=YEAR, why="did_not_take_place")
    ofsted(year, date(2012, 2, 7), date(2012, 2, 8))
    assert [event.visit for event in year.events(VisitPutOnHold)] == ["4"] * withdrawn
    line = year.ask("scheduling.VisitDetails", by="head", urn=SCHOOL, year=YEAR, visit="4").line
    assert line.state == ("on_hold" if withdrawn else "held")


def test_edge_closure_a_visit_4_held_before_its_planned_day_is_not_cancelled(year: Platform) -> None:
    plan(year, "4", at(date(2012, 4, 16)), because="The adviser was ill")
    year.on(FRIDAY, time(13))
    hold_visit_4(year, FRIDAY.isoformat())
    year.on(date(2012, 4, 2))
    close(year)
    assert year.events(VisitCancelled) == []


NINE_TO_TWELVE = {"starts": "09:00", "ends": "12:00"}


def test_edge_inspection_called_mid_programme_other_days_hold_other_visits(year: Platform) -> None:
    plan(year, "2", at(date(2012, 2, 14)))
    ofsted(year, date(2012, 2, 7), date(2012, 2, 8))
    days: dict[str, Any] = {"begins": "2012-02-13", "ends": "2012-02-14"}
    year.do("helpdesk.ChangeInspectionDates", by="duty", call="call-1", **days)
    assert [event.window_ends for event in year.events(VisitPutOnHold)] == [date(2012, 2, 14)]


def test_edge_closure_visits_after_the_last_day_are_cancelled(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    plan(year, "2", at(CLOSED))
    plan(year, "3", at(SUMMER))
    year.on(date(2012, 4, 2))
    close(year)
    assert year.events(VisitCancelled) == [VisitCancelled(SCHOOL, YEAR, "3", "adviser")]
    close(year)
    assert len(year.events(VisitCancelled)) == 1
    with pytest.raises(Refused, match="closed on 31 March 2012: no visit can be planned after that"):
        plan(year, "3", at(SUMMER))
    assert year.parked() == []


def test_edge_closure_that_is_only_proposed_cancels_nothing(year: Platform) -> None:
    plan(year, "3", at(SUMMER))
    proposed: dict[str, Any] = {"status": "Open, but proposed to close", "closed": "2012-03-31"}
    year.on(date(2012, 1, 9))
    year.do("scheduling.RecordSchool", **{**SCHOOL_ROW, **proposed, "effective_on": "2012-01-09"})
    assert year.events(VisitCancelled) == []
    year.on(date(2012, 4, 2))
    year.do("scheduling.RecordSchool", **{**SCHOOL_ROW, **proposed, "status": "Closed", "effective_on": "2012-04-02"})
    assert [event.visit for event in year.events(VisitCancelled)] == ["3"]


def test_edge_closure_in_summer_cancels_what_is_planned_for_the_year_to_come(year: Platform) -> None:
    plan(year, "1", at(date(2012, 10, 1)), year=2012)
    year.on(date(2012, 9, 3))
    close(year, date(2012, 8, 31), date(2012, 8, 31))
    assert [(event.year, event.visit) for event in year.events(VisitCancelled)] == [(2012, "1")]
    assert len(year.events(TimeReserved)) == 1
