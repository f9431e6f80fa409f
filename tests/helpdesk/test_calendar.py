"""The help-line's calendar (HR1): London wall time, half-open intervals, and no minute lost anywhere."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.times import LONDON
from services.helpdesk.calendar import Calendar, evolve
from services.helpdesk.events import DayHours, HolidaySet, HolidayWithdrawn, HoursSet, ResponseTargetSet
from services.helpdesk.shipped_hours import shipped_calendar

HOUR, HALF = 3_600, 1_800
LINE = shipped_calendar()


def london(day: date, hour: int = 0, minute: int = 0, second: int = 0, fold: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LONDON, fold=fold).astimezone(UTC)


def always_open(begins: date = date(2011, 9, 5)) -> Calendar:
    """A line that never closes."""
    week = tuple(DayHours(weekday, time(0), time(0)) for weekday in range(1, 8))
    return evolve(LINE, HoursSet(begins, week, "01603 307797", "07876 137828"))


WEDNESDAY, THURSDAY, FRIDAY = date(2012, 3, 7), date(2012, 3, 8), date(2012, 3, 9)
MONDAY = date(2012, 3, 12)
FORWARD, BACK = date(2012, 3, 25), date(2011, 10, 30)
"""The Sundays on which the clocks changed: a day of 23 hours and one of 25."""


@pytest.mark.parametrize(
    ("day", "at", "is_open"),
    [
        (THURSDAY, (7, 59, 59), False),
        (THURSDAY, (8, 0, 0), True),
        (THURSDAY, (17, 29, 59), True),
        (THURSDAY, (17, 30, 0), False),
        (FRIDAY, (8, 0, 0), True),
        (FRIDAY, (16, 59, 59), True),
        (FRIDAY, (17, 0, 0), False),
        (FRIDAY, (17, 15, 0), False),
        (date(2012, 3, 10), (12, 0, 0), False),
        (date(2012, 3, 11), (12, 0, 0), False),
        (date(2012, 7, 4), (8, 0, 0), True),
        (date(2012, 7, 4), (7, 59, 59), False),
    ],
)
def test_hr1_the_opening_includes_its_first_second_and_excludes_its_last(
    day: date, at: tuple[int, int, int], is_open: bool
) -> None:
    assert LINE.open_at(london(day, *at)) is is_open


def test_hr1_the_shipped_numbers_are_those_of_the_information_sheet() -> None:
    in_force = LINE.hours_on(date(2011, 9, 5))
    assert in_force is not None
    assert (in_force.number, in_force.out_of_hours_number) == ("01603 307797", "07876 137828")


def test_hr1_there_is_no_service_before_5_september_2011() -> None:
    friday = date(2011, 9, 2)
    assert LINE.hours_on(date(2011, 9, 4)) is None
    assert not LINE.open_at(london(friday, 10))
    assert LINE.opens_next(london(friday, 10)) == london(date(2011, 9, 5), 8)
    assert LINE.open_seconds(london(date(2011, 8, 1)), london(date(2011, 9, 5), 9)) == HOUR


def test_hr1_the_line_closes_on_friday_at_five_and_opens_on_monday_at_eight() -> None:
    assert LINE.closes_at(london(FRIDAY, 16)) == london(FRIDAY, 17)
    assert LINE.closes_at(london(FRIDAY, 17)) is None
    assert LINE.opens_next(london(FRIDAY, 17)) == london(MONDAY, 8)
    assert LINE.open_seconds(london(FRIDAY, 16, 30), london(MONDAY, 8, 30)) == HALF + HALF


def test_hr1_a_bank_holiday_follows_its_weekday_until_it_is_set() -> None:
    good_friday = date(2012, 4, 6)
    assert LINE.open_at(london(good_friday, 10))
    closed = evolve(LINE, HolidaySet(good_friday, "Good Friday"))
    assert not closed.open_at(london(good_friday, 10))
    assert closed.opens_next(london(date(2012, 4, 5), 18)) == london(date(2012, 4, 9), 8)
    assert closed.open_seconds(london(good_friday), london(good_friday + timedelta(days=1))) == 0
    assert evolve(closed, HolidayWithdrawn(good_friday)).open_at(london(good_friday, 10))


def test_a_run_of_holidays_longer_than_a_week_ends() -> None:
    closed = LINE
    for number in range(12):
        day = date(2012, 12, 22) + timedelta(days=number)
        closed = evolve(closed, HolidaySet(day, "Closed"))
    assert closed.opens_next(london(date(2012, 12, 21), 18)) == london(date(2013, 1, 3), 8)


def test_new_hours_hold_from_their_first_day_and_not_before() -> None:
    week = (DayHours(4, time(9), time(12)),)
    later = evolve(LINE, HoursSet(THURSDAY, week, "01603 000000", "07000 000000"))
    assert later.open_at(london(WEDNESDAY, 8))
    assert not later.open_at(london(THURSDAY, 8))
    assert later.open_at(london(THURSDAY, 9))
    assert not later.open_at(london(FRIDAY, 10))
    assert later.opens_next(london(THURSDAY, 12)) == london(date(2012, 3, 15), 9)


def test_of_two_settings_from_one_day_the_later_recorded_is_in_force() -> None:
    first = evolve(LINE, HoursSet(THURSDAY, (), "01603 000001", "07000 000001"))
    second = evolve(first, HoursSet(THURSDAY, (), "01603 000002", "07000 000002"))
    in_force = second.hours_on(FRIDAY)
    assert in_force is not None
    assert in_force.number == "01603 000002"


def test_a_line_that_is_never_open_again_says_so() -> None:
    shut = evolve(LINE, HoursSet(THURSDAY, (), "01603 307797", "07876 137828"))
    assert shut.opens_next(london(THURSDAY)) is None
    assert shut.add_open_minutes(london(WEDNESDAY, 17), 60) is None


def test_a_line_that_never_closes_has_no_closing_time_until_a_holiday_comes() -> None:
    line = always_open()
    assert line.closes_at(london(THURSDAY, 12)) is None
    assert evolve(line, HolidaySet(MONDAY, "Closed")).closes_at(london(THURSDAY, 12)) == london(MONDAY)


def test_edge_clock_change_midnight_a_line_that_never_closes_loses_no_minute() -> None:
    line = always_open()
    assert line.open_seconds(london(WEDNESDAY), london(FRIDAY)) == 48 * HOUR
    assert line.open_at(london(THURSDAY) - timedelta(microseconds=1))
    assert line.open_at(london(THURSDAY))
    assert line.open_seconds(london(THURSDAY) - timedelta(minutes=1), london(THURSDAY) + timedelta(minutes=1)) == 120
    assert line.add_open_minutes(london(WEDNESDAY, 23, 59), 2) == london(THURSDAY, 0, 1)


def test_edge_clock_change_midnight_the_days_of_the_change_have_23_and_25_hours() -> None:
    line = always_open()
    assert line.open_seconds(london(FORWARD), london(date(2012, 3, 26))) == 23 * HOUR
    assert line.open_seconds(london(BACK), london(date(2011, 10, 31))) == 25 * HOUR
    assert line.open_seconds(london(BACK, 1, 30), london(BACK, 1, 30, fold=1)) == HOUR


@pytest.mark.parametrize(
    ("before", "after"), [(date(2011, 10, 28), date(2011, 10, 31)), (date(2012, 3, 23), date(2012, 3, 26))]
)
def test_edge_clock_change_midnight_the_line_opens_at_eight_on_either_side(before: date, after: date) -> None:
    assert LINE.opens_next(london(before, 17)) == london(after, 8)
    assert LINE.open_seconds(london(before, 16), london(after, 9)) == 2 * HOUR
    assert LINE.add_open_minutes(london(before, 16, 30), 60) == london(after, 8, 30)
    assert london(after, 8) - london(before, 17) != timedelta(hours=63)


def test_the_clock_for_a_response_runs_in_opening_hours_only() -> None:
    assert LINE.add_open_minutes(london(THURSDAY, 17), 60) == london(FRIDAY, 8, 30)
    assert LINE.add_open_minutes(london(FRIDAY, 16), 60) == london(FRIDAY, 17)
    assert LINE.add_open_minutes(london(FRIDAY, 22), 0) == london(MONDAY, 8)
    assert LINE.add_open_minutes(london(FRIDAY, 9), 0) == london(FRIDAY, 9)


def test_the_target_is_the_one_in_force_on_the_day() -> None:
    assert LINE.target("day_to_day", THURSDAY) is None
    line = evolve(LINE, ResponseTargetSet("day_to_day", 60, THURSDAY))
    line = evolve(line, ResponseTargetSet("inspection", 15, THURSDAY))
    line = evolve(line, ResponseTargetSet("day_to_day", 90, date(2012, 9, 1)))
    line = evolve(line, ResponseTargetSet("day_to_day", 45, THURSDAY))
    line = evolve(line, ResponseTargetSet("day_to_day", None, date(2013, 9, 1)))
    targets = [line.target("day_to_day", day) for day in (WEDNESDAY, THURSDAY, date(2012, 9, 1), date(2013, 9, 1))]
    assert targets == [None, 45, 90, None]


instants = st.datetimes(datetime(2011, 8, 25), datetime(2012, 4, 30)).map(  # noqa: DTZ001 - made aware here
    lambda naive: naive.replace(microsecond=0, tzinfo=UTC)
)
calendars = st.sampled_from(
    [LINE, always_open(), evolve(LINE, HolidaySet(THURSDAY, "Closed")), always_open(date(2012, 1, 1))]
)


@given(calendars, instants, instants, instants)
def test_opening_time_adds_up(line: Calendar, one: datetime, other: datetime, third: datetime) -> None:
    first, middle, last = sorted((one, other, third))
    parts = line.open_seconds(first, middle) + line.open_seconds(middle, last)
    assert parts == line.open_seconds(first, last)
    assert 0 <= parts <= (last - first).total_seconds()
    assert line.open_seconds(last, first) == 0


@given(calendars, instants, st.integers(1, 3_000), st.integers(1, 3_000))
def test_time_that_is_added_is_opening_time_and_more_of_it_is_later(
    line: Calendar, instant: datetime, minutes: int, more: int
) -> None:
    sooner, later = line.add_open_minutes(instant, minutes), line.add_open_minutes(instant, minutes + more)
    assert sooner is not None
    assert later is not None
    assert instant < sooner < later
    assert line.open_seconds(instant, sooner) == minutes * 60


@given(calendars, instants)
def test_the_line_opens_and_closes_when_it_says(line: Calendar, instant: datetime) -> None:
    opens, closes = line.opens_next(instant), line.closes_at(instant)
    assert opens is not None
    assert opens > instant
    assert line.open_at(opens)
    if not line.open_at(instant):
        assert closes is None
        assert line.open_seconds(instant, opens) == 0
    elif closes is not None:
        assert not line.open_at(closes)
        assert line.open_seconds(instant, closes) == (closes - instant).total_seconds()
