"""The words for calls: what they are about, how they came, and how long things took."""

from datetime import datetime

from flask import Blueprint

from gateway.words import LONDON, clock, counted, day

OFSTED_KINDS = (
    ("inspection", "Inspection"),
    ("monitoring_visit", "Monitoring visit"),
    ("theme_inspection", "Theme inspection"),
)
MATTERS = (
    ("day_to_day", "Day-to-day issue"),
    ("pre_inspection_briefing", "Issue from a pre-inspection briefing"),
    ("during_inspection", "Issue during an inspection"),
    ("other_ofsted", "Other Ofsted matter"),
)
CATEGORIES = (*((kind, f"Ofsted {words.lower()}") for kind, words in OFSTED_KINDS), *MATTERS)
CHANNELS = (("phone", "Phone"), ("email", "Email"), ("in_person", "In person"))
URGENCIES = (("routine", "Routine"), ("today", "Today"), ("at_once", "At once"))
CALLERS = (
    ("headteacher", "Headteacher"),
    ("deputy_headteacher", "Deputy headteacher"),
    ("chair_of_governors", "Chair of governors"),
    ("governor", "Another governor"),
    ("school_office", "School office"),
    ("other", "Somebody else"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LONG_DAYS = 2
"""From this many days on nobody counts minutes."""

_CHOICES = dict((*CATEGORIES, *CHANNELS, *URGENCIES, *CALLERS))


def chosen(name: str) -> str:
    """A choice as it is offered: day_to_day as Day-to-day issue."""
    return _CHOICES.get(name, name.replace("_", " "))


def span(seconds: int) -> str:
    """5400 as 1 hour 30 minutes; less than a minute as under a minute. Opening time is written so, however long."""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    words = [counted(hours, "hour")] if hours else []
    words += [counted(minutes, "minute")] if minutes or not hours else []
    return " ".join(words) if hours or minutes else "under a minute"


def lapse(seconds: int) -> str:
    """Time by any clock: 5400 as 1 hour 30 minutes, and from two days on 2 days 14 hours."""
    days, hours = divmod(abs(seconds) // 3600, 24)
    if days < LONG_DAYS:
        return span(seconds)
    return f"{counted(days, 'day')} {counted(hours, 'hour')}" if hours else counted(days, "day")


def left(seconds: int) -> str:
    """Opening time until something is due: 20 minutes left, or overdue by 20 minutes."""
    return f"overdue by {span(seconds)}" if seconds < 0 else f"{span(seconds)} left"


def weekday(value: datetime) -> str:
    """Monday 12 March 2012 at 8:00am, in London."""
    local = value.astimezone(LONDON)
    return f"{WEEKDAYS[local.weekday()]} {day(local)} at {clock(value)}"


def add_words(pages: Blueprint) -> None:
    """Make each of them a template filter of the same name."""
    for word in (chosen, span, lapse, left, weekday):
        pages.add_app_template_filter(word)
