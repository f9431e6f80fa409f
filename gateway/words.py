"""How dates, times and money are written on every page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from gateway.clients import BEFORE_RECORDS

LONDON = ZoneInfo("Europe/London")


def day(value: date) -> str:
    """1 September 2011"""
    return f"{value.day} {value:%B %Y}"


def since(value: date) -> str:
    """The day from which a fact is true: 1 September 2011, or words where its source goes no further back."""
    return "before records began" if value == BEFORE_RECORDS else day(value)


def academic_year(begins: int) -> str:
    """2022 as 2022-23"""
    return f"{begins}-{(begins + 1) % 100:02}"


def year_of(value: date) -> int:
    """The academic year in which a day falls, by the year in which it begins."""
    return value.year if value.month >= 9 else value.year - 1


def counted(number: int, thing: str) -> str:
    """1 school, 1,024 schools"""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def role(name: str) -> str:
    """programme_officer as programme officer; a policy or the platform itself acts in no person's role."""
    return {"policy": "automatic rule", "platform": "the platform itself"}.get(name, name.replace("_", " "))


def visit(name: str) -> str:
    """ip as IP day, 1 as visit 1"""
    return "IP day" if name == "ip" else f"visit {name}"


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
    for word in (day, since, academic_year, counted, role, moment, clock, money, visit):
        app.add_template_filter(word)
