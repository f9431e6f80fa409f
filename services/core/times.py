"""Instants and days: instants are UTC microseconds, days are London days."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
BEFORE_RECORDS = date(1900, 1, 1)
"""The `effective_on` of a fact whose source only says that it began before records did."""
YEARS = range(1000, 2200)
"""The years that a day may have at any door, so that a day some weeks before or after it is a day as well."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now_micros() -> int:
    """The time now, in whole microseconds since 1970 (UTC)."""
    return time.time_ns() // 1_000


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970 of an aware datetime; exact, unlike `timestamp()`."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The aware UTC datetime of `micros` microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)


def london_day(micros: int) -> date:
    """The day on the wall calendar in London at that instant."""
    return from_micros(micros).astimezone(LONDON).date()


def end_of_london_day(day: date) -> int:
    """The first instant after `day` in London, so that `recorded_at < end` is "known on that day"."""
    following = min(day, date.max - timedelta(days=1)) + timedelta(days=1)
    return to_micros(datetime(following.year, following.month, following.day, tzinfo=LONDON))
