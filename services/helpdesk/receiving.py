"""Taking a call: one about a day-to-day matter, or the one in which a school tells that Ofsted is coming (HR2)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from services.core.commands import Command, LongText, Reference, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.core.service import ReadStream
from services.helpdesk.calendar import Calendar
from services.helpdesk.call import Call, evolve, london_day, subject_of
from services.helpdesk.events import CallReceived, OfstedCallReceived
from services.helpdesk.from_scheduling import is_school
from services.helpdesk.hours import HOURS, hours
from services.helpdesk.vocabulary import CallerRole, Channel, Matter, OfstedKind, Urgency

LONGEST = timedelta(days=14)
"""An inspection of more days than that is a mistake in a date, and would hold visits for nothing."""


@command("helpdesk.ReceiveCall")
class ReceiveCall(Command, frozen=True):
    """A school called about a day-to-day matter or an issue of an inspection. `call` is an identifier of the caller's
    choosing that says nothing; names and words are sealed."""

    call: Reference
    urn: Urn
    received_at: datetime
    channel: Channel
    category: Matter
    urgency: Urgency
    caller: ShortText
    caller_role: CallerRole
    summary: LongText


@command("helpdesk.ReceiveOfstedCall")
class ReceiveOfstedCall(Command, frozen=True):
    """A school called because Ofsted told it, at `told_at`, of an inspection on site from `begins` to `ends`, both
    included. The issues of the pre-inspection briefing may be known already (HR4)."""

    call: Reference
    urn: Urn
    received_at: datetime
    kind: OfstedKind
    told_at: datetime
    begins: date
    ends: date
    caller: ShortText
    caller_role: CallerRole
    invites_authority: bool = False
    lead_inspector: ShortText | None = None
    team: ShortText | None = None
    briefing_issues: LongText | None = None


class Facts(Struct, frozen=True):
    """What other streams say: the calendar in force with its version, and whether there is such a school."""

    calendar: Calendar
    version: int
    is_school: bool


def consult(command: ReceiveCall | ReceiveOfstedCall, read: ReadStream) -> Facts:
    settings = read(HOURS)
    return Facts(hours.fold(settings), len(settings), is_school(command.urn, read))


def decide(command: ReceiveCall | ReceiveOfstedCall, call: Call, context: Context) -> Sequence[Dated]:
    if call.received is not None:
        if (call.received.urn, call.received.received_at) == (command.urn, command.received_at):
            return []
        raise Refused("Another call was recorded under this identifier.", "call")
    facts: Facts = context.facts
    day = london_day(command.received_at)
    if not facts.is_school:
        raise Refused(f"There is no school with URN {command.urn}.", "urn")
    if command.received_at > context.now:
        raise Refused("Enter a time that is not in the future.", "received_at")
    if facts.calendar.hours_on(day) is None:
        began = facts.calendar.hours[0].begins
        raise Refused(f"The help-line has operated since {began:%-d %B %Y}: there were no calls before.", "received_at")
    if isinstance(command, ReceiveCall):
        return [_call(command, facts, day).true_from(day)]
    _check_window(command)
    return [_ofsted_call(command, facts, day).true_from(day)]


def _check_window(command: ReceiveOfstedCall) -> None:
    if command.told_at > command.received_at:
        raise Refused("The school can't have called before Ofsted told it.", "told_at")
    check_days(command.begins, command.ends)
    if command.begins < london_day(command.told_at):
        raise Refused("The inspection can't begin before Ofsted told the school of it.", "begins")


def check_days(begins: date, ends: date) -> None:
    """Raises Refused when these can't be the first and last day of an inspection."""
    if ends < begins:
        raise Refused("The last day can't be before the first.", "ends")
    if ends - begins > LONGEST:
        raise Refused("Check the days: no inspection lasts longer than two weeks.", "ends")


def _call(command: ReceiveCall, facts: Facts, day: date) -> CallReceived:
    return CallReceived(
        call=command.call,
        urn=command.urn,
        received_at=command.received_at,
        channel=command.channel,
        category=command.category,
        urgency=command.urgency,
        caller_role=command.caller_role,
        out_of_hours=not facts.calendar.open_at(command.received_at),
        hours=facts.version,
        respond_by=_respond_by(command.category, command.received_at, facts, day),
        person=subject_of(command.call),
        caller=command.caller,
        summary=command.summary,
    )


def _ofsted_call(command: ReceiveOfstedCall, facts: Facts, day: date) -> OfstedCallReceived:
    return OfstedCallReceived(
        call=command.call,
        urn=command.urn,
        received_at=command.received_at,
        kind=command.kind,
        told_at=command.told_at,
        begins=command.begins,
        ends=command.ends,
        caller_role=command.caller_role,
        out_of_hours=not facts.calendar.open_at(command.received_at),
        hours=facts.version,
        invites_authority=command.invites_authority,
        person=subject_of(command.call),
        caller=command.caller,
        lead_inspector=command.lead_inspector,
        team=command.team,
        briefing_issues=command.briefing_issues,
        respond_by=_respond_by(command.kind, command.received_at, facts, day),
    )


def _respond_by(category: str, received_at: datetime, facts: Facts, day: date) -> datetime | None:
    minutes = facts.calendar.target(category, day)
    return None if minutes is None else facts.calendar.add_open_minutes(received_at, minutes)


receiving = Decider[Call, ReceiveCall | ReceiveOfstedCall](initial=Call(), decide=decide, evolve=evolve)
