"""What follows when Ofsted is coming: the adviser told, days changed, who goes to the feedback, and the outcome."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from services.core.commands import Command, Reference, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.helpdesk.call import Call, call_stream, evolve, london_day
from services.helpdesk.events import (
    AdviserTold,
    FeedbackArranged,
    InspectionDatesChanged,
    InspectionOutcomeRecorded,
    OfstedCallReceived,
)
from services.helpdesk.from_scheduling import Allocation, adviser_on, allocation, holds, maintained_on
from services.helpdesk.receiving import check_days
from services.helpdesk.vocabulary import TEAM_LEADERS


@command("helpdesk.TellAdviser")
class TellAdviser(Command, frozen=True):
    """Tell the school's Link Adviser of an inspection; the platform does so by itself, once for each call."""

    call: Reference
    urn: Urn


@command("helpdesk.ChangeInspectionDates")
class ChangeInspectionDates(Command, frozen=True):
    """An inspection that was called is on other days, both included."""

    call: Reference
    begins: date
    ends: date


@command("helpdesk.ArrangeFeedback")
class ArrangeFeedback(Command, frozen=True):
    """The school's Link Adviser goes to the inspectors' feedback, or the `team_leader` who is named. To an academy only
    by its invitation: one that came after the call is given as the reason."""

    call: Reference
    feedback_at: datetime
    team_leader: Reference | None = None


@command("helpdesk.RecordInspectionOutcome")
class RecordInspectionOutcome(Command, frozen=True):
    """How the inspection went, in the words of its framework, once it may be known."""

    call: Reference
    outcome: ShortText


AboutInspection = TellAdviser | ChangeInspectionDates | ArrangeFeedback | RecordInspectionOutcome


class Feedback(Struct, frozen=True):
    """On the day of a feedback: the school's Link Adviser, whether it is maintained, and whether the team leader is
    one."""

    adviser: str | None
    maintained: bool
    is_team_leader: bool


def allocation_of_school(command: TellAdviser, read: ReadStream) -> Allocation:
    """What was recorded of the school's Link Advisers."""
    return allocation(command.urn, read)


def at_feedback(command: ArrangeFeedback, read: ReadStream) -> Feedback | None:
    """What scheduling says of that day; None when there is no such call."""
    received = inspection.fold(read(call_stream(command))).received
    if received is None:
        return None
    day = london_day(command.feedback_at)
    leads = command.team_leader is not None and holds(command.team_leader, TEAM_LEADERS, day, read)
    adviser = adviser_on(allocation(received.urn, read), day)
    return Feedback(adviser, maintained_on(received.urn, day, read), leads)


def decide(command: AboutInspection, call: Call, context: Context) -> Sequence[Event]:
    came = call.received
    if not isinstance(came, OfstedCallReceived):
        raise Refused("There is no such call about an inspection.", "call")
    if isinstance(command, TellAdviser):
        told = AdviserTold(came.call, came.urn, adviser_on(context.facts, context.today))
        return [] if call.told else [told]
    if isinstance(command, RecordInspectionOutcome):
        return _outcome(command, call, came, context)
    if call.outcome is not None:
        raise Refused("The outcome of this inspection is recorded: it is over.", "call")
    if isinstance(command, ChangeInspectionDates):
        check_days(command.begins, command.ends)
        changed = InspectionDatesChanged(came.call, came.urn, command.begins, command.ends)
        return [] if (call.begins, call.ends) == (command.begins, command.ends) else [changed]
    arranged = _feedback(command, call, came, context)
    return [] if call.feedback == arranged else [arranged]


def _feedback(command: ArrangeFeedback, call: Call, came: OfstedCallReceived, context: Context) -> FeedbackArranged:
    facts: Feedback = context.facts
    day = london_day(command.feedback_at)
    if call.begins is None or call.ends is None or not call.begins <= day <= call.ends:
        raise Refused(
            "The feedback is on a day of the inspection: if its days changed, change them first.", "feedback_at"
        )
    if not facts.maintained and not came.invites_authority and not (context.reason or "").strip():
        raise Refused(
            "An academy's feedback is attended only by its invitation. If it has invited the authority since "
            "it called, say who invited it, and when.",
            "reason",
        )
    if command.team_leader is not None:
        if not facts.is_team_leader:
            raise Refused("Choose somebody who is a team leader on that day.", "team_leader")
        return FeedbackArranged(came.call, came.urn, "team_leader", command.team_leader, command.feedback_at)
    if facts.adviser is None:
        raise Refused("The school has no Link Adviser on that day: choose the team leader who goes.", "team_leader")
    return FeedbackArranged(came.call, came.urn, "link_adviser", facts.adviser, command.feedback_at)


def _outcome(
    command: RecordInspectionOutcome, call: Call, came: OfstedCallReceived, context: Context
) -> Sequence[Event]:
    if call.outcome == command.outcome:
        return []
    if call.ends is None or context.today < call.ends:
        raise Refused("The inspection is not over yet: its outcome can't be known.", "outcome")
    return [InspectionOutcomeRecorded(came.call, came.urn, command.outcome)]


inspection = Decider[Call, AboutInspection](initial=Call(), decide=decide, evolve=evolve)
