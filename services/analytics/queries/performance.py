"""How the programme runs at a school and in the county: counts and shares of what was to be done, never a rank."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Table, select

from services.analytics.projections.performance import action, call, document, sef, term, visit
from services.analytics.terms import Terms, usual_terms
from services.core.audience import Audience
from services.core.commands import AcademicYear, Query, Urn, query
from services.core.service import Reading

MAJOR = frozenset({"1", "2", "3", "ip"})
"""The visits in which governors take part (VR3), and which leave a record; visit 4 is the governors' own."""
NOT_ACTED_ON = frozenset({"withdrawn", "school_closed"})
"""Outcomes of actions that were not to be done after all."""

Days = Annotated[int, Meta(ge=1, le=200)]


@query("analytics.SchoolPerformance")
class SchoolPerformance(Query, frozen=True):
    """How the programme ran at one school in an academic year (null: that of the day), up to a day (null: today).

    `within` is how many days after a visit its record is to be issued."""

    urn: Urn
    year: AcademicYear | None = None
    on: date | None = None
    within: Days = 14


@query("analytics.CountyPerformance")
class CountyPerformance(Query, frozen=True):
    """The same of every school of the county, and of all together."""

    year: AcademicYear
    on: date | None = None
    within: Days = 14


class Share(Struct, frozen=True):
    """So many `of` those that were to be: held_in_term, governors (VR3), sef_on_time, issued_in_time, answered or
    actions_on_time."""

    measure: str
    counted: int
    of: int


class VisitRun(Struct, frozen=True):
    """One visit; `in_term` and `governors` are None until it was held. Of visit 4 nothing shows but the day."""

    visit: str
    term: str | None
    planned: date | None
    cancelled: bool
    held: date | None
    in_term: bool | None
    governors: bool | None
    issued: date | None
    answer: str | None


class Calls(Struct, frozen=True):
    """Calls to the help-line: how many in all, how many of those that had a target were answered, and in time."""

    received: int
    timed: int
    in_time: int


class PerformanceOfSchool(Struct, frozen=True):
    """`calls` counts those that are for whoever asks."""

    urn: int
    year: int
    on: date
    within: int
    shares: tuple[Share, ...]
    visits: tuple[VisitRun, ...]
    calls: Calls


class SchoolShares(Struct, frozen=True):
    urn: int
    shares: tuple[Share, ...]


class PerformanceOfCounty(Struct, frozen=True):
    """`shares` are of all schools together; `schools` stand in order of URN, because they are not ranked."""

    year: int
    on: date
    within: int
    shares: tuple[Share, ...]
    schools: tuple[SchoolShares, ...]
    calls: Calls


def school_performance(query: SchoolPerformance, reading: Reading) -> PerformanceOfSchool:
    viewer = reading.viewer()
    on = query.on or viewer.today
    year = query.year or (on.year if on.month >= 9 else on.year - 1)
    rows = _Rows(year, reading, query.urn)
    calls = select(call).where(call.c.urn == query.urn)
    heard = [
        row
        for row in reading.db.execute(calls)
        if _in_year(row.day, year) and viewer.may_open(Audience.CONFIDENTIAL, query.urn, row.day)
    ]
    return PerformanceOfSchool(
        query.urn,
        year,
        on,
        query.within,
        rows.shares(query.urn, on, query.within),
        tuple(rows.visit(each) for each in rows.visits.get(query.urn, ())),
        _calls(heard),
    )


def county_performance(query: CountyPerformance, reading: Reading) -> PerformanceOfCounty:
    on = query.on or reading.viewer().today
    rows = _Rows(query.year, reading)
    schools = tuple(SchoolShares(urn, rows.shares(urn, on, query.within)) for urn in rows.urns())
    heard = [row for row in reading.db.execute(select(call)) if _in_year(row.day, query.year)]
    shares = tuple(
        Share(measure, sum(each.counted for each in of_one), sum(each.of for each in of_one))
        for measure, of_one in _by_measure(schools)
    )
    return PerformanceOfCounty(query.year, on, query.within, shares, schools, _calls(heard))


class _Rows:
    """What is held of one academic year, for one school or all, by URN."""

    def __init__(self, year: int, reading: Reading, urn: int | None = None) -> None:
        def of_year(table: Table) -> dict[int, list[Any]]:
            chosen = [table.c.year == year] + ([] if urn is None else [table.c.urn == urn])
            found: dict[int, list[Any]] = {}
            for row in reading.db.execute(select(table).where(*chosen).order_by(*table.primary_key.columns)):
                found.setdefault(row.urn, []).append(row)
            return found

        set_terms = reading.db.execute(select(term).where(term.c.year == year))
        self._terms: Terms = {row.term: (row.begins, row.ends) for row in set_terms} or usual_terms(year)
        self.visits, self._sefs, self._actions = of_year(visit), of_year(sef), of_year(action)
        self._documents = {(row.urn, row.document): row for rows in of_year(document).values() for row in rows}

    def urns(self) -> list[int]:
        return sorted({*self.visits, *self._sefs, *self._actions})

    def visit(self, row: Any) -> VisitRun:
        paper = self._documents.get((row.urn, row.visit))
        return VisitRun(
            visit=row.visit,
            term=row.term,
            planned=row.planned,
            cancelled=row.cancelled,
            held=row.held,
            in_term=None if row.held is None else self._in_term(row),
            governors=row.governors,
            issued=paper.issued if paper else None,
            answer=paper.answer if paper else None,
        )

    def shares(self, urn: int, on: date, within: int) -> tuple[Share, ...]:
        """Each counts what was to be done by the day, so that what is yet to come is no fault."""
        visits = [row for row in self.visits.get(urn, ()) if row.held is not None or not row.cancelled]
        due = [row for row in visits if row.term and (_by(row.held, on) or self._is_over(row, on))]
        major = [row for row in visits if row.visit in MAJOR and _by(row.held, on)]
        papers = [(row.held, self._documents.get((urn, row.visit))) for row in major]
        issued = [(held, paper) for held, paper in papers if paper and _by(paper.issued, on)]
        in_time = [(paper.issued - held).days <= within for held, paper in issued]
        missing = sum(not paper and held + timedelta(days=within) < on for held, paper in papers)
        sefs = [row for row in self._sefs.get(urn, ()) if _by(row.received, on) or row.due < on]
        actions = [row for row in self._actions.get(urn, ()) if row.due < on and row.outcome not in NOT_ACTED_ON]
        return (
            _share("held_in_term", (_by(row.held, on) and self._in_term(row) for row in due)),
            _share("governors", (bool(row.governors) for row in major)),
            _share("sef_on_time", (not row.overdue and row.days_late == 0 for row in sefs)),
            _share("issued_in_time", in_time + [False] * missing),
            _share("answered", (paper.answer is not None for _, paper in issued)),
            _share("actions_on_time", (row.closed is not None and row.closed <= row.due for row in actions)),
        )

    def _in_term(self, row: Any) -> bool:
        begins, ends = self._terms.get(row.term, (date.min, date.max))
        return bool(begins <= row.held <= ends)

    def _is_over(self, row: Any, on: date) -> bool:
        return row.term in self._terms and self._terms[row.term][1] < on


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _share(measure: str, met: Iterable[bool]) -> Share:
    found = list(met)
    return Share(measure, sum(found), len(found))


def _by_measure(schools: Sequence[SchoolShares]) -> Iterable[tuple[str, list[Share]]]:
    found: dict[str, list[Share]] = {}
    for school in schools:
        for share in school.shares:
            found.setdefault(share.measure, []).append(share)
    return found.items()


def _in_year(day: date, year: int) -> bool:
    return date(year, 9, 1) <= day < date(year + 1, 9, 1)


def _calls(rows: Sequence[Any]) -> Calls:
    timed = [row.in_time for row in rows if row.in_time is not None]
    return Calls(len(rows), len(timed), sum(timed))
