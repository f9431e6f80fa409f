"""What shows how the programme runs at each school: visits, self-evaluation, documents, actions, calls."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.helpdesk.events import CallAnswered, CallReceived, OfstedCallReceived
from services.scheduling.events import (
    TermsSet,
    VisitCancelled,
    VisitHeld,
    VisitMoved,
    VisitPlanned,
)
from services.visits.events import (
    ActionAgreed,
    ActionClosed,
    ActionMoved,
    ActionTaken,
    PmVisitHeld,
    PmVisitWithdrawn,
    RecordAnswered,
    RecordIssued,
    SefDue,
    SefOverdue,
    SefReceived,
)

_tables = MetaData()
term = Table(
    "term",
    _tables,
    Column("year", Integer, primary_key=True),
    Column("term", String, primary_key=True),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False, comment="the last day"),
)
visit = Table(
    "visit",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("term", String, comment="that the visit belongs to; none where it was never planned here"),
    Column("planned", Date, comment="its last day, as planned"),
    Column("cancelled", Boolean, nullable=False),
    Column("held", Date),
    Column("governors", Boolean, comment="whether governors took part (VR3)"),
    Index("visit_of_year", "year"),
)
sef = Table(
    "sef",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("due", Date, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("received", Date),
    Column("days_late", Integer),
)
document = Table(
    "document",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("document", String, primary_key=True),
    Column("issued", Date, nullable=False, comment="the first version"),
    Column("version", Integer, nullable=False, comment="the latest"),
    Column("answer", String, comment="to the latest version"),
)
action = Table(
    "action",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("action", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("due", Date, nullable=False),
    Column("closed", Date),
    Column("outcome", String),
)
call = Table(
    "call",
    _tables,
    Column("call", String, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("in_time", Boolean, comment="none until it was answered, or where there was no target"),
    Index("call_of_school", "urn"),
)

PERFORMANCE = Projection("analytics.performance", version=2, tables=[term, visit, sef, document, action, call])


@PERFORMANCE.on(TermsSet)
def terms(event: TermsSet, recorded: RecordedEvent, work: Work) -> None:
    for each in event.terms:
        work.put(term, year=event.year, term=each.term, begins=each.begins, ends=each.ends)


def planned(event: VisitPlanned | VisitMoved, recorded: RecordedEvent, work: Work) -> None:
    _visit(work, event.urn, event.year, event.visit, term=event.term, planned=event.sittings[-1].day, cancelled=False)


PERFORMANCE.on(VisitPlanned)(planned)
PERFORMANCE.on(VisitMoved)(planned)


@PERFORMANCE.on(VisitCancelled)
def cancelled(event: VisitCancelled, recorded: RecordedEvent, work: Work) -> None:
    _visit(work, event.urn, event.year, event.visit, cancelled=True)


@PERFORMANCE.on(VisitHeld)
def held(event: VisitHeld, recorded: RecordedEvent, work: Work) -> None:
    found = {"held": event.sittings[-1].day, "governors": event.governors_took_part}
    _visit(work, event.urn, event.year, event.visit, **found)


@PERFORMANCE.on(PmVisitHeld)
def pm_held(event: PmVisitHeld, recorded: RecordedEvent, work: Work) -> None:
    """Its day is all that everybody may know of visit 4."""
    _visit(work, event.urn, event.year, "4", held=event.day)


@PERFORMANCE.on(PmVisitWithdrawn)
def pm_withdrawn(event: PmVisitWithdrawn, recorded: RecordedEvent, work: Work) -> None:
    _visit(work, event.urn, event.year, "4", held=None)


def _visit(work: Work, urn: int, year: int, number: str, **columns: object) -> None:
    before = work.row(visit, (urn, year, number)) or {"urn": urn, "year": year, "visit": number, "cancelled": False}
    work.put(visit, **{**before, **columns})


@PERFORMANCE.on(SefDue)
def sef_due(event: SefDue, recorded: RecordedEvent, work: Work) -> None:
    before = work.row(sef, (event.urn, event.year)) or {"urn": event.urn, "year": event.year, "overdue": False}
    work.put(sef, **{**before, "due": event.due})


@PERFORMANCE.on(SefOverdue)
def sef_overdue(event: SefOverdue, recorded: RecordedEvent, work: Work) -> None:
    work.change(sef, (event.urn, event.year), overdue=True)


@PERFORMANCE.on(SefReceived)
def sef_received(event: SefReceived, recorded: RecordedEvent, work: Work) -> None:
    before = work.row(sef, (event.urn, event.year)) or {
        "urn": event.urn,
        "year": event.year,
        "overdue": False,
        "due": event.due,
    }
    work.put(sef, **{**before, "received": event.received, "days_late": event.days_late})


@PERFORMANCE.on(RecordIssued)
def issued(event: RecordIssued, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.year, event.document
    if work.row(document, key) is not None:
        work.change(document, key, version=event.version, answer=None)
        return
    day = recorded.metadata.effective_on
    urn, year, name = key
    work.put(document, urn=urn, year=year, document=name, issued=day, version=event.version)


@PERFORMANCE.on(RecordAnswered)
def answered(event: RecordAnswered, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.year, event.document
    row = work.row(document, key)
    if row is not None and row["version"] == event.version:
        work.change(document, key, answer=event.answer)


def action_agreed(event: ActionAgreed | ActionTaken, recorded: RecordedEvent, work: Work) -> None:
    work.put(action, urn=event.urn, action=event.action, year=event.year, due=event.due)


PERFORMANCE.on(ActionAgreed)(action_agreed)
PERFORMANCE.on(ActionTaken)(action_agreed)


@PERFORMANCE.on(ActionClosed)
def action_closed(event: ActionClosed, recorded: RecordedEvent, work: Work) -> None:
    day = recorded.metadata.effective_on
    work.change(action, (event.urn, event.action), closed=day, outcome=event.outcome)


@PERFORMANCE.on(ActionMoved)
def action_moved(event: ActionMoved, recorded: RecordedEvent, work: Work) -> None:
    """It counts at the school where it goes on."""
    work.delete(action, (event.urn, event.action))


def call_received(event: CallReceived | OfstedCallReceived, recorded: RecordedEvent, work: Work) -> None:
    work.put(call, call=event.call, urn=event.urn, day=recorded.metadata.effective_on)


PERFORMANCE.on(CallReceived)(call_received)
PERFORMANCE.on(OfstedCallReceived)(call_received)


@PERFORMANCE.on(CallAnswered)
def call_answered(event: CallAnswered, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), in_time=event.in_time)
