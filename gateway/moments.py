"""Moments as people type them: a day and a time of London in one box, or a time alone, which is today's."""

import re
from datetime import date, datetime

from gateway.dates import NotADay, parse_day
from gateway.forms import Form
from gateway.times import NotATime, instant, parse_time

_DAY_AND_TIME = re.compile(r"(?:(?P<day>.+?),?(?: at)? )?(?P<time>\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?)", re.ASCII)


class NotAMoment(ValueError):
    """What was typed is no day and time; the text says what to type."""


def parse_moment(typed: str, today: date) -> datetime:
    """9:30, 9am, 1 March 2012 at 4:05pm or 1/3/2012 16.05, as an aware instant. Raises NotAMoment."""
    found = _DAY_AND_TIME.fullmatch(" ".join(typed.casefold().split()))
    if found is None:
        raise NotAMoment("Enter a time, such as 9:30am, or a day and a time, such as 1 March 2012 at 9:30am")
    try:
        return instant(parse_day(found["day"]) if found["day"] else today, parse_time(found["time"]))
    except (NotADay, NotATime) as error:
        raise NotAMoment(str(error)) from None


def read_moments(form: Form, today: date) -> dict[str, str]:
    """The instants typed in the fields whose names end in `_at`, as a command takes them; what is wrong with one is
    said at its field."""
    read = {}
    for name in (each.name for each in form.fields if each.name.endswith("_at")):
        try:
            read[name] = parse_moment(form.values[name], today).isoformat()
        except NotAMoment as error:
            form.errors[name] = [str(error)]
    return read
