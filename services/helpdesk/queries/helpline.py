"""Whether the help-line is open, which number works now, and how it is set (HR1)."""

from datetime import date, datetime

from msgspec import Struct

from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.core.times import LONDON
from services.helpdesk.events import DayHours, HoursSet
from services.helpdesk.queries.shown import calendar_now


@query("helpdesk.HelplineNow")
class HelplineNow(Query, frozen=True):
    """The help-line at an instant. `urn` is a school of the asker's, for those whose role is at one."""

    at: datetime
    urn: Urn | None = None


@query("helpdesk.HoursInForce")
class HoursInForce(Query, frozen=True):
    """Every setting of the help-line with the day from which it holds. `urn` as in HelplineNow."""

    urn: Urn | None = None


class Helpline(Struct, frozen=True):
    """`works_now` is the number to ring at the instant, None before the service began. `closes_at` is None when closed
    or never closing, `opens_next` when it is never open again. `holiday` names the day when it is closed for one."""

    open: bool
    works_now: str | None
    number: str | None
    out_of_hours_number: str | None
    closes_at: datetime | None
    opens_next: datetime | None
    week: tuple[DayHours, ...]
    begins: date | None
    holiday: str | None


class Target(Struct, frozen=True):
    """Minutes of opening time for a first response in a category from a day on; None ends an earlier target."""

    category: str
    minutes: int | None
    begins: date


class Settings(Struct, frozen=True):
    """The hours and the targets by first day, the latest first, and the closing days in order."""

    hours: tuple[HoursSet, ...]
    holidays: tuple[tuple[date, str], ...]
    targets: tuple[Target, ...]


def helpline_now(asked: HelplineNow, reading: Reading) -> Helpline:
    calendar = calendar_now(reading)
    day = asked.at.astimezone(LONDON).date()
    hours, is_open = calendar.hours_on(day), calendar.open_at(asked.at)
    number = hours.number if hours else None
    out_of_hours = hours.out_of_hours_number if hours else None
    return Helpline(
        open=is_open,
        works_now=number if is_open else out_of_hours,
        number=number,
        out_of_hours_number=out_of_hours,
        closes_at=calendar.closes_at(asked.at),
        opens_next=calendar.opens_next(asked.at),
        week=hours.week if hours else (),
        begins=hours.begins if hours else None,
        holiday=calendar.holidays.get(day),
    )


def hours_in_force(asked: HoursInForce, reading: Reading) -> Settings:
    calendar = calendar_now(reading)
    return Settings(
        hours=calendar.hours[::-1],
        holidays=tuple(sorted(calendar.holidays.items())),
        targets=tuple(
            Target(target.category, target.minutes, target.begins)
            for target in sorted(calendar.targets, key=lambda target: (target.category, target.begins))
        ),
    )
