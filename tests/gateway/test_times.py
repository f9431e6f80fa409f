"""Times of day as people type them."""

from datetime import UTC, date, datetime, time

import pytest

from gateway.times import NotATime, instant, parse_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:30", time(15, 30)),
        ("9.05", time(9, 5)),
        (" 3:30 PM ", time(15, 30)),
        ("3pm", time(15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("00:00", time(0)),
    ],
)
def test_times_are_read_as_they_are_written(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "9", "nine", "24:00", "13pm", "0am", "9:5", "9:60", "１５:３０", "15:30:00"])
def test_what_may_be_another_time_than_meant_is_turned_away(typed: str) -> None:
    with pytest.raises(NotATime):
        parse_time(typed)


def test_a_day_and_a_time_are_londons() -> None:
    assert instant(date(2012, 3, 24), time(9)) == datetime(2012, 3, 24, 9, tzinfo=UTC)
    assert instant(date(2012, 3, 25), time(9)) == datetime(2012, 3, 25, 8, tzinfo=UTC)
