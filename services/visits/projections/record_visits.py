"""How the facts of a document's header fold: the visit, its agenda and papers, the school on the day, the advisers."""

from typing import Any

import msgspec
from msgspec import UNSET

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.times import BEFORE_RECORDS
from services.core.work import Work
from services.scheduling.events import (
    AdviserAllocated,
    AgendaAgreed,
    AgendaCountered,
    AgendaProposed,
    AllocationEnded,
    PaperReceived,
    PapersRequested,
    PersonRegistered,
    SchoolChanged,
    SchoolRegistered,
    VisitCancelled,
    VisitHeld,
    VisitMoved,
    VisitPlanned,
    VisitReassigned,
)
from services.visits.projections.record_tables import agenda, allocation, paper, person, school, visit
from services.visits.projections.records import records

__all__ = ["records"]

_SCHOOL = ("name", "la_code", "establishment_number", "phase", "status", "school_type")


@records.on(VisitPlanned)
def _planned(event: VisitPlanned, recorded: RecordedEvent, work: Work) -> None:
    _plan(event, recorded, work)


@records.on(VisitMoved)
def _moved(event: VisitMoved, recorded: RecordedEvent, work: Work) -> None:
    _plan(event, recorded, work)


def _plan(event: VisitPlanned | VisitMoved, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        visit,
        urn=event.urn,
        year=event.year,
        visit=event.visit,
        adviser=event.adviser,
        given_at=recorded.position,
        sittings=_json(event.sittings),
        mode=event.mode,
        term=event.term,
        off=False,
    )


@records.on(VisitReassigned)
def _reassigned(event: VisitReassigned, recorded: RecordedEvent, work: Work) -> None:
    work.change(visit, (event.urn, event.year, event.visit), adviser=event.adviser, given_at=recorded.position)


@records.on(VisitCancelled)
def _cancelled(event: VisitCancelled, recorded: RecordedEvent, work: Work) -> None:
    work.change(visit, (event.urn, event.year, event.visit), off=True)


@records.on(VisitHeld)
def _held(event: VisitHeld, recorded: RecordedEvent, work: Work) -> None:
    work.change(
        visit,
        (event.urn, event.year, event.visit),
        adviser=event.adviser,
        given_at=recorded.position,
        sittings=_json(event.sittings),
        mode=event.mode,
        held=event.sittings[-1].day,
        participants=_json(event.participants),
    )


@records.on(AgendaProposed)
def _agenda_proposed(event: AgendaProposed, recorded: RecordedEvent, work: Work) -> None:
    _put_agenda(event, work)


@records.on(AgendaCountered)
def _agenda_countered(event: AgendaCountered, recorded: RecordedEvent, work: Work) -> None:
    _put_agenda(event, work)


def _put_agenda(event: AgendaProposed | AgendaCountered, work: Work) -> None:
    key = {"urn": event.urn, "year": event.year, "visit": event.visit, "version": event.version}
    work.put(agenda, **key, items=_json(event.items), agreed=False)


@records.on(AgendaAgreed)
def _agenda_agreed(event: AgendaAgreed, recorded: RecordedEvent, work: Work) -> None:
    work.change(agenda, (event.urn, event.year, event.visit, event.version), agreed=True)


@records.on(PapersRequested)
def _papers_requested(event: PapersRequested, recorded: RecordedEvent, work: Work) -> None:
    for each in event.papers:
        key = {"urn": event.urn, "year": event.year, "visit": event.visit, "paper": each.paper}
        work.put(paper, **key, title=each.title, due=each.due)


@records.on(PaperReceived)
def _paper_received(event: PaperReceived, recorded: RecordedEvent, work: Work) -> None:
    work.change(paper, (event.urn, event.year, event.visit, event.paper), received=event.received)


@records.on(AdviserAllocated)
def _allocated(event: AdviserAllocated, recorded: RecordedEvent, work: Work) -> None:
    work.put(allocation, position=recorded.position, urn=event.urn, begins=event.begins, adviser=event.adviser)


@records.on(AllocationEnded)
def _allocation_ended(event: AllocationEnded, recorded: RecordedEvent, work: Work) -> None:
    work.put(allocation, position=recorded.position, urn=event.urn, begins=event.ends, adviser=None)


@records.on(SchoolRegistered)
def _school_registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    row = {name: getattr(event, name) for name in _SCHOOL}
    work.put(school, urn=event.urn, true_from=BEFORE_RECORDS, position=recorded.position, **row)


@records.on(SchoolChanged)
def _school_changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    row = {name: value for name in _SCHOOL if (value := getattr(event, name)) is not UNSET}
    if row:
        true_from = recorded.metadata.effective_on
        work.put(school, urn=event.urn, true_from=true_from, position=recorded.position, **row)


@records.on(PersonRegistered)
def _person(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    name = Sealed(event.person, recorded.event_id, "name", event.name).pack()
    work.put(person, person=event.person, name=name)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
