"""Visits in words: what each is called, when it is, and who was there."""

from collections.abc import Iterable
from datetime import date, time
from itertools import groupby
from typing import Any

from gateway.words import day, role

VISITS = {
    "1": "Visit 1: data analysis and target setting",
    "2": "Visit 2: self-evaluation",
    "3": "Visit 3: challenge, monitoring and support",
    "4": "Visit 4: support for the headteacher's performance management",
    "ip": "IP day",
}
MODES = (("in_person", "In person"), ("remote", "Remotely"))
SOURCES = (("programme", "The programme"), ("school", "The school"), ("la", "The authority"))
SLOTS = (("la", "The authority's time"), ("school", "The school's priorities"), ("negotiated", "Negotiated"))
ASPECTS = (
    ("achievement", "Achievement"),
    ("teaching", "Quality of teaching"),
    ("leadership", "Leadership and management"),
    ("behaviour", "Behaviour and safety"),
    ("evidence", "Evidence and self-evaluation"),
    ("effectiveness", "Overall effectiveness"),
)
PRESENT = (
    ("headteacher", "Headteacher"),
    ("chair_of_governors", "Chair of governors"),
    ("governor", "Another governor"),
    ("deputy_headteacher", "Deputy headteacher"),
    ("senior_leader", "Senior leader"),
    ("staff", "Member of staff"),
    ("clerk", "Clerk to the governors"),
    ("other", "Somebody else"),
)
PARTS = (("whole", "The whole visit"), ("part", "Part of it"))
STOOD_IN = (("chair_of_governors", "Chair of governors"), ("headteacher", "Headteacher"))


def short(visit: str) -> str:
    """Visit 1, IP day"""
    return VISITS[visit].partition(":")[0]


def clock_time(at: time) -> str:
    """9:30am"""
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def when(sittings: Iterable[Any]) -> str:
    """3 October 2011, 9:00am to 12:00pm and 1:00pm to 3:00pm; days of a split visit are joined by "and" as well."""
    by_day = groupby(sittings, lambda each: each.day)
    return " and ".join(f"{day(on)}, {times(each)}" for on, each in by_day)


def times(sittings: Iterable[Any]) -> str:
    """9:00am to 12:00pm and 1:00pm to 3:00pm"""
    return " and ".join(f"{clock_time(each.starts)} to {clock_time(each.ends)}" for each in sittings)


def days(sittings: Iterable[Any]) -> str:
    """3 October 2011, once for all that is on that day; the days of a split visit joined by "and"."""
    return dates(dict.fromkeys(each.day for each in sittings))


def dates(on: Iterable[date]) -> str:
    """3 October 2011 and 6 February 2012"""
    return " and ".join(map(day, on))


def planned_for(line: Any) -> str:
    """When a visit (scheduling.VisitLine) is planned, hours and all; the days alone where its hours are not shown."""
    return when(line.planned) or dates(line.days)


def present(participant: Any) -> str:
    """Chair of governors (part of it); Clerk to the governors, standing in for the chair of governors"""
    words = dict(PRESENT).get(participant.role, role(participant.role))
    stands_in = f", standing in for the {role(participant.stands_in_for)}" if participant.stands_in_for else ""
    return f"{words}{stands_in}{' (part of it)' if participant.part == 'part' else ''}"
