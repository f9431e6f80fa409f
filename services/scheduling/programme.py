"""One school's visits of an academic year, folded from the stream that every command about them writes to."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.core.commands import AcademicYear, Command, Urn
from services.core.deciders import Decider, Refused
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.scheduling.events import (
    AgendaAgreed,
    AgendaCountered,
    AgendaItem,
    AgendaProposed,
    Paper,
    PaperReceived,
    PapersRequested,
    ProgrammeHandedOver,
    ProgrammeTakenOver,
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
    visit_title,
)

AnyVisit = Literal["1", "2", "3", "4", "ip"]
RecordedVisit = Literal["1", "2", "3", "ip"]
"""The visits that are prepared and recorded here; of visit 4 there is a date and nothing else (VR2)."""
Mode = Literal["in_person", "remote"]
Sittings = Annotated[tuple[Sitting, ...], Meta(min_length=1, max_length=2)]

VISITS: tuple[AnyVisit, ...] = ("1", "2", "3", "4", "ip")
TERM_OF_VISIT = {"1": "autumn", "2": "spring", "3": "summer", "4": "autumn", "ip": "autumn"}
"""The term that each visit belongs to (both seeds). The second half of a split IP day may be in spring."""


class Agenda(Struct, frozen=True):
    """The agenda last put forward: by which side, and whether the other agreed to it."""

    version: int
    by: str
    items: tuple[AgendaItem, ...]
    agreed: bool = False


class VisitState(Struct, frozen=True):
    """Where one visit stands: planned, confirmed, postponed, cancelled, on hold, held, not held or handed over.

    `sittings` were planned last; `once` is all time ever planned for it, each with the adviser whose time it was."""

    state: str
    adviser: str
    sittings: tuple[Sitting, ...]
    mode: str
    term: str
    in_term: bool
    joint: str | None
    once: frozenset[tuple[str, Sitting]]
    agenda: Agenda | None = None
    papers: tuple[Paper, ...] = ()
    received: frozenset[str] = frozenset()

    @property
    def stands(self) -> bool:
        """Whether it is going to take place on the days planned."""
        return self.state in ("planned", "confirmed")

    def time_of(self, adviser: str) -> frozenset[Sitting]:
        """What it takes of that adviser's time, as planned now."""
        return frozenset(self.sittings if self.stands and self.adviser == adviser else ())

    def former_time_of(self, adviser: str) -> frozenset[Sitting]:
        """What was planned of that adviser's time once and is not any more."""
        return frozenset(sitting for whose, sitting in self.once if whose == adviser) - self.time_of(adviser)


class Programme(Struct, frozen=True):
    """A school's year. `predecessors` are the schools whose programme goes on here; `handed_over` is the day from which
    this one's goes on elsewhere."""

    visits: dict[str, VisitState] = {}
    predecessors: frozenset[int] = frozenset()
    handed_over: date | None = None

    def standing(self, visit: str) -> VisitState:
        """The visit as it is planned. Raises Refused when there is nothing planned to act on."""
        found = self.visits.get(visit)
        if found is None:
            raise Refused(f"{visit_title(visit)} is not planned yet: plan it first.", "visit")
        if not found.stands:
            words = found.state.replace("_", " ")
            raise Refused(f"{visit_title(visit)} is {words}, so there is no planned date to act on.", "visit")
        return found


def programme_stream(urn: int, year: int) -> str:
    return f"scheduling.programme-{urn}-{year}"


class AboutYear(Command, frozen=True):
    """Base of the commands about one school's year."""

    urn: Urn
    year: AcademicYear


def stream_of(command: AboutYear) -> str:
    """Where the school's year is kept that a command is about."""
    return programme_stream(command.urn, command.year)


def academic_year_of(day: date) -> int:
    """The academic year that holds a day: 2011 for 31 August 2012."""
    return day.year if day.month >= 9 else day.year - 1


def evolve(programme: Programme, event: Event) -> Programme:
    match event:
        case ProgrammeTakenOver():
            return replace(programme, predecessors=programme.predecessors | {event.predecessor})
        case ProgrammeHandedOver():
            visits = {
                visit: replace(state, state="handed_over") if visit in event.visits else state
                for visit, state in programme.visits.items()
            }
            return replace(programme, visits=visits, handed_over=event.on)
        case VisitPlanned():
            return _with(programme, event.visit, _planned(event, programme.visits.get(event.visit)))
    visit = getattr(event, "visit", None)
    before = programme.visits.get(visit) if visit else None
    if visit is None or before is None:
        return programme
    return _with(programme, visit, _after(event, before))


def _with(programme: Programme, visit: str, state: VisitState) -> Programme:
    return replace(programme, visits={**programme.visits, visit: state})


def _planned(event: VisitPlanned, before: VisitState | None) -> VisitState:
    """The visit with its date; what was prepared for an earlier date is kept."""
    once = before.once if before else frozenset()
    planned: dict[str, Any] = {
        "state": "planned",
        "adviser": event.adviser,
        "sittings": event.sittings,
        "mode": event.mode,
        "term": event.term,
        "in_term": event.in_term,
        "joint": event.joint,
        "once": once | {(event.adviser, sitting) for sitting in event.sittings},
    }
    return replace(before, **planned) if before else VisitState(**planned)


def _after(event: Event, visit: VisitState) -> VisitState:
    match event:
        case VisitMoved():
            return replace(
                visit,
                state="planned",
                sittings=event.sittings,
                mode=event.mode,
                term=event.term,
                in_term=event.in_term,
                once=visit.once | {(visit.adviser, sitting) for sitting in event.sittings},
            )
        case VisitReassigned():
            once = visit.once | {(event.adviser, sitting) for sitting in visit.sittings}
            return replace(visit, adviser=event.adviser, once=once)
        case VisitPostponed() | VisitCancelled() | VisitPutOnHold() | VisitConfirmed() | VisitHeld() | VisitNotHeld():
            return replace(visit, state=_STATES[type(event)])
        case AgendaProposed(version=version, by=by, items=items) | AgendaCountered(version=version, by=by, items=items):
            # A date that was confirmed with one agenda is not confirmed with another.
            return replace(visit, agenda=Agenda(version, by, items), state="planned")
        case AgendaAgreed() if visit.agenda:
            return replace(visit, agenda=replace(visit.agenda, agreed=True))
        case PapersRequested(papers=papers):
            return replace(visit, papers=(*visit.papers, *papers))
        case PaperReceived(paper=paper):
            return replace(visit, received=visit.received | {paper})
    return visit


_STATES: dict[type[Event], str] = {
    VisitPostponed: "postponed",
    VisitCancelled: "cancelled",
    VisitPutOnHold: "on_hold",
    VisitConfirmed: "confirmed",
    VisitHeld: "held",
    VisitNotHeld: "not_held",
}

NO_PROGRAMME = Programme()


def decider(decide: Any) -> Decider[Programme, Any]:
    """A decider of the school's year: all of them fold it the same way."""
    return Decider[Programme, Any](initial=NO_PROGRAMME, decide=decide, evolve=evolve)


_reader = decider(None)


def programme_of(events: Iterable[RecordedEvent]) -> Programme:
    """A school's year as its stream has it. Raises Damaged when the stream can't be read."""
    return _reader.fold(list(events))
