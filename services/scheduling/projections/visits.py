"""Every school's visits of a year, beside what their planning hangs on."""

from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table, Time

from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import (
    AgendaAgreed,
    AgendaCountered,
    AgendaProposed,
    PaperReceived,
    PapersRequested,
    ProgrammeHandedOver,
    Sitting,
    VisitCancelled,
    VisitConfirmed,
    VisitHeld,
    VisitMoved,
    VisitNotHeld,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
    VisitReassigned,
)
from services.scheduling.projections.planning_facts import fold_planning_facts, planning_tables
from services.visits.events import (
    PmVisitHeld,
    PmVisitWithdrawn,
    RecordAnswered,
    RecordIssued,
    RecordPassed,
    RecordReturned,
    RecordStarted,
    RecordSubmitted,
)

_tables = MetaData()
visit = Table(
    "visit",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("state", String),
    Column("adviser", String),
    Column("sittings", String),  # JSON of Sittings, as do the next two hold JSON
    Column("agenda", String),
    Column("held", String),
    Column("mode", String),
    Column("term", String),
    Column("in_term", Boolean),
    Column("joint", String),
    Column("moved", Integer),
    Column("dated_on", Date),  # the day on which it got this date
    Column("why", String),  # the reason given for the state that it is in
    Column("before_held", String),  # of visit 4: the state in which it was logged
    Column("hold_ends", Date),
    Column("record", String),  # how far its record has come
    Index("visit_of_year", "year"),
)
paper = Table(
    "paper",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("paper", String, primary_key=True),
    Column("title", String),
    Column("due", Date),
    Column("received", Date),
    Column("days_late", Integer),
)
sitting = Table(
    "sitting",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("adviser", String),
    Column("day", Date),
    Column("starts", Time),
    Column("ends", Time),
    Index("sitting_of_adviser", "adviser", "day"),
)
visits = Projection("scheduling.visits", version=3, tables=[visit, paper, sitting, *planning_tables])
fold_planning_facts(visits)

PARTS = (0, 1)
"""A visit has one sitting or two."""


class KeptAgenda(msgspec.Struct, frozen=True):
    """The agenda last put forward; `words` say why it differs from the one that it answers."""

    version: int
    by: str
    items: tuple[Any, ...]
    words: str | None = None
    agreed: bool = False


def packed(value: Any) -> str:
    return msgspec.json.encode(value).decode()


@visits.on(VisitPlanned)
def _planned(event: VisitPlanned, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    before = work.row(visit, key) or {"moved": 0}
    row = {**before, "urn": event.urn, "year": event.year, "visit": event.visit, "state": "planned"}
    row |= {"adviser": event.adviser, "mode": event.mode, "term": event.term, "in_term": event.in_term}
    row |= {"joint": event.joint, "sittings": packed(event.sittings), "why": recorded.metadata.reason}
    work.put(visit, **row | {"dated_on": recorded.metadata.effective_on})
    _keep_time(work, key, event.adviser, event.sittings)


@visits.on(VisitMoved)
def _moved(event: VisitMoved, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    row = work.row(visit, key) or {}
    when = {"sittings": packed(event.sittings), "mode": event.mode, "term": event.term, "in_term": event.in_term}
    told = {"why": recorded.metadata.reason, "dated_on": recorded.metadata.effective_on}
    work.change(visit, key, state="planned", moved=row["moved"] + 1, **told, **when)
    _keep_time(work, key, event.adviser, event.sittings)


@visits.on(VisitReassigned)
def _reassigned(event: VisitReassigned, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    work.change(visit, key, adviser=event.adviser)
    for part in PARTS:
        work.change(sitting, (*key, part), adviser=event.adviser)


_OFF: dict[type[Event], str] = {
    VisitPostponed: "postponed",
    VisitCancelled: "cancelled",
    VisitPutOnHold: "on_hold",
    VisitNotHeld: "not_held",
}


@visits.on(*_OFF)
def _off(event: Any, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    work.change(visit, key, state=_OFF[type(event)], why=recorded.metadata.reason)
    if isinstance(event, VisitPutOnHold):
        work.change(visit, key, hold_ends=event.window_ends)
    _keep_time(work, key, event.adviser, ())


@visits.on(ProgrammeHandedOver)
def _handed_over(event: ProgrammeHandedOver, recorded: RecordedEvent, work: Work) -> None:
    for code in event.visits:
        work.change(visit, (event.urn, event.year, code), state="handed_over", why=None)
        _keep_time(work, (event.urn, event.year, code), "", ())


@visits.on(VisitConfirmed)
def _confirmed(event: VisitConfirmed, recorded: RecordedEvent, work: Work) -> None:
    work.change(visit, (event.urn, event.year, event.visit), state="confirmed")


@visits.on(VisitHeld)
def _held(event: VisitHeld, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    work.change(visit, key, state="held", held=packed(event), why=None)
    _keep_time(work, key, event.adviser, event.sittings)


@visits.on(PmVisitHeld)
def _visit_4_held(event: PmVisitHeld, recorded: RecordedEvent, work: Work) -> None:
    # The day and nothing else: what there is to know of visit 4 is for those who took part.
    key = (event.urn, event.year, "4")
    if row := work.row(visit, key):
        work.change(visit, key, state="held", held=packed(event.day), why=None, before_held=row["state"])


@visits.on(PmVisitWithdrawn)
def _visit_4_not_held(event: PmVisitWithdrawn, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, "4")
    if row := work.row(visit, key):
        work.change(visit, key, state=row["before_held"], held=None, before_held=None)


@visits.on(AgendaProposed, AgendaCountered)
def _agenda(event: Any, recorded: RecordedEvent, work: Work) -> None:
    agenda = KeptAgenda(event.version, event.by, event.items, getattr(event, "words", None))
    work.change(visit, (event.urn, event.year, event.visit), agenda=packed(agenda), state="planned")


@visits.on(AgendaAgreed)
def _agreed(event: AgendaAgreed, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit)
    row = work.row(visit, key)
    if row is None:
        raise LookupError("an agenda was agreed for a visit that was never planned")
    agenda = msgspec.json.decode(row["agenda"], type=KeptAgenda)
    work.change(visit, key, agenda=packed(msgspec.structs.replace(agenda, agreed=True)))


@visits.on(PapersRequested)
def _papers(event: PapersRequested, recorded: RecordedEvent, work: Work) -> None:
    for each in event.papers:
        asked = {"paper": each.paper, "title": each.title, "due": each.due, "received": None, "days_late": None}
        work.put(paper, urn=event.urn, year=event.year, visit=event.visit, **asked)


@visits.on(PaperReceived)
def _paper(event: PaperReceived, recorded: RecordedEvent, work: Work) -> None:
    key = (event.urn, event.year, event.visit, event.paper)
    work.change(paper, key, received=event.received, days_late=event.days_late)


_STAGES: dict[type[Event], str] = {
    RecordStarted: "drafted",
    RecordSubmitted: "submitted",
    RecordReturned: "returned",
    RecordPassed: "passed",
    RecordIssued: "issued",
    RecordAnswered: "answered",
}


@visits.on(*_STAGES)
def _record(event: Any, recorded: RecordedEvent, work: Work) -> None:
    stage = event.answer if isinstance(event, RecordAnswered) else _STAGES[type(event)]
    work.change(visit, (event.urn, event.year, event.document), record=stage)


def _keep_time(work: Work, key: tuple[int, int, str], adviser: str, sittings: tuple[Sitting, ...]) -> None:
    urn, year, code = key
    for part in PARTS:
        work.delete(sitting, (*key, part))
    for part, each in enumerate(sittings):
        when = {"part": part, "adviser": adviser, "day": each.day, "starts": each.starts, "ends": each.ends}
        work.put(sitting, urn=urn, year=year, visit=code, **when)
