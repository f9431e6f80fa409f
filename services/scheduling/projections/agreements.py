"""What programme a school has in a year: taken, proposed, agreed by whom, in force from when."""

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import (
    ProgrammeAgreed,
    ProgrammeHandedOver,
    ProgrammeProposed,
    ProgrammeSettled,
    ProgrammeTakenOver,
    SchoolSubscribed,
    SubscriptionEnded,
)

_tables = MetaData()
membership = Table(
    "membership",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
)
proposal = Table(
    "proposal",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("programme", String),
    Column("visits", String),  # with a space between
    Column("by", String),
    Column("proposed", Date),
    Column("begins", Date),  # once it is settled
)
agreed = Table(
    "agreed",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("by", String, primary_key=True),
    Column("day", Date),
)
agreements = Projection("scheduling.agreements", version=2, tables=[membership, proposal, agreed])


@agreements.on(SchoolSubscribed)
def _subscribed(event: SchoolSubscribed, recorded: RecordedEvent, work: Work) -> None:
    work.put(membership, urn=event.urn, year=event.year, begins=event.begins, ends=None)


@agreements.on(ProgrammeTakenOver)
def _taken_over(event: ProgrammeTakenOver, recorded: RecordedEvent, work: Work) -> None:
    if work.row(membership, (event.urn, event.year)) is None:
        work.put(membership, urn=event.urn, year=event.year, begins=event.on, ends=None)


@agreements.on(ProgrammeHandedOver)
def _handed_over(event: ProgrammeHandedOver, recorded: RecordedEvent, work: Work) -> None:
    work.change(membership, (event.urn, event.year), ends=event.on)


@agreements.on(SubscriptionEnded)
def _ended(event: SubscriptionEnded, recorded: RecordedEvent, work: Work) -> None:
    work.change(membership, (event.urn, event.year), ends=event.ends)


@agreements.on(ProgrammeProposed)
def _proposed(event: ProgrammeProposed, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        proposal,
        urn=event.urn,
        year=event.year,
        version=event.version,
        programme=event.programme,
        visits=" ".join(event.visits),
        by=event.by,
        proposed=recorded.metadata.effective_on,
        begins=None,
    )


@agreements.on(ProgrammeAgreed)
def _agreed(event: ProgrammeAgreed, recorded: RecordedEvent, work: Work) -> None:
    key = {"urn": event.urn, "year": event.year, "version": event.version, "by": event.by}
    work.put(agreed, **key, day=recorded.metadata.effective_on)


@agreements.on(ProgrammeSettled)
def _settled(event: ProgrammeSettled, recorded: RecordedEvent, work: Work) -> None:
    work.change(proposal, (event.urn, event.year, event.version), begins=event.begins)
