"""Questions about advisers: who they are, what they are fit for, how much they carry, when they are away."""

from collections import Counter
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from services.core.authorisation import Role
from services.core.commands import Query, Reference, query
from services.core.keys import Sealed
from services.core.service import Reading
from services.scheduling.adviser_state import Absence, Adviser, Training
from services.scheduling.allocation_state import Allocation
from services.scheduling.projections.advisers import adviser, nature, person, school, standing, unpacked

DAYS_A_SCHOOL, DAYS_IN_SCHOOL = 5, 3
"""VR8: the norm for a year, for the planning of capacity only. Nothing is refused on account of it."""
INTERESTS_ARE_FOR = (Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICER, Role.AUDITOR, Role.DATA_PROTECTION)


@query("scheduling.CountyAdvisers")
class CountyAdvisers(Query, frozen=True):
    """Every adviser, with training, absences and load as they are today."""


@query("scheduling.AdviserDetails")
class AdviserDetails(Query, frozen=True):
    """One adviser. What interests they declared is for themselves and the office."""

    person: Reference


class AdviserLine(Struct, frozen=True):
    """An adviser today. `valid` holds the training that is valid, `days` and `days_in_school` the norm of VR8 for the
    schools they have. `name` is None once they were erased; `away` the absences that are not over."""

    person: str
    name: str | None
    begins: date
    ends: date | None
    valid: tuple[Training, ...]
    schools: int
    days: int
    days_in_school: int
    interests: int
    away: tuple[Absence, ...]


class TrainingLine(Struct, frozen=True):
    training: Training
    completed: date
    expires: date | None
    valid: bool


class InterestLine(Struct, frozen=True):
    """`nature` is in the adviser's own words; None once they were erased."""

    urn: int
    school: str | None
    begins: date
    ends: date | None
    nature: str | None


class SchoolOfAdviser(Struct, frozen=True):
    urn: int
    school: str
    begins: date


class AdviserView(Struct, frozen=True):
    """One adviser. `interests` is None for whom they are not."""

    line: AdviserLine
    trainings: tuple[TrainingLine, ...]
    schools: tuple[SchoolOfAdviser, ...]
    absences: tuple[Absence, ...]
    interests: tuple[InterestLine, ...] | None


def county_advisers(asked: CountyAdvisers, reading: Reading) -> list[AdviserLine]:
    """Those who are advisers today or will be, by name."""
    today = reading.viewer().today
    load = Counter(who for _, _, who, _ in allocated(reading, today))
    lines = [_line(row, load[row.person], today, reading) for row in reading.db.execute(_ADVISERS)]
    here = (line for line in lines if line.ends is None or today < line.ends)
    return sorted(here, key=lambda line: (line.name or "", line.person))


def adviser_details(asked: AdviserDetails, reading: Reading) -> AdviserView | None:
    """None when there is no such adviser."""
    row = reading.db.execute(_ADVISERS.where(adviser.c.person == asked.person)).one_or_none()
    if row is None:
        return None
    viewer = reading.viewer()
    today, known = viewer.today, unpacked(row.state, Adviser)
    schools = [
        SchoolOfAdviser(urn, name, begins)
        for urn, name, who, begins in allocated(reading, today)
        if who == asked.person
    ]
    trainings = sorted(known.trainings, key=lambda done: done.completed, reverse=True)
    theirs = viewer.person == asked.person or viewer.has(*INTERESTS_ARE_FOR)
    return AdviserView(
        line=_line(row, len(schools), today, reading),
        trainings=tuple(
            TrainingLine(
                Training(done.training),
                done.completed,
                done.expires,
                done.completed <= today and (done.expires is None or today < done.expires),
            )
            for done in trainings
        ),
        schools=tuple(sorted(schools, key=lambda school: school.school)),
        absences=tuple(sorted(known.absences, key=lambda absence: absence.begins, reverse=True)),
        interests=_interests(asked.person, known, reading) if theirs else None,
    )


_ADVISERS = select(adviser, person.c.name).join(person, person.c.person == adviser.c.person)


def allocated(reading: Reading, day: date) -> list[tuple[int, str, str, date]]:
    """URN, name, adviser and since when, of every open school that has a Link Adviser on the day."""
    rows = reading.db.execute(
        select(school.c.urn, school.c.name, standing.c.state)
        .join(standing, standing.c.urn == school.c.urn)
        .where(school.c.open)
    )
    return [
        (row.urn, row.name, spell.adviser, spell.begins)
        for row in rows
        for spell in unpacked(row.state, Allocation).spells
        if spell.covers(day)
    ]


def _line(row: Row[Any], schools: int, today: date, reading: Reading) -> AdviserLine:
    known = unpacked(row.state, Adviser)
    return AdviserLine(
        person=row.person,
        name=reading.open(Sealed.unpack(row.name)),
        begins=row.begins,
        ends=row.ends,
        valid=tuple(training for training in Training if known.trained(training, today)),
        schools=schools,
        days=schools * DAYS_A_SCHOOL,
        days_in_school=schools * DAYS_IN_SCHOOL,
        interests=sum(interest.ends is None or today < interest.ends for interest in known.interests),
        away=tuple(absence for absence in known.absences if today < absence.returns),
    )


def _interests(who: str, known: Adviser, reading: Reading) -> tuple[InterestLine, ...]:
    names = {row.urn: row.name for row in reading.db.execute(select(school.c.urn, school.c.name))}
    told = {
        (row.urn, row.begins): row.nature for row in reading.db.execute(select(nature).where(nature.c.person == who))
    }
    return tuple(
        InterestLine(
            interest.urn,
            names.get(interest.urn),
            interest.begins,
            interest.ends,
            reading.open(Sealed.unpack(told[interest.urn, interest.begins])),
        )
        for interest in known.interests
    )
