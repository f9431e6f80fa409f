"""Days as people type them: one box that takes what stands in a letter or a spreadsheet, not three boxes a day."""

import re
from calendar import month_name
from datetime import date

MONTHS = tuple(name.casefold() for name in month_name)
FIRST_YEAR, LAST_YEAR = 1900, 2100

_NUMBERS = re.compile(r"(?P<day>\d{1,2})[ /.-]+(?P<month>\d{1,2})[ /.-]+(?P<year>\d+)", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ /.-]*(?P<month>[a-z]{3,9})[ /.,-]*(?P<year>\d+)", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)


class NotADay(ValueError):
    """What was typed is no day; the text says what to type."""


def parse_day(typed: str) -> date:
    """1 March 2012, 1st Mar 2012, 1/3/2012, 1.3.2012 or 2012-03-01: the day comes before the month. Raises NotADay."""
    text = " ".join(typed.casefold().split())
    found = _ISO.fullmatch(text) or _NUMBERS.fullmatch(text) or _NAMED.fullmatch(text)
    if found is None:
        raise NotADay("Enter a date, such as 1 March 2012 or 1/3/2012")
    if len(found["year"]) != 4 or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise NotADay(f"Enter the year with four figures, from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        raise NotADay("Enter a date that is in the calendar, such as 1 March 2012") from None


def _month(typed: str) -> int:
    """1 to 12 for a number, a name or its beginning; 0, which is no month, for other words."""
    if typed.isdecimal():
        return int(typed)
    return next((number for number, name in enumerate(MONTHS) if name.startswith(typed)), 0)
