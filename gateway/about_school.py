"""Who knows a school and when it was last visited, for the side of a page about a call."""

from collections.abc import Iterator
from typing import Any

from gateway.helpline import today
from gateway.visitor import ask, may
from gateway.words import day, visit

Line = tuple[str, str, str]
"""What, who or when, and more about it."""


def about_school(urn: int) -> list[Line]:
    """The Link Adviser, the last visit and the next (scheduling.SchoolAdviser and SchoolVisits), for those who may
    know."""
    about = [_adviser(urn)] if may("scheduling.SchoolAdviser", urn=urn) else []
    this_day = today()
    year = this_day.year if this_day.month >= 9 else this_day.year - 1
    if may("scheduling.SchoolVisits", urn=urn, year=year):
        about += _visits([*_of_year(urn, year - 1), *_of_year(urn, year)])
    return about


def _adviser(urn: int) -> Line:
    current = ask("scheduling.SchoolAdviser", urn=urn).value.current
    if current is None:
        return "Link Adviser", "None", ""
    return "Link Adviser", current.name or "Name erased", f"since {day(current.begins)}"


def _of_year(urn: int, year: int) -> Any:
    return ask("scheduling.SchoolVisits", urn=urn, year=year).value.visits


def _visits(lines: list[Any]) -> Iterator[Line]:
    held = max((line for line in lines if line.held_on), key=lambda line: line.held_on, default=None)
    yield "Last visit", _title(held) if held else "None", day(held.held_on) if held else ""
    planned = (line for line in lines if line.days and not line.held_on)
    coming = min(planned, key=lambda line: line.days[0], default=None)
    if coming:
        yield "Next visit", _title(coming), f"{day(coming.days[0])}: {coming.words.lower()}"


def _title(line: Any) -> str:
    words = visit(line.visit)
    return words[0].upper() + words[1:]
