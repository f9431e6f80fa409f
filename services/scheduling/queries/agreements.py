"""Questions about the programme that a school has in a year."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, bindparam, select

from services.core.authorisation import Role
from services.core.commands import AcademicYear, Query, Urn, query
from services.core.service import Reading
from services.scheduling.projections.agreements import agreed, membership, proposal

_HERE: dict[str, Any] = {"urn": bindparam("urn"), "year": bindparam("year")}
_MEMBERSHIP = select(membership).filter_by(**_HERE)
_PROPOSALS = select(proposal).filter_by(**_HERE).order_by(proposal.c.version.desc())
_AGREED = select(agreed).filter_by(**_HERE).order_by(agreed.c.day, agreed.c.by)


@query("scheduling.SchoolProgramme")
class SchoolProgramme(Query, frozen=True):
    """Whether the school takes part in the programme of a year, and what was proposed and agreed for it."""

    urn: Urn
    year: AcademicYear


class Assent(Struct, frozen=True):
    """A party agreed on a day."""

    by: Role
    day: date


class ProposedProgramme(Struct, frozen=True):
    """`begins` is the day from which it is in force; None until all three parties have agreed."""

    version: int
    programme: str
    visits: tuple[str, ...]
    by: Role
    proposed: date
    agreed: tuple[Assent, ...]
    begins: date | None


class ProgrammeOfYear(Struct, frozen=True):
    """The school takes part from `begins` until the day before `ends`. Proposals come newest first."""

    urn: int
    year: int
    begins: date | None
    ends: date | None
    proposals: tuple[ProposedProgramme, ...]

    def takes_part(self, day: date) -> bool:
        return self.begins is not None and self.begins <= day and (self.ends is None or day < self.ends)

    def in_force(self, day: date) -> ProposedProgramme | None:
        """What was agreed for that day, by the proposal settled last."""
        if not self.takes_part(day):
            return None
        return next((each for each in self.proposals if each.begins is not None and each.begins <= day), None)


def school_programme(asked: SchoolProgramme, reading: Reading) -> ProgrammeOfYear:
    here = {"urn": asked.urn, "year": asked.year}
    part = reading.db.execute(_MEMBERSHIP, here).one_or_none()
    proposals = reading.db.execute(_PROPOSALS, here)
    assents: dict[int, list[Assent]] = {}
    for row in reading.db.execute(_AGREED, here):
        assents.setdefault(row.version, []).append(Assent(Role(row.by), row.day))
    return ProgrammeOfYear(
        urn=asked.urn,
        year=asked.year,
        begins=part.begins if part else None,
        ends=part.ends if part else None,
        proposals=tuple(_proposed(row, assents[row.version]) for row in proposals),
    )


def _proposed(row: Row[Any], assents: list[Assent]) -> ProposedProgramme:
    visits = tuple(row.visits.split())
    return ProposedProgramme(row.version, row.programme, visits, Role(row.by), row.proposed, tuple(assents), row.begins)
