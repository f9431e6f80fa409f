"""Which advisers may make a visit, by the same rules as the command that hands it to them."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import or_, select

from services.core.service import Reading
from services.scheduling.events import Sitting
from services.scheduling.projections.planning_facts import Spells, absence, adviser, interest, kept, training
from services.scheduling.queries.visit_lines import sittings_of
from services.scheduling.visit_facts import TRAINING_FOR


def adviser_on(packed: str | None, day: date) -> str | None:
    """A school's Link Adviser on a day, from its row of `allocated`."""
    spells = msgspec.json.decode(packed, type=Spells) if packed else ()
    return next((whose for begins, whose in reversed(spells) if begins <= day), None)


class Absences(Struct, frozen=True):
    """Who is away when, first and last day included."""

    spells: dict[str, tuple[tuple[date, date], ...]]

    def away(self, person: str, day: date) -> bool:
        return any(begins <= day <= ends for begins, ends in self.spells.get(person, ()))


class Conflicts(Struct, frozen=True):
    """Who declared an interest in which school: from a day until the day before another, where it is over."""

    spells: dict[tuple[str, int], tuple[tuple[date, date | None], ...]]

    def meet(self, person: str, urn: int, day: date) -> bool:
        spells = self.spells.get((person, urn), ())
        return any(begins <= day and (ends is None or day < ends) for begins, ends in spells)


def conflicts(reading: Reading) -> Conflicts:
    spells: dict[tuple[str, int], tuple[tuple[date, date | None], ...]] = {}
    for row in reading.db.execute(select(interest)):
        key = (row.person, row.urn)
        spells[key] = (*spells.get(key, ()), (row.begins, row.ends))
    return Conflicts(spells)


def absences(reading: Reading) -> Absences:
    spells: dict[str, tuple[tuple[date, date], ...]] = {}
    for row in reading.db.execute(select(absence).order_by(absence.c.begins)):
        spells[row.person] = (*spells.get(row.person, ()), (row.begins, row.ends))
    return Absences(spells)


def advisers_on(day: date, reading: Reading) -> list[str]:
    """Who holds the role of an adviser on a day."""
    held = or_(adviser.c.ends.is_(None), adviser.c.ends > day)
    return list(reading.db.scalars(select(adviser.c.person).where(adviser.c.begins <= day, held)))


def trained_on(visit: str, day: date, reading: Reading) -> set[str] | None:
    """Who is trained for a visit on a day; None where it needs no training."""
    needed = TRAINING_FOR.get(visit)
    if needed is None:
        return None
    valid = (training.c.completed <= day, or_(training.c.expires.is_(None), training.c.expires > day))
    wanted = select(training.c.person).where(training.c.training == needed.value, *valid)
    return set(reading.db.scalars(wanted))


def conflicted_at(urn: int, day: date, reading: Reading) -> set[str]:
    """Who declared an interest in a school that is not over on a day."""
    open_ = or_(interest.c.ends.is_(None), interest.c.ends > day)
    return set(reading.db.scalars(select(interest.c.person).where(interest.c.urn == urn, open_)))


def booked(reading: Reading) -> dict[str, list[Sitting]]:
    """All time that advisers' diaries keep."""
    diaries: dict[str, list[Sitting]] = {}
    for row in reading.db.execute(select(kept.c.person, kept.c.sittings)):
        diaries.setdefault(row.person, []).extend(sittings_of(row.sittings))
    return diaries


def meet(some: Iterable[Sitting], others: Sequence[Sitting]) -> bool:
    """Whether any two overlap; ends are excluded."""
    return any(
        one.day == other.day and one.starts < other.ends and other.starts < one.ends for one in some for other in others
    )
