"""How a school's self-evaluation stands: its form, and its grades side by side; and the forms of the county."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import AcademicYear, Query, Urn, query
from services.core.service import Reading
from services.visits.frameworks import Framework, Grade, framework_named, framework_on, steps_between
from services.visits.projections.sef import breach, form, grading, school, visit
from services.visits.sef import VISIT

OCCASIONS = (VISIT, "ip")
_ORDER = ("overdue", "at_once", "due", "put_off", "handed_over", "received")
SEPTEMBER = 9
"""The month in which an academic year begins."""


@query("visits.SefState")
class SefState(Query, frozen=True):
    """A school's self-evaluation of an academic year (null: of that day's), as it stands on a day (null: today)."""

    urn: Urn
    year: AcademicYear | None = None
    on: date | None = None


@query("visits.CountySefs")
class CountySefs(Query, frozen=True):
    """Every school's form of an academic year (null: of that day's), as it stands on a day (null: today)."""

    year: AcademicYear | None = None
    on: date | None = None


class FormState(Struct, frozen=True):
    """A form that was asked for. `state` is received, handed_over (visit 2 goes on at the school that followed),
    put_off (visit 2 has no date), at_once (short notice), overdue or due; `days` is how many days it is late, or are
    left. `breaches` are the days by which it had not come."""

    urn: int
    school: str
    state: str
    days: int
    due: date
    visit_day: date
    notice_short: bool
    received: date | None
    late_against: date | None
    breaches: tuple[date, ...]


class Said(Struct, frozen=True):
    """A grade, or none, with its words and the day."""

    grade: str | None
    words: str | None
    day: date


class Disagreement(Struct, frozen=True):
    """Both grades, each in its party's own words."""

    school_grade: str
    school_words: str
    adviser_grade: str
    adviser_words: str
    day: date


class Heading(Struct, frozen=True):
    """What was said under one heading. `steps` tells by how many grades the agreed one is better than the school's own
    (negative: worse); None while one of them is missing."""

    heading: str
    scale: tuple[str, ...]
    own: Said | None
    agreed: Said | None
    la: Said | None
    disagreements: tuple[Disagreement, ...]
    moderations: tuple[Said, ...]
    steps: int | None


class Sheet(Struct, frozen=True):
    """The grades of one visit (2 or ip) in one framework; `in_force` where it is the one to grade in now."""

    occasion: str
    framework: str
    framework_words: str
    in_force: bool
    headings: tuple[Heading, ...]


class SelfEvaluation(Struct, frozen=True):
    """No form before visit 2 had a date."""

    year: int
    form: FormState | None
    sheets: tuple[Sheet, ...]


class CountyForms(Struct, frozen=True):
    """The longest overdue first, then by the day on which they are due; those received last."""

    year: int
    forms: tuple[FormState, ...]


def sef_state(query: SefState, reading: Reading) -> SelfEvaluation:
    on, year = _when(query, reading)
    (asked,) = _forms((form.c.urn == query.urn, form.c.year == year), on, reading) or (None,)
    return SelfEvaluation(year, asked, _sheets(query.urn, year, on, reading))


def county_sefs(query: CountySefs, reading: Reading) -> CountyForms:
    on, year = _when(query, reading)
    forms = _forms((form.c.year == year,), on, reading)
    return CountyForms(year, tuple(sorted(forms, key=_urgency)))


def _urgency(form: FormState) -> tuple[int, date, str]:
    return _ORDER.index(form.state), min([*form.breaches, form.due]), form.school


def _when(query: SefState | CountySefs, reading: Reading) -> tuple[date, int]:
    on = query.on or reading.viewer().today
    return on, query.year or (on.year if on.month >= SEPTEMBER else on.year - 1)


def _forms(which: Sequence[Any], on: date, reading: Reading) -> list[FormState]:
    missed: dict[tuple[int, int], list[date]] = defaultdict(list)
    asked = select(breach).join_from(breach, form, (breach.c.urn == form.c.urn) & (breach.c.year == form.c.year))
    for row in reading.db.execute(asked.where(*which).order_by(breach.c.due)):
        missed[row.urn, row.year].append(row.due)
    its_visit = (visit.c.urn == form.c.urn) & (visit.c.year == form.c.year) & (visit.c.visit == VISIT)
    forms = (
        select(form, visit.c.put_off_on, visit.c.handed_to, school.c.name)
        .join_from(form, visit, its_visit, isouter=True)
        .join(school, school.c.urn == form.c.urn, isouter=True)
    )
    rows = reading.db.execute(forms.where(*which)).all()
    return [_form(row, tuple(missed[row.urn, row.year]), on) for row in rows]


def _form(row: Any, breaches: tuple[date, ...], on: date) -> FormState:
    earliest = min([*breaches, row.due])
    put_off_in_time = row.put_off_on is not None and row.put_off_on <= row.due
    if row.received is not None:
        state, days = "received", row.days_late
    elif row.handed_to is not None:
        state, days = "handed_over", 0
    elif breaches or (on > row.due and not row.notice_short and not put_off_in_time):
        state, days = "overdue", (on - earliest).days
    elif row.put_off_on is not None:
        state, days = "put_off", 0
    elif row.notice_short:
        state, days = "at_once", 0
    else:
        state, days = "due", (row.due - on).days
    return FormState(
        urn=row.urn,
        school=row.name or f"School {row.urn}",
        state=state,
        days=days,
        due=row.due,
        visit_day=row.visit_day,
        notice_short=row.notice_short,
        received=row.received,
        late_against=row.late_against,
        breaches=breaches,
    )


def _sheets(urn: int, year: int, on: date, reading: Reading) -> tuple[Sheet, ...]:
    own = grading.c.urn == urn, grading.c.year == year
    given: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in reading.db.execute(select(grading).where(*own).order_by(grading.c.position)):
        given[row.occasion, row.framework].append(row)
    visits = select(visit).where(visit.c.urn == urn, visit.c.year == year)
    dated = {row.visit: row.day for row in reading.db.execute(visits) if row.put_off_on is None}
    sheets = []
    for occasion in OCCASIONS:
        now = framework_on(dated.get(occasion, on)) if occasion == VISIT or occasion in dated else None
        known = {framework for where, framework in given if where == occasion} | ({now.id} if now else set())
        for framework in map(framework_named, sorted(known, reverse=True)):
            rows = given[occasion, framework.id]
            headings = tuple(_heading(heading, framework, rows) for heading in framework.headings)
            sheets.append(Sheet(occasion, framework.id, framework.words, framework == now, headings))
    return tuple(sheets)


def _heading(heading: str, framework: Framework, rows: Sequence[Any]) -> Heading:
    said: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if row.heading == heading:
            said[row.kind].append(row)
    own, agreed, la = (_said(said[kind][-1]) if said[kind] else None for kind in ("own", "agreed", "la"))
    return Heading(
        heading=heading,
        scale=framework.headings[heading],
        own=own,
        agreed=agreed,
        la=la,
        disagreements=tuple(
            Disagreement(row.school_grade, row.school_words, row.grade, row.words, row.day) for row in said["disputed"]
        ),
        moderations=tuple(_said(row) for row in said["moderated"]),
        steps=_steps(framework.id, heading, agreed, own),
    )


def _said(row: Any) -> Said:
    return Said(row.grade, row.words, row.day)


def _steps(framework: str, heading: str, agreed: Said | None, own: Said | None) -> int | None:
    if agreed is None or own is None or agreed.grade is None or own.grade is None:
        return None
    return steps_between(Grade(framework, heading, agreed.grade), Grade(framework, heading, own.grade))
