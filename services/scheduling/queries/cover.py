"""Who can stand in for an absent adviser."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, select

from services.core.commands import Query, Reference, query
from services.core.service import Reading
from services.scheduling.events import Sitting
from services.scheduling.projections.planning_facts import person, school
from services.scheduling.projections.visits import sitting, visit
from services.scheduling.queries.fitness import (
    Absences,
    absences,
    advisers_on,
    booked,
    conflicted_at,
    meet,
    trained_on,
)
from services.scheduling.queries.names import Names
from services.scheduling.queries.visit_lines import sittings_of


@query("scheduling.AdviserCover")
class AdviserCover(Query, frozen=True):
    """An adviser's planned visits from one day to another, both included, each with those who could make it: free at
    that time, trained and without a conflict of interest."""

    adviser: Reference
    begins: date
    ends: date


class Candidate(Struct, frozen=True):
    """Somebody who could make a visit, and how many visits they have in that time."""

    person: str
    name: str | None
    visits: int


class ToCover(Struct, frozen=True):
    """A visit that somebody else may make, and who could."""

    urn: int
    school: str
    year: int
    visit: str
    sittings: tuple[Sitting, ...]
    state: str
    candidates: tuple[Candidate, ...]


def adviser_cover(asked: AdviserCover, reading: Reading) -> tuple[ToCover, ...]:
    """By day and time."""
    wanted = (sitting.c.adviser == asked.adviser, sitting.c.day.between(asked.begins, asked.ends))
    keys = select(sitting.c.urn, sitting.c.year, sitting.c.visit).where(*wanted).distinct().subquery()
    rows = reading.db.execute(
        select(visit, school.c.name.label("school"))
        .join(keys, and_(*(keys.c[name] == visit.c[name] for name in ("urn", "year", "visit"))))
        .outerjoin(school, school.c.urn == visit.c.urn)
        .where(visit.c.state.in_(("planned", "confirmed")))
    ).all()
    names, away, diaries = Names(reading, person), absences(reading), booked(reading)
    found = [
        ToCover(
            urn=row.urn,
            school=row.school or f"School {row.urn}",
            year=row.year,
            visit=row.visit,
            sittings=sittings_of(row.sittings),
            state=row.state,
            candidates=_candidates(row, asked, reading, names, away, diaries),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.sittings[0].day, each.sittings[0].starts, each.urn)))


def _candidates(
    row: Any,
    asked: AdviserCover,
    reading: Reading,
    names: Names,
    away: Absences,
    diaries: dict[str, list[Sitting]],
) -> tuple[Candidate, ...]:
    """Those with the fewest visits in that time first."""
    sittings = sittings_of(row.sittings)
    first = sittings[0].day
    trained, conflicted = trained_on(row.visit, first, reading), conflicted_at(row.urn, first, reading)
    found = []
    for whom in advisers_on(first, reading):
        diary = diaries.get(whom, [])
        unfit = whom == asked.adviser or whom in conflicted or (trained is not None and whom not in trained)
        if unfit or any(away.away(whom, each.day) for each in sittings) or meet(diary, sittings):
            continue
        busy = sum(asked.begins <= each.day <= asked.ends for each in diary)
        found.append(Candidate(whom, names.of(whom), busy))
    return tuple(sorted(found, key=lambda each: (each.visits, each.name or each.person)))
