"""How long first responses took in an academic year: the official figures, frozen under the calendar of each call's
day, or what they would be under the calendar of now."""

from datetime import date
from itertools import groupby
from statistics import median_low
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import AcademicYear, Query, query
from services.core.service import Reading
from services.core.times import from_micros
from services.helpdesk.calendar import Calendar
from services.helpdesk.projections.tables import call
from services.helpdesk.queries.shown import calendar_now


@query("helpdesk.ServiceLevels")
class ServiceLevels(Query, frozen=True):
    """The calls that came from 1 September to 31 August, measured by the calendar of their own `day`, or of `now`."""

    year: AcademicYear
    calendar: Literal["day", "now"] = "day"


class Level(Struct, frozen=True):
    """One category: `targeted` calls had a target and were answered, `in_time` of them within it; `median_seconds` of
    opening time until the first response, the lower of two middle ones; None when none was answered."""

    category: str
    calls: int
    out_of_hours: int
    answered: int
    targeted: int
    in_time: int
    median_seconds: int | None


class Measured(Struct, frozen=True):
    """One call: seconds of opening time until its answer, and whether that was in time, where there was a target."""

    seconds: int | None
    in_time: bool | None


def service_levels(asked: ServiceLevels, reading: Reading) -> tuple[Level, ...]:
    """By category, in the order of their names."""
    began, ended = date(asked.year, 9, 1), date(asked.year + 1, 8, 31)
    wanted = select(call).where(call.c.received_on.between(began, ended)).order_by(call.c.category)
    calendar = calendar_now(reading) if asked.calendar == "now" else None
    rows = reading.db.execute(wanted)
    return tuple(_level(category, list(calls), calendar) for category, calls in groupby(rows, lambda row: row.category))


def _level(category: str, calls: list[Any], calendar: Calendar | None) -> Level:
    measured = [_remeasured(row, calendar) if calendar else Measured(row.open_seconds, row.in_time) for row in calls]
    seconds = [each.seconds for each in measured if each.seconds is not None]
    judged = [each.in_time for each in measured if each.in_time is not None]
    return Level(
        category=category,
        calls=len(calls),
        out_of_hours=sum(row.out_of_hours for row in calls),
        answered=len(seconds),
        targeted=len(judged),
        in_time=sum(judged),
        median_seconds=median_low(seconds) if seconds else None,
    )


def _remeasured(row: Any, calendar: Calendar) -> Measured:
    """The call under another calendar than its own."""
    if row.answered_at is None:
        return Measured(None, None)
    received, answered = from_micros(row.received_at), from_micros(row.answered_at)
    minutes = calendar.target(row.category, row.received_on)
    due = None if minutes is None else calendar.add_open_minutes(received, minutes)
    return Measured(calendar.open_seconds(received, answered), None if due is None else answered <= due)
