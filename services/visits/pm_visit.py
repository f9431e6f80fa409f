"""Visit 4, support for the headteacher's performance management: that it took place, and nothing of what was said.

It leaves no record (VR2): no command here takes words, so objectives, pay or performance can't be typed in (PR3, PR4,
PR5)."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from services.core.commands import AcademicYear, Command, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.visits.events import FeedbackFormLeft, FeedbackFormReturned, Meeting, PmVisitHeld, PmVisitWithdrawn
from services.visits.feedback_questions import questions_on
from services.visits.pm_participants import Facts, facts

MeetingRole = Literal["headteacher", "adviser", "reviewing_governor", "reviewing_foundation_governor"]
"""Governors review; the adviser supports them and is no reviewer (PR2)."""
MEETINGS = ("headteacher", "governors", "together")
FOUNDATION = "reviewing_foundation_governor"
REVIEWERS = ("reviewing_governor", FOUNDATION)


class PmMeeting(Struct, frozen=True):
    """One of the three meetings. A role stands once for each person who was there in it."""

    meeting: Literal["headteacher", "governors", "together"]
    starts: time
    ends: time
    roles: Annotated[tuple[MeetingRole, ...], Meta(min_length=1, max_length=8)]


class Answer(Struct, frozen=True):
    """How far somebody agrees with a statement of the feedback form: 1 not at all, 5 fully."""

    question: Reference
    score: Annotated[int, Meta(ge=1, le=5)]


@command("visits.RecordPmVisit")
class RecordPmVisit(Command, frozen=True):
    """Log that visit 4 took place: its three meetings, and who of the school's head and chair were there."""

    urn: Urn
    year: AcademicYear
    day: date
    meetings: Annotated[tuple[PmMeeting, ...], Meta(min_length=3, max_length=3)]
    present: Annotated[tuple[Reference, ...], Meta(max_length=8)]


@command("visits.LeaveFeedbackForm")
class LeaveFeedbackForm(Command, frozen=True):
    """Log that the form about the service was left with the governors."""

    urn: Urn
    year: AcademicYear


@command("visits.ReturnFeedbackForm")
class ReturnFeedbackForm(Command, frozen=True):
    """Return the form, for the governors: an answer to each of its statements about the service."""

    urn: Urn
    year: AcademicYear
    answers: Annotated[tuple[Answer, ...], Meta(min_length=1, max_length=20)]


@command("visits.WithdrawPmVisit")
class WithdrawPmVisit(Command, frozen=True):
    """Say that what was logged is wrong, feedback form and all: visit 4 may then be logged again."""

    urn: Urn
    year: AcademicYear
    why: Literal["another_day", "other_times", "other_people", "another_school", "did_not_take_place"]


AboutPmVisit = RecordPmVisit | LeaveFeedbackForm | ReturnFeedbackForm | WithdrawPmVisit


class PmVisit(Struct, frozen=True):
    """What is logged of one visit 4 and was not withdrawn."""

    held: PmVisitHeld | None = None
    left: bool = False
    answers: dict[str, int] | None = None


def pm_stream(command: AboutPmVisit) -> str:
    return f"visits.pm-{command.urn}-{command.year}"


def consult(command: RecordPmVisit, read: ReadStream) -> Facts:
    return facts(command.urn, command.year, command.day, command.present, read)


def decide(command: AboutPmVisit, visit: PmVisit, context: Context) -> Sequence[Event | Dated]:
    if isinstance(command, RecordPmVisit):
        return _hold(command, visit, context)
    if visit.held is None:
        raise Refused("Visit 4 of that year is not logged yet.", "year")
    match command:
        case LeaveFeedbackForm():
            _check_adviser(visit.held.adviser, context)
            left = FeedbackFormLeft(command.urn, command.year, visit.held.known_to())
            return [] if visit.left else [left]
        case ReturnFeedbackForm():
            return _return(command, visit.held, visit, context)
        case WithdrawPmVisit():
            held = visit.held
            _check_adviser(held.adviser, context)
            withdrawn = PmVisitWithdrawn(command.urn, command.year, held.day, held.known_to(), command.why)
            return [withdrawn.true_from(held.day)]


def _hold(command: RecordPmVisit, visit: PmVisit, context: Context) -> Sequence[Dated]:
    known: Facts = context.facts
    day = f"{command.day:%-d %B %Y}"
    if known.adviser is None:
        raise Refused("Nobody was the school's Link Adviser on that day: allocate one first.", "urn")
    _check_adviser(known.adviser, context)
    first, last = date(command.year, 9, 1), date(command.year + 1, 8, 31)
    if not first <= command.day <= min(last, context.today):
        raise Refused(f"Enter a day from {first:%-d %B %Y} to {last:%-d %B %Y}, and not after today.", "day")
    if known.trained is None:
        raise Refused(
            f"The adviser had no valid training in performance management on {day}. Have it noted with their other "
            "training, or hand visit 4 to an adviser who has it.",
            "day",
        )
    _check_meetings(command.meetings, known.voluntary_aided)
    for person in command.present:
        if person not in known.of_the_school:
            raise Refused(
                f"Somebody named held no role at the school on {day}. Name its head and its chair.", "present"
            )
    held = PmVisitHeld(
        urn=command.urn,
        year=command.year,
        day=command.day,
        adviser=known.adviser,
        meetings=tuple(Meeting(**asdict(meeting)) for meeting in command.meetings),
        present=command.present,
        training_completed=known.trained,
    )
    if visit.held is not None and visit.held != held:
        day = f"{visit.held.day:%-d %B %Y}"
        raise Refused(f"Visit 4 of that year is logged already, on {day}. Withdraw that log if it is wrong.", "day")
    return [] if visit.held else [held.true_from(command.day)]


def _check_meetings(meetings: Sequence[PmMeeting], voluntary_aided: bool) -> None:
    if tuple(meeting.meeting for meeting in meetings) != MEETINGS:
        raise Refused("Visit 4 has three meetings: with the headteacher, with the governors, and together.", "meetings")
    for meeting in meetings:
        if meeting.ends <= meeting.starts:
            raise Refused("A meeting ends after it starts.", "meetings")
        with_head, with_governors = meeting.meeting != "governors", meeting.meeting != "headteacher"
        if meeting.roles.count("adviser") != 1 or meeting.roles.count("headteacher") != with_head:
            raise Refused("The adviser is at all three meetings, the head at the first and the third.", "meetings")
        reviewers = sum(meeting.roles.count(role) for role in REVIEWERS)
        if with_governors and reviewers not in (2, 3):
            raise Refused(
                "Two or three governors are the reviewers, and the adviser is none of them (PR2).", "meetings"
            )
        if not with_governors and reviewers:
            raise Refused("The first meeting is with the headteacher, without governors.", "meetings")
        if with_governors and voluntary_aided and FOUNDATION not in meeting.roles:
            raise Refused("At a voluntary aided school a foundation governor is among the reviewers (PR2).", "meetings")


def _check_adviser(adviser: str, context: Context) -> None:
    if context.role == "adviser" and context.actor != adviser:
        raise Refused("Only the adviser who makes visit 4 may do this.")


def _return(
    command: ReturnFeedbackForm, held: PmVisitHeld, visit: PmVisit, context: Context
) -> Sequence[FeedbackFormReturned]:
    took_part = held.known_to()
    if context.role != "platform" and context.actor not in took_part:
        raise Refused("Only somebody who took part in visit 4 may return the form.")
    if not visit.left:
        raise Refused("The adviser has not left the form yet.")
    answers = {answer.question: answer.score for answer in command.answers}
    if visit.answers == answers:
        return []
    if visit.answers is not None:
        raise Refused("The form was returned already.")
    asked = [question.code for question in questions_on(held.day)]
    if set(answers) != set(asked) or len(command.answers) != len(asked):
        raise Refused(f"Answer each statement of the form once: {', '.join(asked)}.", "answers")
    return [FeedbackFormReturned(command.urn, command.year, took_part, answers)]


def evolve(visit: PmVisit, event: Event) -> PmVisit:
    match event:
        case PmVisitHeld():
            return PmVisit(held=event)
        case PmVisitWithdrawn():
            return PmVisit()
        case FeedbackFormLeft():
            return PmVisit(visit.held, left=True)
        case FeedbackFormReturned(answers=answers):
            return PmVisit(visit.held, visit.left, answers)
    return visit


pm_decider = Decider[PmVisit, AboutPmVisit](initial=PmVisit(), decide=decide, evolve=evolve)
