"""Times of day as people type them."""

import re
from datetime import date, datetime, time

from gateway.words import LONDON

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.ASCII)


class NotATime(ValueError):
    """What was typed is no time of day; the text says what to type."""


def parse_time(typed: str) -> time:
    """15:30, 15.30, 3:30pm or 3pm. Raises NotATime."""
    found = _TIME.fullmatch(typed.strip().casefold())
    if found is None or not (found["minute"] or found["half"]):
        raise NotATime("Enter a time, such as 15:30 or 3:30pm")
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "pm" else 0) if 1 <= hour <= 12 else -1
    try:
        return time(hour, int(found["minute"] or 0))
    except ValueError:
        raise NotATime("Enter a time of the day, such as 15:30 or 3:30pm") from None


def instant(day: date, at: time) -> datetime:
    """The instant at which it was that day and time in London."""
    return datetime.combine(day, at, LONDON)
