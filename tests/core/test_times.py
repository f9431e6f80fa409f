"""Instants are whole microseconds in UTC; days are London's, whatever the season."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.core.times import end_of_london_day, from_micros, london_day, now_micros, to_micros

instants = st.datetimes(timezones=st.just(UTC))
days = st.dates(date(1972, 1, 1), date(2100, 1, 1))


@given(instants)
def test_an_instant_comes_back_exactly(instant: datetime) -> None:
    assert from_micros(to_micros(instant)) == instant


def test_now_is_an_instant_of_today() -> None:
    before = datetime.now(UTC)
    assert before <= from_micros(now_micros()) <= datetime.now(UTC)


def test_the_day_is_londons() -> None:
    winter, summer = datetime(2022, 1, 31, 23, 30, tzinfo=UTC), datetime(2022, 7, 31, 23, 30, tzinfo=UTC)
    assert london_day(to_micros(winter)) == date(2022, 1, 31)
    assert london_day(to_micros(summer)) == date(2022, 8, 1)


def test_days_on_which_the_clocks_change_are_23_and_25_hours_long() -> None:
    hours = [
        (end_of_london_day(day) - end_of_london_day(day - timedelta(days=1))) // 3_600_000_000
        for day in (date(2022, 3, 26), date(2022, 3, 27), date(2022, 10, 30))
    ]
    assert hours == [24, 23, 25]


@given(days)
def test_a_day_ends_where_the_next_begins(day: date) -> None:
    end = end_of_london_day(day)
    assert london_day(end - 1) == day
    assert london_day(end) == day + timedelta(days=1)
