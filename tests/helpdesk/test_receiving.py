"""Taking a call: what is recorded of it, under which calendar, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.testing import Given
from services.core.testing import given as given_events
from services.helpdesk.calendar import evolve
from services.helpdesk.events import HolidaySet, ResponseTargetSet
from services.helpdesk.receiving import receiving
from tests.helpdesk.calls import CALL, CAME, DAY, KNOWN, OFSTED_CALL, OFSTED_RECEIVED, RECEIVED

EVENING = datetime(2012, 3, 9, 20, tzinfo=UTC)
"""Friday evening."""
MONDAY_MORNING = datetime(2012, 3, 12, 8, tzinfo=UTC)


def given(*events: Any) -> Given:
    return given_events(*events).at(date(2012, 3, 10)).knowing(KNOWN)


def test_hr4_a_call_is_recorded_with_the_calendar_that_it_came_under() -> None:
    given().when(CALL, receiving).then(RECEIVED.true_from(DAY))
    third = replace(KNOWN, version=3)
    given().knowing(third).when(CALL, receiving).then(replace(RECEIVED, hours=3).true_from(DAY))


@pytest.mark.parametrize("matter", ["pre_inspection_briefing", "during_inspection"])
def test_hr4_issues_of_an_inspection_are_matters_of_their_own(matter: Any) -> None:
    call, received = replace(CALL, category=matter), replace(RECEIVED, category=matter)
    given().when(call, receiving).then(received.true_from(DAY))


def test_hr2_the_ofsted_call_holds_what_the_school_was_told_and_its_briefing_issues() -> None:
    given().when(OFSTED_CALL, receiving).then(OFSTED_RECEIVED.true_from(DAY))


@pytest.mark.parametrize("kind", ["inspection", "monitoring_visit", "theme_inspection"])
def test_hr2_all_three_kinds_are_told_to_the_desk(kind: Any) -> None:
    call, received = replace(OFSTED_CALL, kind=kind), replace(OFSTED_RECEIVED, kind=kind)
    given().when(call, receiving).then(received.true_from(DAY))
    assert received.says().startswith(f"Ofsted {kind.replace('_', ' ')} from 13 March 2012")


def test_a_target_in_force_sets_the_time_to_respond_by() -> None:
    hour = replace(KNOWN, calendar=evolve(KNOWN.calendar, ResponseTargetSet("day_to_day", 60, DAY)))
    due = replace(RECEIVED, respond_by=CAME + timedelta(hours=1))
    given().knowing(hour).when(CALL, receiving).then(due.true_from(DAY))


def test_edge_out_of_hours_ofsted_call_is_taken_by_the_same_form_and_its_clock_starts_when_the_line_opens() -> None:
    quarter = replace(KNOWN, calendar=evolve(KNOWN.calendar, ResponseTargetSet("inspection", 15, DAY)))
    call = replace(OFSTED_CALL, received_at=EVENING)
    received = replace(
        OFSTED_RECEIVED,
        received_at=EVENING,
        out_of_hours=True,
        respond_by=MONDAY_MORNING + timedelta(minutes=15),
    )
    given().knowing(quarter).when(call, receiving).then(received.true_from(date(2012, 3, 9)))


def test_a_call_on_a_holiday_is_out_of_hours() -> None:
    closed = replace(KNOWN, calendar=evolve(KNOWN.calendar, HolidaySet(DAY, "Closed")))
    given().knowing(closed).when(CALL, receiving).then(replace(RECEIVED, out_of_hours=True).true_from(DAY))


def test_edge_same_event_delivered_twice_or_late_the_same_call_is_recorded_once() -> None:
    given(RECEIVED).when(CALL, receiving).then()
    given(OFSTED_RECEIVED).when(OFSTED_CALL, receiving).then()
    given(RECEIVED).when(replace(CALL, urn=120778), receiving).refused("Another call", "call")


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"received_at": datetime(2012, 3, 10, 13, tzinfo=UTC)}, "not in the future", "received_at"),
        ({"received_at": datetime(2011, 9, 2, 9, tzinfo=UTC)}, "since 5 September 2011", "received_at"),
        ({"told_at": CAME + timedelta(minutes=1)}, "can't have called before Ofsted told it", "told_at"),
        ({"begins": date(2012, 3, 7)}, "can't begin before Ofsted told the school", "begins"),
        ({"ends": date(2012, 3, 12)}, "last day can't be before the first", "ends"),
        ({"ends": date(2013, 3, 14)}, "no inspection lasts longer than two weeks", "ends"),
    ],
)
def test_hr2_an_ofsted_call_that_cannot_be_is_refused(change: dict[str, Any], reason: str, field: str) -> None:
    given().when(replace(OFSTED_CALL, **change), receiving).refused(reason, field)


def test_a_call_about_no_school_is_refused() -> None:
    given().knowing(replace(KNOWN, is_school=False)).when(CALL, receiving).refused("There is no school", "urn")
