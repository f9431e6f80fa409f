"""What becomes of a call: the duty manager contacted and confirming it (HR3), an answer, and an end."""

from collections.abc import Sequence
from datetime import date, datetime

from services.core.authorisation import Role
from services.core.commands import Command, LongText, Reference, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.helpdesk.calendar import Calendar
from services.helpdesk.call import Call, Came, call_stream, check_instant, evolve, london_day, subject_of, taken
from services.helpdesk.events import (
    CallAnswered,
    CallAssigned,
    CallClosed,
    CallerErased,
    CallReopened,
    CallResolved,
    ContactAcknowledged,
    ManagerContacted,
)
from services.helpdesk.from_scheduling import holds, is_person
from services.helpdesk.hours import HOURS, hours

DESK = frozenset({Role.DUTY_OFFICER.value, Role.DUTY_MANAGER.value, "platform"})
"""The roles that handle any call; others only what was given to them."""


@command("helpdesk.ContactManager")
class ContactManager(Command, frozen=True):
    """Whoever took the call contacted this duty manager: the first of two facts by two people (HR3)."""

    call: Reference
    manager: Reference
    contacted_at: datetime


@command("helpdesk.AcknowledgeContact")
class AcknowledgeContact(Command, frozen=True):
    """The duty manager who was contacted confirms it: the second fact (HR3)."""

    call: Reference


@command("helpdesk.AssignCall")
class AssignCall(Command, frozen=True):
    """Give the call to somebody to answer."""

    call: Reference
    to: Reference


@command("helpdesk.AnswerCall")
class AnswerCall(Command, frozen=True):
    """Record the first response, and the advice that was given; the words are sealed."""

    call: Reference
    answered_at: datetime
    advice: LongText


@command("helpdesk.ResolveCall")
class ResolveCall(Command, frozen=True):
    """The matter is settled; `follow_up` is when to ask again, if ever."""

    call: Reference
    follow_up: date | None = None


@command("helpdesk.CloseCall")
class CloseCall(Command, frozen=True):
    """Nothing more is to come of a resolved call."""

    call: Reference


@command("helpdesk.ReopenCall")
class ReopenCall(Command, frozen=True):
    """A resolved or closed call goes on. A reason must be given with the command."""

    call: Reference


@command("helpdesk.EraseCaller")
class EraseCaller(Command, frozen=True):
    """Destroy the key to what was sealed about a call, for good. A reason must be given with the command."""

    call: Reference


HandleCall = (
    ContactManager | AcknowledgeContact | AssignCall | AnswerCall | ResolveCall | CloseCall | ReopenCall | EraseCaller
)


def is_duty_manager(command: ContactManager, read: ReadStream) -> bool:
    """Whether the person contacted is a duty manager on the day of the contact."""
    return holds(command.manager, [Role.DUTY_MANAGER], london_day(command.contacted_at), read)


def is_somebody(command: AssignCall, read: ReadStream) -> bool:
    """Whether there is such a person."""
    return is_person(command.to, read)


def calendar_of_call(command: AnswerCall, read: ReadStream) -> Calendar:
    """The calendar that the call came under: whatever was set since changes none of its figures."""
    received = handling.fold(read(call_stream(command))).received
    return hours.fold(read(HOURS)[: received.hours if received else 0])


def decide(command: HandleCall, call: Call, context: Context) -> Sequence[Event | Dated]:
    came = taken(call)
    match command:
        case ContactManager():
            return _contact(command, call, came, context)
        case AcknowledgeContact():
            return _acknowledge(call, came, context)
        case AssignCall():
            if not context.facts:
                raise Refused("There is no such person.", "to")
            return [] if call.assigned == command.to else [CallAssigned(came.call, came.urn, command.to)]
        case AnswerCall():
            return _answer(command, call, came, context)
        case ResolveCall():
            return _resolve(command, call, came, context)
        case CloseCall():
            if not call.resolved:
                raise Refused("Resolve the call first.", "call")
            return [] if call.closed else [CallClosed(came.call, came.urn)]
        case ReopenCall():
            _check_reason(context, "Give the reason: why does the call go on?")
            return [CallReopened(came.call, came.urn)] if call.resolved else []
        case EraseCaller():
            _check_reason(context, "Give the reason: an erasure can't be undone.")
            return [] if call.erased else [CallerErased(came.call, came.urn, came.person)]


def _contact(command: ContactManager, call: Call, came: Came, context: Context) -> Sequence[Dated]:
    if command.manager in call.contacted:
        return []  # their confirmation is awaited since the first contact, whenever they are rung again
    if not context.facts:
        raise Refused("Choose somebody who is a duty manager on that day.", "manager")
    if command.manager == context.actor:
        raise Refused("Contact another duty manager: who contacts and who confirms are two people.", "manager")
    check_instant(command.contacted_at, came.received_at, context.now, "contacted_at")
    event = ManagerContacted(came.call, came.urn, command.manager, command.contacted_at)
    return [event.true_from(london_day(command.contacted_at))]


def _acknowledge(call: Call, came: Came, context: Context) -> Sequence[Event]:
    if call.acknowledged:
        return []
    if not call.contacted:
        raise Refused("No duty manager was contacted about this call yet.", "call")
    if context.actor not in call.contacted:
        raise Refused("Only the duty manager who was contacted can confirm it.", "call")
    return [ContactAcknowledged(came.call, came.urn)]


def _answer(command: AnswerCall, call: Call, came: Came, context: Context) -> Sequence[Dated]:
    _check_answers_it(call, context)
    if call.answered is not None:
        if call.answered == command.answered_at:
            return []
        raise Refused("The first response to this call was recorded already.", "answered_at")
    if call.erased:
        raise Refused("What was said in this call was erased: no more can be recorded of it.", "advice")
    check_instant(command.answered_at, came.received_at, context.now, "answered_at")
    calendar: Calendar = context.facts
    event = CallAnswered(
        call=came.call,
        urn=came.urn,
        answered_at=command.answered_at,
        open_seconds=calendar.open_seconds(came.received_at, command.answered_at),
        in_time=None if came.respond_by is None else command.answered_at <= came.respond_by,
        person=subject_of(came.call),
        advice=command.advice,
    )
    return [event.true_from(london_day(command.answered_at))]


def _resolve(command: ResolveCall, call: Call, came: Came, context: Context) -> Sequence[Event]:
    _check_answers_it(call, context)
    if call.resolved:
        return []
    if call.answered is None and not call.erased:
        raise Refused("Record first how the call was answered.", "call")
    if command.follow_up is not None and command.follow_up < context.today:
        raise Refused("Enter a day that is not in the past.", "follow_up")
    return [CallResolved(came.call, came.urn, context.now, command.follow_up)]


def _check_answers_it(call: Call, context: Context) -> None:
    if context.role not in DESK and context.actor != call.assigned:
        raise Refused("Only the duty desk, or whom the call was given to, can record this.", "call")


def _check_reason(context: Context, words: str) -> None:
    if not (context.reason or "").strip():
        raise Refused(words, "reason")


handling = Decider[Call, HandleCall](initial=Call(), decide=decide, evolve=evolve)
