"""Questions that a school's own figures suggest: where it is furthest from England, its authority or its own year
before. Never across a year in which what is measured was changed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from sqlalchemy import select

from services.analytics.area import NATIONAL
from services.analytics.measures import MEASURES, Measure
from services.analytics.projections.results import area_figure, school, school_figure
from services.analytics.queries.cells import Cell, cell
from services.analytics.spread import WIDTHS
from services.core.commands import Query, Urn, query
from services.core.service import Reading

MOST = 6
Against = Literal["la", "national", "earlier"]
WORDS: dict[Against, str] = {
    "la": "in the local authority",
    "national": "in England",
    "earlier": "here the year before",
}


@query("analytics.SuggestedQuestions")
class SuggestedQuestions(Query, frozen=True):
    """The questions that a school's latest figure of each measure suggests, from the largest gap on."""

    urn: Urn


class Suggestion(Struct, frozen=True):
    """A figure of `year` for a group of pupils, what it is far from (la, national or earlier), and the question.

    `gap` is the school's figure less the other, in the measure's own unit."""

    measure: str
    label: str
    unit: str
    group: str
    year: int
    own: Cell
    against: Against
    other: Cell
    gap: str
    text: str


def suggested_questions(query: SuggestedQuestions, reading: Reading) -> tuple[Suggestion, ...]:
    """One for each measure at most: its largest gap. Gaps of different units are put in one order by the width of the
    band in which figures of that unit are counted."""
    figures = select(school_figure).where(school_figure.c.urn == query.urn)
    own = {(row.year, row.measure): cell(row) for row in reading.db.execute(figures)}
    la_code = reading.db.scalar(select(school.c.la_code).where(school.c.urn == query.urn))
    la, national = _area(reading, la_code), _area(reading, NATIONAL)
    found = []
    for measure in MEASURES.values():
        year = max((year for year, code in own if code == measure.code), default=None)
        if year is None or measure.higher_is_better is None:
            continue
        before = own.get((year - 1, measure.code)) if measure.comparable(year - 1, year) else None
        beside: dict[Against, Cell | None] = {
            "national": national.get((year, measure.code)),
            "la": la.get((year, measure.code)),
            "earlier": before,
        }
        gaps = list(_gaps(measure, year, own[year, measure.code], beside))
        if gaps:
            found.append(max(gaps, key=_size))
    return tuple(sorted(found, key=_size, reverse=True)[:MOST])


def _gaps(measure: Measure, year: int, own: Cell, beside: dict[Against, Cell | None]) -> Iterator[Suggestion]:
    for against, other in beside.items():
        if own.meaning or other is None or other.meaning:
            continue
        gap = Decimal(own.value) - Decimal(other.value)
        if gap:
            yield Suggestion(
                measure=measure.code,
                label=measure.label,
                unit=measure.unit,
                group="all",
                year=year,
                own=own,
                against=against,
                other=other,
                gap=f"{gap:f}",
                text=_text(measure, year, own, against, other, gap),
            )


def _text(measure: Measure, year: int, own: Cell, against: Against, other: Cell, gap: Decimal) -> str:
    sign = "%" if measure.unit == "percent" else ""
    figures = f"{measure.label}, {year}: {own.value}{sign} here, {other.value}{sign} {WORDS[against]}."
    ask = "What explains it, and will it last?" if gap > 0 else "What explains it, and what is being done?"
    return f"{figures} {ask}"


def _size(suggestion: Suggestion) -> Decimal:
    return abs(Decimal(suggestion.gap)) / WIDTHS[MEASURES[suggestion.measure].unit]


def _area(reading: Reading, area: str | None) -> dict[tuple[int, str], Cell]:
    rows = reading.db.execute(select(area_figure).where(area_figure.c.area == area))
    return {(row.year, row.measure): cell(row) for row in rows}
