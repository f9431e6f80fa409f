"""Days on which an adviser of the demonstration visits: weekdays of term, without half terms and bank holidays."""

from datetime import date, timedelta

AUTUMN, SPRING, SUMMER = ((9, 15), (12, 12)), ((1, 12), (3, 27)), ((4, 20), (7, 10))
_HALF_TERMS = (((10, 24), (11, 2)), ((2, 13), (2, 22)), ((5, 22), (6, 1)))
_MAY_DAY_BY = 7
"""The first Monday of May falls on the seventh at the latest."""


def school_days(year: int, term: tuple[tuple[int, int], tuple[int, int]]) -> list[date]:
    """The days of a term of the academic year on which schools are visited."""
    (first, last) = (_day(year, *end) for end in term)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if is_school_day(day)]


def is_school_day(day: date) -> bool:
    holiday = any(begins <= (day.month, day.day) <= ends for begins, ends in _HALF_TERMS)
    may_day = day.month == 5 and day.day <= _MAY_DAY_BY and day.weekday() == 0
    return day.weekday() < 5 and not holiday and not may_day


def working_day(day: date, days: int = 0) -> date:
    """The day so many weekdays later (or, negative, earlier); 0 gives the day itself or the Monday after."""
    step = timedelta(days=-1 if days < 0 else 1)
    while day.weekday() >= 5:
        day += step
    for _ in range(abs(days)):
        day += step
        while day.weekday() >= 5:
            day += step
    return day


def _day(year: int, month: int, day: int) -> date:
    return date(year if month >= 9 else year + 1, month, day)
