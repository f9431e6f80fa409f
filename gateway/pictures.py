"""A school's picture in rows of words, and two pictures beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.clients import MEASURES, marker
from gateway.picture_rows import programme_rows
from gateway.words import academic_year, day, money

HEADLINE = "PTRWM_EXP"
"""The measure that is always shown; another only where the pictures differ in it."""
UNITS = {"percent": "%", "pupils": " pupils"}
NOTHING = "Nothing recorded"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing about a school, as one picture has it and as another does."""

    words: str
    shown: str
    other: str

    @property
    def differs(self) -> bool:
        return self.shown != self.other


def compare(shown: Any, other: Any) -> list[Row]:
    """Rows of two analytics.SchoolPicture; give the same one twice to see one alone."""
    left, right = dict(_about(shown)), dict(_about(other))
    rows = [Row(words, left.get(words, NOTHING), right.get(words, NOTHING)) for words in {**right, **left}]
    return rows + list(_results(shown.results, other.results))


def _about(picture: Any) -> Iterator[tuple[str, str]]:
    yield "Name", picture.name or NOTHING
    yield "Status", picture.status or NOTHING
    yield "Type", picture.school_type or NOTHING
    for relation, words in (("predecessor", "Follows"), ("successor", "Followed by")):
        linked = [f"URN {link.urn}" for link in picture.links if link.relation == relation]
        if linked:
            yield words, ", ".join(linked)
    bought = sorted(picture.subscriptions.items())
    years = ", ".join(f"{academic_year(year)} ({programme})" for year, programme in bought)
    yield "Subscribed", years or NOTHING
    yield from programme_rows(picture)
    yield "Charged in all", money(picture.charged)
    inspected = picture.inspected and f"{picture.grade} on {day(picture.inspected)}"
    yield "Latest Ofsted inspection", inspected or NOTHING


def _results(shown: dict[int, dict[str, str]], other: dict[int, dict[str, str]]) -> Iterator[Row]:
    for year in sorted({*shown, *other}, reverse=True):
        left, right = shown.get(year, {}), other.get(year, {})
        for code, measure in MEASURES.items():
            differs = left and right and left.get(code) != right.get(code)
            if code == HEADLINE or differs:
                yield Row(f"{year}: {measure.label}", _figure(left, code), _figure(right, code))


def _figure(figures: dict[str, str], code: str) -> str:
    """A figure with its unit, or what its marker means. A year may be recorded without this measure."""
    if code not in figures:
        return "Not among the figures" if figures else NOTHING
    mark = marker(figures[code])
    return mark.meaning.capitalize() if mark else figures[code] + UNITS.get(MEASURES[code].unit, "")
