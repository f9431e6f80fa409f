"""Questions about visits: a school's year, one visit, an adviser's days, and the governors' part in visits."""

from datetime import date, time
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import BindParameter, and_, bindparam, func, select

from services.core.audience import Audience
from services.core.authorisation import READERS, Viewer
from services.core.commands import AcademicYear, Query, Reference, Urn, query
from services.core.service import Reading
from services.scheduling.agenda import IP_SLOTS
from services.scheduling.agenda_menu import MenuItem, menu
from services.scheduling.events import VisitHeld, visit_title, visit_words
from services.scheduling.programme import TERM_OF_VISIT, VISITS, AnyVisit, academic_year_of
from services.scheduling.projections.planning_facts import allocated, person, school, subscribed
from services.scheduling.projections.visits import paper, sitting, visit
from services.scheduling.queries.fitness import adviser_on
from services.scheduling.queries.names import Names
from services.scheduling.queries.programmes import IP_ONLY, held, programmes
from services.scheduling.queries.visit_4 import sees_more_than_the_day
from services.scheduling.queries.visit_lines import VisitLine, date_only, line_of, not_planned

SEF_NOTICE = 14
"""Calendar days before visit 2 by which its self-evaluation form is due (VR1)."""

# Made once: SQLAlchemy takes longer to make a statement than SQLite to carry it out.
_URN: BindParameter[int] = bindparam("urn")
_YEAR: BindParameter[int] = bindparam("year")
_VISITS = select(visit).where(visit.c.urn == _URN, visit.c.year == _YEAR)
_PAPERS = select(paper).where(paper.c.urn == _URN, paper.c.year == _YEAR).order_by(paper.c.due, paper.c.paper)
_SPELLS = select(allocated.c.spells).where(allocated.c.urn == _URN)
_YEARS_SEEN = select(visit.c.year).where(visit.c.urn == _URN).distinct()
_YEARS_BOUGHT = select(subscribed.c.year, subscribed.c.follows).where(subscribed.c.urn == _URN)


@query("scheduling.SchoolVisits")
class SchoolVisits(Query, frozen=True):
    """A school's visits of an academic year, or (null) of the one that it is."""

    urn: Urn
    year: AcademicYear | None = None


@query("scheduling.VisitDetails")
class VisitDetails(Query, frozen=True):
    """One visit of a school's year, with what its agenda may hold."""

    urn: Urn
    year: AcademicYear
    visit: AnyVisit


@query("scheduling.AdviserVisits")
class AdviserVisits(Query, frozen=True):
    """What an adviser has planned or held from one day to another, both included."""

    adviser: Reference
    begins: date
    ends: date


@query("scheduling.GovernorsPart")
class GovernorsPart(Query, frozen=True):
    """In how many visits of a year governors took part (VR3)."""

    year: AcademicYear


class SchoolYear(Struct, frozen=True):
    """A school's visits of a year, those of its programme and those that were planned all the same. `years` are the
    academic years of which something is known, the latest first. Where it goes on with the programme of the school
    `before` it in that year, `held_before` are the visits that took place there."""

    urn: int
    year: int
    visits: tuple[VisitLine, ...]
    years: tuple[int, ...]
    before: int | None = None
    held_before: tuple[str, ...] = ()


class Details(Struct, frozen=True):
    """A visit, what its agenda may hold, and on an IP day the minutes that the guidance names for each part."""

    line: VisitLine
    menu: tuple[MenuItem, ...]
    slots: tuple[tuple[str, int], ...]


class Appointment(Struct, frozen=True):
    """One sitting of a visit in an adviser's diary; times are London wall time. `part` counts from 1. Of a visit 4 that
    is not theirs to know others see the day alone: no hours and no mode."""

    urn: int
    school: str
    year: int
    visit: str
    part: int
    parts: int
    day: date
    starts: time | None
    ends: time | None
    state: str
    mode: str | None
    joint: str | None


class GovernorsCount(Struct, frozen=True):
    """Of the visits of one number that were held: in how many governors took part, in how many of those somebody stood
    in for the chair."""

    visit: str
    held: int
    with_governors: int
    chair_stood_in_for: int


def school_visits(asked: SchoolVisits, reading: Reading) -> SchoolYear:
    urn, year = asked.urn, asked.year or academic_year_of(reading.viewer().today)
    lines = _lines(urn, year, reading)
    of_programme = programmes(year, reading, urn).get(urn, IP_ONLY)
    shown = tuple(lines[code] for code in VISITS if code in of_programme or lines[code].state != "not_planned")
    follows = {row.year: row.follows for row in reading.db.execute(_YEARS_BOUGHT, {"urn": urn})}
    known = {*reading.db.scalars(_YEARS_SEEN, {"urn": urn}), *follows, year}
    before = follows.get(year)
    had = held(before, year, reading) if before else frozenset()
    return SchoolYear(
        urn,
        year,
        _advised(shown),
        tuple(sorted(known, reverse=True)),
        before,
        tuple(code for code in VISITS if code in had),
    )


def visit_details(asked: VisitDetails, reading: Reading) -> Details:
    lines = _advised(tuple(_lines(asked.urn, asked.year, reading).values()))
    slots = tuple(IP_SLOTS.items()) if asked.visit == "ip" else ()
    return Details(next(line for line in lines if line.visit == asked.visit), menu(asked.visit), slots)


def adviser_visits(asked: AdviserVisits, reading: Reading) -> tuple[Appointment, ...]:
    """By day and time."""
    viewer = reading.viewer()
    each = sitting.alias()
    same_visit = [each.c[name] == sitting.c[name] for name in ("urn", "year", "visit")]
    parts = select(func.count()).select_from(each).where(*same_visit).scalar_subquery()
    rows = reading.db.execute(
        select(sitting, visit.c.state, visit.c.mode, visit.c.joint, school.c.name, parts.label("parts"))
        .join(visit, and_(*(visit.c[name] == sitting.c[name] for name in ("urn", "year", "visit"))))
        .outerjoin(school, school.c.urn == sitting.c.urn)
        .where(sitting.c.adviser == asked.adviser, sitting.c.day.between(asked.begins, asked.ends))
        .order_by(sitting.c.day, sitting.c.starts, sitting.c.urn, sitting.c.visit)
    )
    return tuple(_appointment(row, viewer) for row in rows)


def _appointment(row: Any, viewer: Viewer) -> Appointment:
    open_ = row.visit != "4" or sees_more_than_the_day(viewer, row.urn, row.adviser, row.day)
    return Appointment(
        urn=row.urn,
        school=row.name or f"School {row.urn}",
        year=row.year,
        visit=row.visit,
        part=row.part + 1,
        parts=row.parts,
        day=row.day,
        starts=row.starts if open_ else None,
        ends=row.ends if open_ else None,
        state=row.state,
        mode=row.mode if open_ else None,
        joint=row.joint if open_ else None,
    )


def governors_part(asked: GovernorsPart, reading: Reading) -> tuple[GovernorsCount, ...]:
    rows = reading.db.scalars(
        select(visit.c.held).where(visit.c.year == asked.year, visit.c.held.is_not(None), visit.c.visit != "4")
    )
    held = [msgspec.json.decode(packed, type=VisitHeld) for packed in rows]
    return tuple(_count(code, [each for each in held if each.visit == code]) for code in VISITS if code != "4")


def _count(code: str, held: list[VisitHeld]) -> GovernorsCount:
    stood_in = sum(any(one.stands_in_for == "chair_of_governors" for one in each.participants) for each in held)
    return GovernorsCount(code, len(held), sum(each.governors_took_part for each in held), stood_in)


def _lines(urn: int, year: int, reading: Reading) -> dict[str, VisitLine]:
    viewer, names = reading.viewer(), Names(reading, person)
    in_authority = viewer.may_open(Audience.COUNTY, urn, viewer.today)
    here = {"urn": urn, "year": year}
    rows = {row.visit: row for row in reading.db.execute(_VISITS, here)}
    papers: dict[str, list[object]] = {}
    for each in reading.db.execute(_PAPERS, here):
        papers.setdefault(each.visit, []).append(each)
    current = adviser_on(reading.db.scalar(_SPELLS, {"urn": urn}), viewer.today)
    return {
        code: _as_seen(
            line_of(
                rows[code],
                papers.get(code, ()),
                names.of(rows[code].adviser),
                viewer.today,
                in_authority=in_authority,
            ),
            urn,
            viewer,
        )
        if code in rows
        else not_planned(code, current, names.of(current))
        for code in VISITS
    }


def _as_seen(line: VisitLine, urn: int, viewer: Viewer) -> VisitLine:
    """Finance and the duty officer see dates, and how far a visit has come, but nothing of what was written."""
    if line.visit == "4" and line.days and not sees_more_than_the_day(viewer, urn, line.adviser, line.days[-1]):
        return date_only(line)
    if not viewer.has(*READERS.county, *READERS.school, urn=urn):
        return replace(line, why=None, agenda=None, papers=(), participants=())
    return line


def _advised(lines: tuple[VisitLine, ...]) -> tuple[VisitLine, ...]:
    """With what to mind: visit 1 informs 2, and 2 informs 3; a visit lies in its own term."""
    warnings: dict[str, list[str]] = {line.visit: [] for line in lines}
    order = [line for line in lines if line.visit in "123" and line.planned]
    for before, after in pairwise(order):
        if after.planned[0].day < before.planned[0].day:
            warnings[after.visit].append(
                f"{visit_title(after.visit)} is planned before {visit_words(before.visit)}, which informs it."
            )
    for line in lines:
        if line.visit == "2" and not line.held and line.days_notice in range(SEF_NOTICE):
            warnings["2"].append(
                f"Visit 2 got its date {line.days_notice} days ahead. The notice was short, so its self-evaluation "
                "form is due at once, and the school is not late."
            )
        if not line.in_term:
            own = TERM_OF_VISIT[line.visit]
            warnings[line.visit].append(
                f"{visit_title(line.visit)} is planned outside the {own} term, where it belongs."
            )
    return tuple(msgspec.structs.replace(line, warnings=tuple(warnings[line.visit])) for line in lines)
