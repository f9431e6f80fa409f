"""What on the planning board needs somebody's hand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, select

from services.core.service import Reading
from services.scheduling.projections.planning_facts import kept
from services.scheduling.projections.visits import sitting, visit
from services.scheduling.queries.advisers import INTERESTS_ARE_FOR
from services.scheduling.queries.board import BoardSchool
from services.scheduling.queries.fitness import absences, conflicts
from services.scheduling.queries.holidays import holidays
from services.scheduling.queries.names import Names
from services.scheduling.queries.visit_4 import sees_more_than_the_day
from services.scheduling.queries.visit_lines import sittings_of


class Trouble(Struct, frozen=True):
    """Something that needs somebody's hand: `kind` is on_hold, at_risk, away, clash, conflict (the adviser declared an
    interest in the school), holiday (`about` names it) or kept (time kept for a visit that is not planned). Who makes a
    visit 4 is not said to those for whom there is its date only."""

    kind: str
    urn: int
    school: str
    visit: str
    adviser: str | None
    adviser_name: str | None
    day: date | None
    year: int
    about: str | None = None


def troubles(shown: Sequence[BoardSchool], year: int, reading: Reading, names: Names) -> tuple[Trouble, ...]:
    """Of the schools shown."""
    by_urn, viewer = {each.urn: each.name for each in shown}, reading.viewer()
    found = [
        *_of_cells(shown),
        *_of_diaries(year, reading),
    ]
    made = []
    for kind, urn, code, adviser, day, about in found:
        if urn in by_urn:
            open_ = code != "4" or sees_more_than_the_day(viewer, urn, adviser, day or viewer.today)
            who = adviser if open_ else None
            made.append(Trouble(kind, urn, by_urn[urn], code, who, names.of(who), day, year, about))
    return tuple(made)


_Found = tuple[str, int, str, str | None, date | None, str | None]
"""Kind, URN, visit, adviser, day, and what more is to be said."""


def _of_cells(shown: Sequence[BoardSchool]) -> Iterator[_Found]:
    for each in shown:
        for cell in each.cells:
            if cell.state == "on_hold":
                yield "on_hold", each.urn, cell.visit, each.adviser, cell.day, None
            elif cell.at_risk:
                yield "at_risk", each.urn, cell.visit, each.adviser, cell.day, None


def _of_diaries(year: int, reading: Reading) -> Iterator[_Found]:
    booked = reading.db.execute(
        select(sitting, visit.c.joint, visit.c.state)
        .join(visit, and_(*(visit.c[name] == sitting.c[name] for name in ("urn", "year", "visit"))))
        .where(sitting.c.year == year)
        .order_by(sitting.c.adviser, sitting.c.day, sitting.c.starts, sitting.c.urn, sitting.c.visit)
    ).all()
    standing = [row for row in booked if row.state in ("planned", "confirmed")]
    away, conflicted, closed = absences(reading), conflicts(reading), holidays(year, reading)
    viewer = reading.viewer()
    for row in standing:
        if away.away(row.adviser, row.day):
            yield "away", row.urn, row.visit, row.adviser, row.day, None
        may_know = viewer.person == row.adviser or viewer.has(*INTERESTS_ARE_FOR)
        if may_know and conflicted.meet(row.adviser, row.urn, row.day):
            yield "conflict", row.urn, row.visit, row.adviser, row.day, None
        if name := closed.on(row.day):
            yield "holiday", row.urn, row.visit, row.adviser, row.day, name
    for row in _clashes(standing):
        yield "clash", row.urn, row.visit, row.adviser, row.day, None
    visited = {(row.adviser, row.urn, row.visit) for row in booked}
    for row in reading.db.execute(select(kept).where(kept.c.year == year)):
        if (row.person, row.urn, row.visit) not in visited:
            yield "kept", row.urn, row.visit, row.person, sittings_of(row.sittings)[0].day, None


def _clashes(standing: Iterable[Any]) -> Iterator[Any]:
    """Visits that begin before another of the same adviser on the same day has ended, though they are not one visit."""
    before: Any = None
    until = time.min
    for row in standing:
        same_day = before is not None and (row.adviser, row.day) == (before.adviser, before.day)
        one_visit = same_day and row.joint is not None and row.joint == before.joint
        if same_day and row.starts < until and not one_visit:
            yield row
        until = max(until, row.ends) if same_day else row.ends
        before = row
