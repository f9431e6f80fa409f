"""The programme office's board: where the county's visits of a year stand, by school and by adviser."""

from collections import Counter
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import select

from services.core.commands import AcademicYear, Query, Reference, query
from services.core.service import Reading
from services.scheduling.programme import TERM_OF_VISIT, VISITS
from services.scheduling.projections.planning_facts import allocated, person, school
from services.scheduling.projections.visits import sitting, visit
from services.scheduling.queries.board import BoardSchool, Cell
from services.scheduling.queries.fitness import adviser_on, advisers_on
from services.scheduling.queries.holidays import terms_known
from services.scheduling.queries.names import Names
from services.scheduling.queries.programmes import IP_ONLY, programmes
from services.scheduling.queries.troubles import Trouble, troubles

SOON = timedelta(days=28)
"""A visit without a date within this time of its term's end is at risk of missing it."""
PAGE = 60
"""Schools on a page of the board."""
GONE = frozenset({"held", "handed_over"})


@query("scheduling.PlanningBoard")
class PlanningBoard(Query, frozen=True):
    """The county's visits of a year: by school, by adviser, and what needs somebody's hand. `adviser` and `term` leave
    out the rest; "nobody" are schools without an adviser."""

    year: AcademicYear
    adviser: Reference | None = None
    term: Literal["autumn", "spring", "summer"] | None = None
    page: Annotated[int, Meta(ge=1, le=1_000)] = 1


class Load(Struct, frozen=True):
    """An adviser's year: schools, visits with a date, held and still without a date, and days on which they visit."""

    person: str
    name: str | None
    schools: int
    planned: int
    held: int
    to_plan: int
    days: int


class Board(Struct, frozen=True):
    """`tallies` counts, for each visit, how many schools are in which state."""

    year: int
    schools: tuple[BoardSchool, ...]
    found: int
    page: int
    pages: int
    loads: tuple[Load, ...]
    troubles: tuple[Trouble, ...]
    tallies: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def planning_board(asked: PlanningBoard, reading: Reading) -> Board:
    today, names = reading.viewer().today, Names(reading, person)
    every = _schools(asked.year, today, reading, names)
    mine = [each for each in every if _wanted(each, asked)]
    shown = [_of_term(each, asked.term) for each in mine]
    page = shown[(asked.page - 1) * PAGE : asked.page * PAGE]
    return Board(
        year=asked.year,
        schools=tuple(page),
        found=len(shown),
        page=asked.page,
        pages=-(-len(shown) // PAGE),
        loads=_loads(every, asked.year, today, reading, names),
        troubles=troubles(shown, asked.year, reading, names),
        tallies=_tallies(shown),
    )


def _schools(year: int, today: date, reading: Reading, names: Names) -> list[BoardSchool]:
    """Every school that is open or has a visit this year; by name."""
    planned: dict[int, dict[str, Any]] = {}
    for row in reading.db.execute(
        select(visit.c.urn, visit.c.visit, visit.c.state, visit.c.in_term).where(visit.c.year == year)
    ):
        planned.setdefault(row.urn, {})[row.visit] = row
    first = select(sitting.c.urn, sitting.c.visit, sitting.c.day).where(sitting.c.year == year, sitting.c.part == 0)
    days = {(urn, code): day for urn, code, day in reading.db.execute(first)}
    to_have = programmes(year, reading)
    advisers = {urn: adviser_on(spells, today) for urn, spells in reading.db.execute(select(allocated))}
    at_risk = _terms_at_risk(year, today, reading)
    found = []
    by_name = select(school.c.urn, school.c.name, school.c.status).order_by(school.c.name, school.c.urn)
    for urn, name, status in reading.db.execute(by_name):
        theirs = planned.get(urn, {})
        if status == "Closed" and not theirs:
            continue
        cells = tuple(
            _cell(code, theirs.get(code), days.get((urn, code)), at_risk)
            for code in VISITS
            if code in theirs or code in to_have.get(urn, IP_ONLY)
        )
        adviser = advisers.get(urn)
        found.append(BoardSchool(urn, name, adviser, names.of(adviser), cells))
    return found


def _cell(code: str, row: Any, day: date | None, at_risk: frozenset[str]) -> Cell:
    state = row.state if row else "not_planned"
    in_time = row is not None and (state in GONE or (day is not None and row.in_term))
    return Cell(code, state, day, not in_time and state != "cancelled" and TERM_OF_VISIT[code] in at_risk)


def _terms_at_risk(year: int, today: date, reading: Reading) -> frozenset[str]:
    """The terms that are over or nearly so."""
    return frozenset(term.term for term in terms_known(year, reading) if term.ends < today + SOON)


def _wanted(each: BoardSchool, asked: PlanningBoard) -> bool:
    return asked.adviser is None or (each.adviser or "nobody") == asked.adviser


def _of_term(each: BoardSchool, term: str | None) -> BoardSchool:
    if term is None:
        return each
    return msgspec.structs.replace(each, cells=tuple(cell for cell in each.cells if TERM_OF_VISIT[cell.visit] == term))


def _loads(every: list[BoardSchool], year: int, today: date, reading: Reading, names: Names) -> tuple[Load, ...]:
    """Of everybody who is an adviser today or has a visit this year; those with most to do first."""
    rows = list(reading.db.execute(select(visit.c.adviser, visit.c.state).where(visit.c.year == year)))
    planned = Counter(row.adviser for row in rows if row.state in ("planned", "confirmed"))
    held = Counter(row.adviser for row in rows if row.state == "held")
    days: dict[str, set[date]] = {}
    for row in reading.db.execute(select(sitting.c.adviser, sitting.c.day).where(sitting.c.year == year)):
        days.setdefault(row.adviser, set()).add(row.day)
    schools = Counter(each.adviser for each in every)
    waiting = ("not_planned", "postponed", "on_hold", "not_held")
    to_plan: Counter[str | None] = Counter()
    for each in every:
        to_plan[each.adviser] += sum(cell.state in waiting for cell in each.cells)
    people = {*advisers_on(today, reading), *days}
    loads = [
        Load(
            whom,
            names.of(whom),
            schools[whom],
            planned[whom],
            held[whom],
            to_plan[whom],
            len(days.get(whom, ())),
        )
        for whom in people
    ]
    return tuple(sorted(loads, key=lambda load: (-load.to_plan - load.planned, load.name or load.person)))


def _tallies(shown: list[BoardSchool]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    counts: dict[str, Counter[str]] = {}
    for each in shown:
        for cell in each.cells:
            counts.setdefault(cell.visit, Counter())[cell.state] += 1
    return tuple((code, tuple(sorted(counts[code].items()))) for code in VISITS if code in counts)
