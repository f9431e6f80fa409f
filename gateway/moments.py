"""Moments as people type them: a day and a time of London in one box, or a time alone, which is today's."""

import re
from datetime import date, datetime, time

from gateway.dates import NotADay, parse_day
from gateway.words import LONDON

_MOMENT = re.compile(
    r"(?:(?P<day>.+?)(?:,| at)? +)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?", re.ASCII
)


class NotAMoment(ValueError):
    """What was typed is no day and time; the text says what to type."""


def parse_moment(typed: str, today: date) -> datetime:
    """9:30, 9am, 1 March 2012 at 4:05pm or 1/3/2012 16.05, as an aware instant. Raises NotAMoment."""
    found = _MOMENT.fullmatch(" ".join(typed.casefold().split()))
    if found is None or not (found["minute"] or found["half"]):
        raise NotAMoment("Enter a time, such as 9:30am, or a day and a time, such as 1 March 2012 at 9:30am")
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotAMoment("Enter a time that is on the clock, such as 9:30am")
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    try:
        at = time(hour, int(found["minute"] or 0))
        day = parse_day(found["day"]) if found["day"] else today
    except NotADay as error:
        raise NotAMoment(str(error)) from None
    except ValueError:
        raise NotAMoment("Enter a time that is on the clock, such as 9:30am") from None
    return datetime.combine(day, at, LONDON)
