"""Twelfths of a year: where a school's year falls in parts, each pays for its months, to the penny (BR8)."""

from datetime import date

FIRST_MONTH = 9
LAST_DAY_OF_EARLY = 15


def change_day(at: date) -> date:
    """The first of a month from which a change counts in charges: a day to the 15th counts as the first of its month, a
    later one as the first of the next. So the last day of a school and the first of its successor count alike."""
    if at.day <= LAST_DAY_OF_EARLY:
        return at.replace(day=1)
    return date(at.year + at.month // 12, at.month % 12 + 1, 1)


def academic_year_of(day: date) -> int:
    """2022 for any day from 1 September 2022 to 31 August 2023."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def months_before(at: date, year: int) -> int:
    """How many months of an academic year lie before the change: 0 to 12."""
    day = change_day(at)
    return min(max((day.year - year) * 12 + day.month - FIRST_MONTH, 0), 12)


def share(pence: int, first: int, last: int) -> int:
    """What is due for the months `first` to `last` (0 to 12, the last excluded) of a year that costs `pence`.

    The shares of months that follow each other always add up to the whole: each is the rounded sum up to its end, less
    the rounded sum up to its beginning. For two parts this is largest-remainder rounding, half a penny to the first."""
    return _rounded(pence * last) - _rounded(pence * first)


def split(pence: int, months: int) -> tuple[int, int]:
    """A year's price in two parts: the first `months`, and the rest. They add up to the price."""
    return share(pence, 0, months), share(pence, months, 12)


def _rounded(twelfths: int) -> int:
    return (twelfths * 2 + 12) // 24
