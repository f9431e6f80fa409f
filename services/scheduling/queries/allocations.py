"""Questions about allocations: a school's Link Adviser, and where the county's schools stand."""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import bindparam, select

from services.core.authorisation import READERS
from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.scheduling.adviser_state import Adviser
from services.scheduling.allocation_state import Allocation
from services.scheduling.projections.advisers import adviser, person, school, standing, step, unpacked
from services.scheduling.queries.names import Names

_STATE = select(standing.c.state).where(standing.c.urn == bindparam("urn"))
_STEPS = select(step).where(step.c.urn == bindparam("urn")).order_by(step.c.position.desc())


@query("scheduling.SchoolAdviser")
class SchoolAdviser(Query, frozen=True):
    """The school's Link Adviser, the proposal that is open, and how it came to that."""

    urn: Urn


@query("scheduling.CountyAllocations")
class CountyAllocations(Query, frozen=True):
    """Every open school with its Link Adviser; those that somebody must see to come first."""


class Named(Struct, frozen=True):
    """An adviser from a day on. `name` is None once they were erased."""

    person: str
    name: str | None
    begins: date


class OpenProposal(Struct, frozen=True):
    """A proposal before the school. Until `answer_by` its silence says nothing."""

    proposal: int
    adviser: Named
    proposed: date
    answer_by: date
    objected: bool


class Step(Struct, frozen=True):
    """What happened on the day `day`: proposed, objected, accepted, allocated or ended. `words` are the school's own or
    the reason that was given, for those who read what is written of a school; `role` who acted."""

    kind: str
    proposal: int | None
    adviser: str
    name: str | None
    day: date
    role: str
    words: str | None


class SchoolsAdviser(Struct, frozen=True):
    """`current` is the Link Adviser today, `next` one who begins later. Steps come newest first."""

    urn: int
    current: Named | None
    next: Named | None
    proposal: OpenProposal | None
    steps: tuple[Step, ...]


class Needs(StrEnum):
    """What somebody must see to, the most pressing first."""

    OBJECTED = "objected"
    UNFIT = "unfit"
    NOBODY = "nobody"
    AWAY = "away"
    PROPOSED = "proposed"
    NOTHING = "nothing"


class AllocationLine(Struct, frozen=True):
    """A school, its Link Adviser and any open proposal. Unfit is an adviser who has left or declared an interest."""

    urn: int
    school: str
    needs: Needs
    current: Named | None
    proposal: OpenProposal | None


def school_adviser(asked: SchoolAdviser, reading: Reading) -> SchoolsAdviser:
    viewer, names = reading.viewer(), Names(reading, person)
    today, reads = viewer.today, viewer.has(*READERS.county, *READERS.school, urn=asked.urn)
    allocation = unpacked(reading.db.scalar(_STATE, {"urn": asked.urn}), Allocation)
    steps = reading.db.execute(_STEPS, {"urn": asked.urn})
    coming = next((spell for spell in allocation.spells if today < spell.begins), None)
    return SchoolsAdviser(
        urn=asked.urn,
        current=_current(allocation, today, names),
        next=Named(coming.adviser, names.of(coming.adviser), coming.begins) if coming else None,
        proposal=_proposal(allocation, names),
        steps=tuple(
            Step(
                row.kind,
                row.proposal,
                row.adviser,
                names.of(row.adviser),
                row.day,
                row.role,
                row.words if reads else None,
            )
            for row in steps
        ),
    )


def county_allocations(asked: CountyAllocations, reading: Reading) -> list[AllocationLine]:
    today, names = reading.viewer().today, Names(reading, person)
    rows = reading.db.execute(select(adviser.c.person, adviser.c.ends, adviser.c.state))
    advisers = {row.person: (row.ends, unpacked(row.state, Adviser)) for row in rows}
    schools = reading.db.execute(
        select(school.c.urn, school.c.name, standing.c.state)
        .outerjoin(standing, standing.c.urn == school.c.urn)
        .where(school.c.open)
    )
    lines = []
    for row in schools:
        allocation = unpacked(row.state, Allocation)
        needs = _needs(row.urn, allocation, advisers, today)
        lines.append(
            AllocationLine(row.urn, row.name, needs, _current(allocation, today, names), _proposal(allocation, names))
        )
    order = list(Needs)
    return sorted(lines, key=lambda line: (order.index(line.needs), line.school, line.urn))


def _current(allocation: Allocation, today: date, names: Names) -> Named | None:
    spell = next((spell for spell in allocation.spells if spell.covers(today)), None)
    return Named(spell.adviser, names.of(spell.adviser), spell.begins) if spell else None


def _proposal(allocation: Allocation, names: Names) -> OpenProposal | None:
    proposal = allocation.proposal
    if proposal is None:
        return None
    chosen = Named(proposal.adviser, names.of(proposal.adviser), proposal.begins)
    return OpenProposal(proposal.number, chosen, proposal.proposed, proposal.answer_by, proposal.objected)


def _needs(urn: int, allocation: Allocation, advisers: dict[str, tuple[date | None, Adviser]], today: date) -> Needs:
    if allocation.proposal is not None:
        return Needs.OBJECTED if allocation.proposal.objected else Needs.PROPOSED
    current = next((spell for spell in allocation.spells if spell.ends is None), None)
    if current is None:
        return Needs.NOBODY
    ends, known = advisers[current.adviser]
    if (ends is not None and ends <= today) or known.interest_in(urn, today):
        return Needs.UNFIT
    return Needs.AWAY if known.away(today) else Needs.NOTHING
