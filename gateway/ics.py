"""Visits as an iCalendar file (RFC 5545): school and visit, in London's own time, and nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from icalendar import Calendar, Event

from gateway.words import LONDON

TAKES_PLACE = {"planned": "TENTATIVE"}
"""The status of an entry by the state of its visit; any other is confirmed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sitting of a visit; `part` counts from 1. Times are London wall time; without them it is a matter of the
    day."""

    urn: int
    school: str
    year: int
    visit: str
    part: int
    parts: int
    day: date
    starts: time | None
    ends: time | None
    state: str


def calendar(name: str, title_of: dict[str, str], entries: Iterable[Entry], as_at: datetime) -> bytes:
    """The file; `title_of` gives the words for a visit."""
    made = Calendar()
    made.add("prodid", "-//School Improvement Partnership Programme//Visits//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", LONDON.key)
    for entry in entries:
        made.add_component(_event(entry, title_of[entry.visit], as_at))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(entry: Entry, title: str, as_at: datetime) -> Event:
    event = Event()
    # The same sitting keeps its name when it moves, so that a calendar moves it too.
    event.add("uid", f"{entry.urn}-{entry.year}-{entry.visit}-{entry.part}@visits.partnership")
    event.add("dtstamp", as_at)
    if entry.starts and entry.ends:
        event.add("dtstart", datetime.combine(entry.day, entry.starts, LONDON))
        event.add("dtend", datetime.combine(entry.day, entry.ends, LONDON))
    else:
        event.add("dtstart", entry.day)
    part = f" (part {entry.part} of {entry.parts})" if entry.parts > 1 else ""
    event.add("summary", f"{title}: {entry.school}{part}")
    event.add("status", TAKES_PLACE.get(entry.state, "CONFIRMED"))
    return event
