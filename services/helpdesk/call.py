"""A call as its own events tell it: the state that every decision about a call is made on."""

from datetime import date, datetime
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from services.core.deciders import Refused
from services.core.events import Event
from services.core.times import LONDON
from services.helpdesk.events import (
    AdviserTold,
    CallAnswered,
    CallAssigned,
    CallClosed,
    CallerErased,
    CallReceived,
    CallReopened,
    CallResolved,
    ContactAcknowledged,
    FeedbackArranged,
    InspectionDatesChanged,
    InspectionOutcomeRecorded,
    ManagerContacted,
    OfstedCallReceived,
)

Came = CallReceived | OfstedCallReceived
"""A call as it came."""


class AboutCall(Protocol):
    """A command about one call."""

    @property
    def call(self) -> str: ...


class Call(Struct, frozen=True):
    """`contacted` are the duty managers whose confirmation is awaited; `acknowledged` tells whether one confirmed since
    the last contact. `begins` and `ends` are the days of an inspection as they stand now."""

    received: Came | None = None
    begins: date | None = None
    ends: date | None = None
    told: bool = False
    contacted: frozenset[str] = frozenset()
    acknowledged: bool = False
    assigned: str | None = None
    answered: datetime | None = None
    resolved: bool = False
    closed: bool = False
    feedback: FeedbackArranged | None = None
    outcome: str | None = None
    erased: bool = False


def call_stream(command: AboutCall) -> str:
    return f"helpdesk.call-{command.call}"


def subject_of(call: str) -> str:
    """Whose key seals what was said in a call: each call is a subject of its own, so that one caller can be erased."""
    return f"call-{call}"


def evolve(call: Call, event: Event) -> Call:
    match event:
        case OfstedCallReceived(begins=begins, ends=ends):
            return replace(call, received=event, begins=begins, ends=ends)
        case CallReceived():
            return replace(call, received=event)
        case InspectionDatesChanged(begins=begins, ends=ends):
            return replace(call, begins=begins, ends=ends)
        case AdviserTold():
            return replace(call, told=True)
        case ManagerContacted(manager=manager):
            return replace(call, contacted=call.contacted | {manager}, acknowledged=False)
        case ContactAcknowledged():
            return replace(call, contacted=frozenset(), acknowledged=True)
        case CallAssigned(to=to):
            return replace(call, assigned=to)
        case CallAnswered(answered_at=answered_at):
            return replace(call, answered=answered_at)
        case CallResolved():
            return replace(call, resolved=True)
        case CallClosed():
            return replace(call, closed=True)
        case CallReopened():
            return replace(call, resolved=False, closed=False)
        case FeedbackArranged():
            return replace(call, feedback=event)
        case InspectionOutcomeRecorded(outcome=outcome):
            return replace(call, outcome=outcome)
        case CallerErased():
            return replace(call, erased=True)
    return call


def taken(call: Call) -> Came:
    """The call as it came. Raises Refused when there is none."""
    if call.received is None:
        raise Refused("There is no such call.", "call")
    return call.received


def london_day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()


def check_instant(instant: datetime, not_before: datetime, now: datetime, field: str) -> None:
    """Raises Refused when an instant lies before the call came, or in the future."""
    if instant > now:
        raise Refused("Enter a time that is not in the future.", field)
    if instant < not_before:
        raise Refused("Enter a time that is not before the call came.", field)
