"""A concern about a school: made clear to the school, and the Achievement and Intervention team alerted, in either
order, but never closed before both (VR7)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.core.authorisation import Role
from services.core.commands import Command, LongText, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.core.times import LONDON
from services.visits.advisers import Advisers, advisers_of
from services.visits.events import (
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    ConcernRedacted,
    SchoolTold,
    TeamAlerted,
)
from services.visits.record_commands import Rule

Aspect = Literal[
    "Achievement",
    "Quality of teaching",
    "Behaviour and safety",
    "Leadership and management",
    "Evidence and self-evaluation",
    "Overall effectiveness",
    "Its agenda is not tackled",
]
"""The six aspects of the seed, and the agenda (VR7). Not in the adviser's words: everybody at the school reads it."""
Told = Literal["headteacher", "chair_of_governors", "clerk_to_governors"]


@command("visits.ObserveConcern")
class ObserveConcern(Command, frozen=True):
    """Note an aspect at risk of being unsatisfactory, or an agenda that is not tackled. The authority alone sees it."""

    urn: Urn
    concern: Reference
    aspect: Aspect
    observed: date
    summary: LongText


@command("visits.TellSchool")
class TellSchool(Command, frozen=True):
    """Note that the school was told of a concern: whom, when, and how."""

    urn: Urn
    concern: Reference
    told: Annotated[tuple[Told, ...], Meta(min_length=1)]
    told_at: datetime
    how: Literal["in_person", "telephone", "letter", "email"]


@command("visits.AlertTeam")
class AlertTeam(Command, frozen=True):
    """Alert the Achievement and Intervention team to a concern, now."""

    urn: Urn
    concern: Reference


@command("visits.AcknowledgeAlert")
class AcknowledgeAlert(Command, frozen=True):
    """Take note of an alert, for the team."""

    urn: Urn
    concern: Reference


@command("visits.DecideAlert")
class DecideAlert(Command, frozen=True):
    """Decide what is done, and who asked for it. Intervention is first the governing body's: one that the authority
    decides alone needs a reason given with the command (VR6)."""

    urn: Urn
    concern: Reference
    decision: LongText
    requested_by: Literal["governing_body", "consultation", "authority"]
    next_review: date


@command("visits.ReviewAlert")
class ReviewAlert(Command, frozen=True):
    """Note how a concern stands, and when it is looked at again."""

    urn: Urn
    concern: Reference
    findings: LongText
    next_review: date


@command("visits.CloseConcern")
class CloseConcern(Command, frozen=True):
    """Close a concern of which the school was told and to which the team was alerted."""

    urn: Urn
    concern: Reference
    outcome: LongText


@command("visits.RedactConcern")
class RedactConcern(Command, frozen=True):
    """Destroy the text of one fact of a concern, the `fact`-th of its stream, under a rule. A reason that repeats
    nothing of the text must be given with the command."""

    urn: Urn
    concern: Reference
    fact: Annotated[int, Meta(ge=1, le=1_000)]
    rule: Rule


AboutConcern = (
    ObserveConcern
    | TellSchool
    | AlertTeam
    | AcknowledgeAlert
    | DecideAlert
    | ReviewAlert
    | CloseConcern
    | RedactConcern
)


class Concern(Struct, frozen=True):
    """How far a concern has come: the facts that later ones hang on, None where they did not happen yet.

    `facts` counts all of them; `texts` has whose key seals the text of each that has one ("": of none)."""

    observed: ConcernObserved
    told: tuple[SchoolTold, ...] = ()
    alerted: bool = False
    acknowledged: bool = False
    decided: bool = False
    closed: bool = False
    facts: int = 1
    texts: dict[int, str] = {}
    redacted: frozenset[int] = frozenset()


def concern_stream(command: AboutConcern) -> str:
    return f"visits.concern-{command.urn}-{command.concern}"


def academic_year(day: date) -> int:
    """The academic year that a day belongs to: 2011 for 1 September 2011 to 31 August 2012."""
    return day.year if day.month >= 9 else day.year - 1


def consult(command: AboutConcern, read: ReadStream) -> Advisers:
    """Who advises the school, and who makes its visits of the year of the concern. Raises Damaged."""
    if isinstance(command, ObserveConcern):
        return advisers_of(command.urn, academic_year(command.observed), read)
    concern = concern_decider.fold(read(concern_stream(command)))
    return advisers_of(command.urn, academic_year(concern.observed.observed), read) if concern else Advisers()


def decide(command: AboutConcern, concern: Concern | None, context: Context) -> Sequence[Event | Dated]:
    if isinstance(command, ObserveConcern):
        return _observe(command, concern, context)
    if concern is None:
        raise Refused("There is no such concern about this school.", "concern")
    _check_adviser(context)
    if isinstance(command, RedactConcern):
        return _redact(command, concern, context)
    if concern.closed:
        raise Refused("This concern is closed: observe a new one.", "concern")
    match command:
        case TellSchool():
            return _tell(command, concern, context)
        case AlertTeam():
            alerted = TeamAlerted(command.urn, command.concern, concern.observed.aspect, context.now)
            return [] if concern.alerted else [alerted]
        case AcknowledgeAlert():
            _after(concern.alerted, "Alert the team first: there is nothing to acknowledge yet.")
            return [] if concern.acknowledged else [AlertAcknowledged(command.urn, command.concern)]
        case DecideAlert():
            return _decide(command, concern, context)
        case ReviewAlert():
            _after(concern.decided, "Decide on the alert first: there is nothing to review yet.")
            _check_next(command.next_review, context.today)
            text = _text_of(command, concern.facts + 1)
            return [AlertReviewed(command.urn, command.concern, command.next_review, text, command.findings)]
        case CloseConcern():
            _after(bool(concern.told), "Tell the school first: a concern can't be closed before it was told (VR7).")
            _after(concern.alerted, "Alert the Achievement and Intervention team first (VR7).")
            text = _text_of(command, concern.facts + 1)
            return [ConcernClosed(command.urn, command.concern, text, command.outcome)]


def _observe(command: ObserveConcern, concern: Concern | None, context: Context) -> Sequence[Dated]:
    _check_adviser(context)
    if concern is not None:
        raise Refused("Another concern has this identifier already.", "concern")
    if command.observed > context.today:
        raise Refused("Enter today or a day before: a concern is noted once it was observed.", "observed")
    observed = ConcernObserved(
        urn=command.urn,
        concern=command.concern,
        aspect=command.aspect,
        observed=command.observed,
        person=_text_of(command, 1),
        summary=command.summary,
    )
    return [observed.true_from(command.observed)]


def _check_adviser(context: Context) -> None:
    """Raises Refused when an adviser asks who has no visit at the school in the year of the concern."""
    if context.role != Role.ADVISER:
        return
    advisers: Advisers = context.facts
    if context.actor not in {advisers.link_adviser(context.today), *advisers.of_visits.values()}:
        raise Refused("Only the school's Link Adviser, or one who makes a visit of that year, may do this.")


def _tell(command: TellSchool, concern: Concern, context: Context) -> Sequence[Dated]:
    if command.told_at > context.now:
        raise Refused("That is in the future: note it once the school was told.", "told_at")
    day = command.told_at.astimezone(LONDON).date()
    if day < concern.observed.observed:
        raise Refused(f"The concern was observed on {concern.observed.observed:%-d %B %Y}, after that.", "told_at")
    told = SchoolTold(command.urn, command.concern, concern.observed.aspect, command.told, command.told_at, command.how)
    return [] if told in concern.told else [told.true_from(day)]


def _decide(command: DecideAlert, concern: Concern, context: Context) -> Sequence[Event]:
    _after(concern.acknowledged, "Acknowledge the alert first.")
    _check_next(command.next_review, context.today)
    if command.requested_by == "authority" and not (context.reason or "").strip():
        raise Refused("Give the reason why the authority acts without the governing body (VR6).", "reason")
    text = _text_of(command, concern.facts + 1)
    return [
        AlertDecided(command.urn, command.concern, command.requested_by, command.next_review, text, command.decision),
    ]


def _redact(command: RedactConcern, concern: Concern, context: Context) -> Sequence[Event]:
    if not (context.reason or "").strip():
        raise Refused("Give the reason, without repeating what the text says: it can't be undone.", "reason")
    if command.fact not in concern.texts:
        raise Refused("Nothing was written there that could be redacted.", "fact")
    text = concern.texts[command.fact]
    if not text:
        raise Refused("This was recorded before such texts had keys of their own, so none can be destroyed.", "fact")
    redacted = ConcernRedacted(command.urn, command.concern, command.fact, text, command.rule)
    return [] if command.fact in concern.redacted else [redacted]


def _text_of(command: AboutConcern, fact: int) -> str:
    """Whose key seals the text of a fact: one for each, so that a text can go alone. The first is the summary's."""
    summary = f"concern-{command.urn}-{command.concern}"
    return summary if fact == 1 else f"{summary}:{fact}"


def _after(happened: bool, otherwise: str) -> None:
    if not happened:
        raise Refused(otherwise)


def _check_next(day: date, today: date) -> None:
    if day <= today:
        raise Refused("Enter a day after today: that is when it is looked at again.", "next_review")


def evolve(concern: Concern | None, event: Event) -> Concern | None:
    if isinstance(event, ConcernObserved):
        return Concern(event, texts={1: event.person})
    if concern is None:
        return None
    concern = replace(concern, facts=concern.facts + 1)
    if isinstance(event, AlertDecided | AlertReviewed | ConcernClosed):
        concern = replace(concern, texts={**concern.texts, concern.facts: event.person})
    match event:
        case SchoolTold():
            return replace(concern, told=(*concern.told, event))
        case TeamAlerted():
            return replace(concern, alerted=True)
        case AlertAcknowledged():
            return replace(concern, acknowledged=True)
        case AlertDecided():
            return replace(concern, decided=True)
        case ConcernClosed():
            return replace(concern, closed=True)
        case ConcernRedacted():
            return replace(concern, redacted=concern.redacted | {event.fact})
    return concern


concern_decider = Decider[Concern | None, AboutConcern](initial=None, decide=decide, evolve=evolve)
