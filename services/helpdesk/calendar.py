"""The help-line's calendar (HR1): when it was, is and will be open, in half-open intervals of London wall time."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from services.core.events import Event
from services.core.times import LONDON
from services.helpdesk.events import HolidaySet, HolidayWithdrawn, HoursSet, ResponseTargetSet

MIDNIGHT = time(0)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Opening(Struct, frozen=True):
    """One unbroken time of one day in which the help-line is open, as instants; `ends` is excluded."""

    begins: datetime
    ends: datetime


class Calendar(Struct, frozen=True):
    """Every setting of the hours, by first day (of two with the same, the later recorded is in force), the days on
    which the line is closed, and the targets for a first response."""

    hours: tuple[HoursSet, ...] = ()
    holidays: dict[date, str] = {}
    targets: tuple[ResponseTargetSet, ...] = ()

    def hours_on(self, day: date) -> HoursSet | None:
        """The week and the numbers in force on a day; None before the service began."""
        index = bisect_right(self.hours, day, key=lambda hours: hours.begins)
        return self.hours[index - 1] if index else None

    def target(self, category: str, day: date) -> int | None:
        """Minutes of opening time allowed for a first response on a day; None where there is no target."""
        begun = [target for target in self.targets if target.category == category and target.begins <= day]
        return max(enumerate(begun), key=lambda item: (item[1].begins, item[0]))[1].minutes if begun else None

    def opening(self, day: date) -> Opening | None:
        """When the line is open on that day; None when it is closed all day."""
        hours = self.hours_on(day)
        if hours is None or day in self.holidays:
            return None
        for each in hours.week:
            if each.weekday == day.isoweekday():
                # Midnight as the end is that at the end of the day, so a line that never closes loses no minute.
                ends = _instant(day + DAY if each.closes == MIDNIGHT else day, each.closes)
                opening = Opening(_instant(day, each.opens), ends)
                return opening if opening.begins < opening.ends else None
        return None

    def openings(self, since: datetime) -> Iterator[Opening]:
        """Every opening that ends after an instant, in order; it stops when the line never opens again."""
        if not self.hours:
            return
        day = max(_day(since), self.hours[0].begins)
        last = self._settled(day)
        while day <= last:
            if opening := self.opening(day):
                last = max(last, day + WEEK)
                if since < opening.ends:
                    yield opening
            day += DAY

    def open_at(self, instant: datetime) -> bool:
        opening = self.opening(_day(instant))
        return opening is not None and opening.begins <= instant < opening.ends

    def opens_next(self, instant: datetime) -> datetime | None:
        """The first time after an instant at which the line opens; None when it never does."""
        return next((opening.begins for opening in self.openings(instant) if opening.begins > instant), None)

    def closes_at(self, instant: datetime) -> datetime | None:
        """When a line that is open at an instant closes; None when it is closed, or never closes."""
        ends = None
        last = self._settled(_day(instant))
        for opening in self.openings(instant):
            if opening.begins > (ends or instant):
                return ends
            if _day(opening.begins) > last:
                return None
            ends = opening.ends
        return ends

    def closed_before(self, day: date) -> datetime | None:
        """When the line last closed before a day began; None when it was never open before."""
        while self.hours and day > self.hours[0].begins:
            day -= DAY
            if opening := self.opening(day):
                return opening.ends
        return None

    def open_seconds(self, begins: datetime, ends: datetime) -> int:
        """Whole seconds of opening time from one instant until another; 0 when that is not later."""
        open_time = timedelta(0)
        for opening in self.openings(begins):
            if opening.begins >= ends:
                break
            open_time += max(min(ends, opening.ends) - max(begins, opening.begins), timedelta(0))
        return open_time // timedelta(seconds=1)

    def add_open_minutes(self, instant: datetime, minutes: int) -> datetime | None:
        """When so many minutes of opening time are over; with 0, when the clock starts. None when they never are."""
        left = timedelta(minutes=minutes)
        for opening in self.openings(instant):
            begins = max(instant, opening.begins)
            if begins + left <= opening.ends:
                return begins + left
            left -= opening.ends - begins
        return None

    def _settled(self, day: date) -> date:
        """A week after the last change that is known on a day: from then on, one week is like any other."""
        return max([day, self.hours[-1].begins, *self.holidays]) + WEEK if self.hours else day


def evolve(calendar: Calendar, event: Event) -> Calendar:
    match event:
        case HoursSet():
            return replace(calendar, hours=tuple(sorted((*calendar.hours, event), key=lambda hours: hours.begins)))
        case HolidaySet(day=day, name=name):
            return replace(calendar, holidays={**calendar.holidays, day: name})
        case HolidayWithdrawn(day=day):
            return replace(calendar, holidays={each: name for each, name in calendar.holidays.items() if each != day})
        case ResponseTargetSet():
            return replace(calendar, targets=(*calendar.targets, event))
    return calendar


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)
