"""Setting the help-line's hours, its closing days and its targets, each from a day on: a call keeps the calendar that
it came under."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated

from msgspec import Meta, Struct

from services.core.commands import Command, ShortText, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.helpdesk.calendar import MIDNIGHT, Calendar, evolve
from services.helpdesk.events import DayHours, HolidaySet, HolidayWithdrawn, HoursSet, ResponseTargetSet
from services.helpdesk.shipped_hours import shipped_calendar
from services.helpdesk.vocabulary import Category

HOURS = "helpdesk.hours"
"""The one stream of the calendar."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

PhoneNumber = Annotated[str, Meta(pattern=r"^0[0-9 ]{9,14}$", description="A telephone number, such as 01603 307797")]


class OpenDay(Struct, frozen=True):
    """When the line is open on a weekday (1 Monday to 7 Sunday), London wall time; `closes` is excluded, and midnight
    is the one at the day's end."""

    weekday: Annotated[int, Meta(ge=1, le=7)]
    opens: time
    closes: time


@command("helpdesk.SetHours")
class SetHours(Command, frozen=True):
    """Set the week and the two numbers from `begins` on. A weekday that is not named is closed."""

    begins: date
    week: tuple[OpenDay, ...]
    number: PhoneNumber
    out_of_hours_number: PhoneNumber


@command("helpdesk.SetHoliday")
class SetHoliday(Command, frozen=True):
    """Close the line on a day, such as a bank holiday."""

    day: date
    name: ShortText


@command("helpdesk.WithdrawHoliday")
class WithdrawHoliday(Command, frozen=True):
    """Let a day follow its weekday after all."""

    day: date


@command("helpdesk.SetResponseTarget")
class SetResponseTarget(Command, frozen=True):
    """Set how many minutes of opening time a first response may take in a category from `begins` on; null for none."""

    category: Category
    begins: date
    minutes: Annotated[int, Meta(ge=1, le=100_000)] | None = None


AboutHours = SetHours | SetHoliday | WithdrawHoliday | SetResponseTarget


def decide(command: AboutHours, calendar: Calendar, context: Context) -> Sequence[Dated]:
    match command:
        case SetHours():
            return _set_hours(command, calendar)
        case SetHoliday(day=day, name=name):
            return [] if calendar.holidays.get(day) == name else [HolidaySet(day, name).true_from(day)]
        case WithdrawHoliday(day=day):
            if day not in calendar.holidays:
                raise Refused(f"{day:%-d %B %Y} is not a day on which the help-line is closed.", "day")
            return [HolidayWithdrawn(day).true_from(day)]
        case SetResponseTarget(category=category, minutes=minutes, begins=begins):
            if calendar.target(category, begins) == minutes:
                return []
            return [ResponseTargetSet(category, minutes, begins).true_from(begins)]


def _set_hours(command: SetHours, calendar: Calendar) -> Sequence[Dated]:
    began = calendar.hours[0].begins
    if command.begins < began:
        raise Refused(f"The help-line has operated since {began:%-d %B %Y}: choose that day or a later one.", "begins")
    named = [day.weekday for day in command.week]
    if len(set(named)) < len(named):
        raise Refused("Give each weekday once.", "week")
    for day in command.week:
        if day.closes != MIDNIGHT and day.closes <= day.opens:
            raise Refused(f"On {WEEKDAYS[day.weekday - 1]} the line would close before it opens.", "week")
    week = tuple(DayHours(day.weekday, day.opens, day.closes) for day in sorted(command.week, key=lambda d: d.weekday))
    hours = HoursSet(command.begins, week, command.number, command.out_of_hours_number)
    return [] if calendar.hours_on(command.begins) == hours else [hours.true_from(command.begins)]


hours = Decider[Calendar, AboutHours](initial=shipped_calendar(), decide=decide, evolve=evolve)
