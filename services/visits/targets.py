"""A school's targets for the tests of one summer: proposed, commented, agreed by three parties, sanctioned."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.core.authorisation import Role
from services.core.commands import Command, LongText, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import VisitHeld
from services.visits import absence_limits
from services.visits.absence_limits import Cohort, Limits, autumn_of
from services.visits.advisers import Advisers, advisers_of, readable
from services.visits.events import Target, TargetCommented, TargetsAgreed, TargetsProposed, TargetsSanctioned
from services.visits.measures import SchoolKind, kind_of
from services.visits.statutes import statute_for
from services.visits.target_rows import TargetRow, targets_of

PARTIES = (Role.HEADTEACHER, Role.CHAIR, Role.ADVISER)
"""Whose agreement a version needs, in the order of the form."""
VISIT = "1"
"""The visit at which targets are set."""

Version = Annotated[int, Meta(ge=1)]
Group = Literal["all", "fsm", "sen"]


class AboutTargets(Command, frozen=True):
    """Base of the commands about a school's targets for the tests of one summer."""

    urn: Urn
    cohort: Cohort


@command("visits.ProposeTargets")
class ProposeTargets(AboutTargets, frozen=True):
    """Put forward a school's targets, all of them, in place of any version before. Provisional ones go to the adviser
    before visit 1 (TR5)."""

    targets: Annotated[tuple[TargetRow, ...], Meta(min_length=1, max_length=100)]
    provisional: bool


@command("visits.CommentTarget")
class CommentTarget(AboutTargets, frozen=True):
    """Say whether a target is suitable, and what to think about where it is not."""

    version: Version
    measure: ShortText
    group: Group
    suitability: Literal["suitable", "unrealistic", "not_challenging"]
    comment: LongText | None = None


@command("visits.AgreeTargets")
class AgreeTargets(AboutTargets, frozen=True):
    """Agree a version of the targets, for the party whose role one holds: head, chair or adviser."""

    version: Version


@command("visits.SanctionTargets")
class SanctionTargets(AboutTargets, frozen=True):
    """Record that the governing body sanctioned the agreed targets at its meeting."""

    version: Version
    meeting: date


class Facts(Struct, frozen=True):
    """What streams say beside the state: the school's advisers and kind, its absence limits, whether visit 1 took
    place, and in which role each person agreed, by the version agreed and the person."""

    advisers: Advisers = Advisers()
    kind: SchoolKind = "key-stage-2"
    limits: Limits = Limits()
    visited: bool = False
    agreed: dict[tuple[int, str], str] = {}


class Targets(Struct, frozen=True):
    """The current version: its rows, who agreed it when, and when the governing body met."""

    version: int = 0
    rows: tuple[Target, ...] = ()
    provisional: bool = False
    comments: dict[tuple[str, str], tuple[str, str]] = {}
    agreed: dict[str, date] = {}
    sanctioned: date | None = None


def stream(command: AboutTargets) -> str:
    return f"visits.targets-{command.urn}-{command.cohort}"


def consult(command: AboutTargets, read: ReadStream) -> Facts:
    """Gather the facts. Raises Damaged when an event that they hang on can't be read."""
    year = autumn_of(command.cohort)
    programme = readable(read(f"scheduling.programme-{command.urn}-{year}"))
    agreed = {
        (recorded.data.version, recorded.metadata.actor): recorded.data.by
        for recorded in readable(read(stream(command)))
        if isinstance(recorded.data, TargetsAgreed)
    }
    return Facts(
        advisers_of(command.urn, year, read),
        kind_of(read(f"scheduling.school-{command.urn}")),
        absence_limits.absence_limits.fold(read(absence_limits.stream_of(command.urn, command.cohort))),
        any(isinstance(each.data, VisitHeld) and each.data.visit == VISIT for each in programme),
        agreed,
    )


def _decide(command: AboutTargets, targets: Targets, context: Context) -> Sequence[Event | Dated]:
    facts: Facts = context.facts
    match command:
        case ProposeTargets():
            return _propose(command, targets, facts, context)
        case CommentTarget():
            _check_version(command.version, targets)
            facts.advisers.check(VISIT, context)
            return _comment(command, targets)
        case AgreeTargets():
            _check_version(command.version, targets)
            facts.advisers.check(VISIT, context)
            return _agree(command, targets, facts, context)
        case SanctionTargets():
            _check_version(command.version, targets)
            return _sanction(command, targets, context)
    raise TypeError(f"{type(command).__name__} is not about targets")


def _propose(command: ProposeTargets, targets: Targets, facts: Facts, context: Context) -> Sequence[Event]:
    begins = date(autumn_of(command.cohort), 9, 1)
    if context.today < begins:
        raise Refused(f"Targets for {command.cohort} are set from {begins:%-d %B %Y} on.", "cohort")
    if command.provisional and facts.visited:
        raise Refused("Visit 1 has taken place: its targets are no longer provisional.", "provisional")
    rows = targets_of(command.targets, command.cohort, facts.kind, facts.limits)
    if (rows, command.provisional) == (targets.rows, targets.provisional):
        return []
    return [TargetsProposed(command.urn, command.cohort, targets.version + 1, rows, command.provisional)]


def _check_version(version: int, targets: Targets) -> None:
    if not targets.version:
        raise Refused("No targets have been proposed yet.")
    if version != targets.version:
        raise Refused(f"The targets were changed since: version {targets.version} is the one to read.", "version")


def _comment(command: CommentTarget, targets: Targets) -> Sequence[Event]:
    row = command.measure, command.group
    if row not in {(target.measure, target.group) for target in targets.rows}:
        raise Refused("There is no such target in this version.", "measure")
    if command.suitability != "suitable" and not command.comment:
        raise Refused("Say why the target is not suitable.", "comment")
    said = command.suitability, command.comment or ""
    if targets.comments.get(row) == said:
        return []
    return [TargetCommented(command.urn, command.cohort, targets.version, *row, *said)]


def _agree(command: AgreeTargets, targets: Targets, facts: Facts, context: Context) -> Sequence[Event]:
    if context.role not in PARTIES:
        raise Refused("Only the head, the chair and the adviser can agree targets, each in person.")
    if targets.provisional:
        raise Refused("These targets are provisional: they can be agreed once the school has proposed final ones.")
    if context.role in targets.agreed:
        return []
    if before := facts.agreed.get((targets.version, context.actor)):
        raise Refused(
            f"You agreed these targets already, as {Role(before).words}. Nobody agrees for two parties: have them "
            "proposed anew, so that each party is somebody else."
        )
    return [TargetsAgreed(command.urn, command.cohort, targets.version, context.role)]


def _sanction(command: SanctionTargets, targets: Targets, context: Context) -> Sequence[Dated]:
    if missing := [party.words for party in PARTIES if party not in targets.agreed]:
        raise Refused(f"The governing body sanctions what all three have agreed. Still missing: {', '.join(missing)}.")
    if command.meeting > context.today:
        raise Refused("The meeting has not taken place yet.", "meeting")
    agreed = max(targets.agreed.values())
    if command.meeting < agreed:
        raise Refused(f"The targets were agreed on {agreed:%-d %B %Y}: the meeting can't have been before.", "meeting")
    if targets.sanctioned is not None:
        if targets.sanctioned == command.meeting:
            return []
        raise Refused(f"The governing body sanctioned them on {targets.sanctioned:%-d %B %Y} already.", "meeting")
    statute = statute_for(command.cohort, command.meeting)
    sanctioned = TargetsSanctioned(command.urn, command.cohort, targets.version, command.meeting, statute)
    return [sanctioned.true_from(command.meeting)]


def _evolve(targets: Targets, dated: Dated) -> Targets:
    match dated.event:
        case TargetsProposed(version=version, targets=rows, provisional=provisional):
            return Targets(version, rows, provisional)
        case TargetCommented(measure=measure, group=group, suitability=suitability, comment=comment):
            return replace(targets, comments={**targets.comments, (measure, group): (suitability, comment)})
        case TargetsAgreed(by=by):
            return replace(targets, agreed={**targets.agreed, by: dated.effective_on})
        case TargetsSanctioned(meeting=meeting):
            return replace(targets, sanctioned=meeting)
    return targets


targets = Decider[Targets, AboutTargets](initial=Targets(), decide=_decide, evolve=_evolve, dated=True)
