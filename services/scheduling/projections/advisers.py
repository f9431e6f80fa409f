"""Advisers, what they are fit for, and the schools they are proposed and allocated to.

What hangs together is kept as the deciders fold it, so that a page can't tell otherwise than a decision."""

from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct
from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table

from services.core.authorisation import Role
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling import adviser_state, allocation_state
from services.scheduling.adviser_state import Adviser
from services.scheduling.allocation_state import Allocation
from services.scheduling.events import (
    AdviserAllocated,
    AdviserAway,
    AdviserBack,
    AdviserProposed,
    AdviserTrained,
    AllocationEnded,
    InterestDeclared,
    InterestEnded,
    PersonErased,
    PersonRegistered,
    ProposalAccepted,
    ProposalObjected,
    SchoolChanged,
    SchoolRegistered,
    TenureBegan,
    TenureEnded,
)

_tables = MetaData()
person = Table("person", _tables, Column("person", String, primary_key=True), Column("name", String))  # sealed
adviser = Table(
    "adviser",
    _tables,
    Column("person", String, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
    Column("state", String),  # JSON of Adviser
)
nature = Table(
    "nature",
    _tables,
    Column("person", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("nature", String),  # sealed
)
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("name", String),
    Column("open", Boolean),
)
standing = Table(
    "standing",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("state", String),  # JSON of Allocation
)
step = Table(
    "step",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer),
    Column("kind", String),
    Column("proposal", Integer),
    Column("adviser", String),
    Column("day", Date),
    Column("role", String),
    Column("words", String),  # the school's own, or the reason given
    Index("step_of_school", "urn"),
)
advisers = Projection("scheduling.advisers", version=1, tables=[person, adviser, nature, school, standing, step])

STEPS: dict[type[Event], str] = {
    AdviserProposed: "proposed",
    ProposalObjected: "objected",
    ProposalAccepted: "accepted",
    AdviserAllocated: "allocated",
    AllocationEnded: "ended",
}
S = TypeVar("S", bound=Struct)


def packed(state: Struct) -> str:
    return msgspec.json.encode(state).decode()


def unpacked(stored: str | None, cls: type[S]) -> S:
    """What was stored, or the state in which everything begins."""
    return msgspec.json.decode(stored, type=cls) if stored else cls()


@advisers.on(PersonRegistered)
def _registered(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    name = Sealed(event.person, recorded.event_id, "name", event.name).pack()
    work.put(person, person=event.person, name=name)


@advisers.on(TenureBegan)
def _began(event: TenureBegan, recorded: RecordedEvent, work: Work) -> None:
    if event.role == Role.ADVISER:
        before = work.row(adviser, (event.person,))
        state = before["state"] if before else packed(Adviser())
        work.put(adviser, person=event.person, begins=event.begins, ends=None, state=state)


@advisers.on(TenureEnded)
def _ended(event: TenureEnded, recorded: RecordedEvent, work: Work) -> None:
    if event.role == Role.ADVISER:
        work.change(adviser, (event.person,), ends=event.ends)


@advisers.on(PersonErased)
def _erased(event: PersonErased, recorded: RecordedEvent, work: Work) -> None:
    work.change(adviser, (event.person,), ends=recorded.metadata.effective_on)


@advisers.on(AdviserTrained, InterestDeclared, InterestEnded, AdviserAway, AdviserBack)
def _of_adviser(event: Any, recorded: RecordedEvent, work: Work) -> None:
    row = work.row(adviser, (event.person,))
    if row is None:
        raise LookupError("something is told of an adviser who is none")
    known = unpacked(row["state"], Adviser)
    if isinstance(event, InterestDeclared):
        sealed = Sealed(event.person, recorded.event_id, "nature", event.nature).pack()
        work.put(nature, person=event.person, urn=event.interest_at, begins=event.begins, nature=sealed)
    work.change(adviser, (event.person,), state=packed(adviser_state.evolve(known, event)))


@advisers.on(SchoolRegistered)
def _school(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name, open=event.status != "Closed")


@advisers.on(SchoolChanged)
def _school_changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.name is not UNSET:
        work.change(school, (event.urn,), name=event.name)
    if event.status is not UNSET:
        work.change(school, (event.urn,), open=event.status != "Closed")


@advisers.on(*STEPS)
def _step(event: Any, recorded: RecordedEvent, work: Work) -> None:
    """Note what happened, and fold it into where the school stands."""
    metadata = recorded.metadata
    work.put(
        step,
        position=recorded.position,
        urn=event.urn,
        kind=STEPS[type(event)],
        proposal=getattr(event, "proposal", None),
        adviser=event.adviser,
        day=metadata.effective_on,
        role=metadata.role,
        words=getattr(event, "words", None) or metadata.reason,
    )
    before = work.row(standing, (event.urn,))
    known = unpacked(before["state"] if before else None, Allocation)
    now = allocation_state.evolve(known, event.true_from(metadata.effective_on))
    work.put(standing, urn=event.urn, state=packed(now))
