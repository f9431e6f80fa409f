"""How dates, times and money are written on every page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

LONDON = ZoneInfo("Europe/London")


def day(value: date) -> str:
    """1 September 2011"""
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """An aware instant as London wall time: 1 September 2011 at 4:05pm"""
    local = value.astimezone(LONDON)
    return f"{day(local)} at {clock(value)}"


def clock(value: datetime) -> str:
    """An aware instant as London time of day: 4:05pm"""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def money(pence: int) -> str:
    """265000 as £2,650.00"""
    return f"{'−' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def add_words(app: Flask) -> None:
    """Make each of them a template filter of the same name."""
    for word in (day, moment, clock, money):
        app.add_template_filter(word)
