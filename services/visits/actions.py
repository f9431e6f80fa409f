"""What is recommended and agreed at a school's visits: each action is owned, dated, looked at again, and never
deleted."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from services.core.commands import AcademicYear, Command, LongText, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.visits.action_state import Action, Actions, evolve
from services.visits.advisers import Advisers, advisers_of
from services.visits.closure import closed_since
from services.visits.events import ActionAgreed, ActionClosed, ActionReviewed, RecommendationMade

RecordedVisit = Literal["1", "2", "3", "ip"]
"""The visits that leave a record. Visit 4 leaves none, so nothing can be recommended or agreed at it (VR2)."""
TERMS = {"1": 0, "ip": 0, "2": 1, "3": 2}
"""In which term of the year each of them is."""
Owner = Literal["headteacher", "chair_of_governors", "governing_body", "school_leader", "adviser", "authority"]


@command("visits.MakeRecommendation")
class MakeRecommendation(Command, frozen=True):
    """Make a key recommendation of a visit."""

    urn: Urn
    year: AcademicYear
    visit: RecordedVisit
    recommendation: Reference
    text: LongText


@command("visits.AgreeAction")
class AgreeAction(Command, frozen=True):
    """Note an action agreed at a visit: who owns it, by when, and how success will be seen."""

    urn: Urn
    year: AcademicYear
    visit: RecordedVisit
    action: Reference
    text: LongText
    owner: Owner
    due: date
    success: LongText


@command("visits.ReviewAction")
class ReviewAction(Command, frozen=True):
    """Say at a later visit how an action stands, with the evidence of its impact. The school may add its own."""

    urn: Urn
    year: AcademicYear
    visit: RecordedVisit
    action: Reference
    status: Literal["red", "amber", "green"]
    evidence: LongText


@command("visits.CloseAction")
class CloseAction(Command, frozen=True):
    """End an action at a visit, achieved or withdrawn. To withdraw one, a reason must be given with the command."""

    urn: Urn
    year: AcademicYear
    visit: RecordedVisit
    action: Reference
    outcome: Literal["achieved", "withdrawn"]
    evidence: LongText


AtVisit = MakeRecommendation | AgreeAction | ReviewAction | CloseAction


class Facts(Struct, frozen=True):
    """Who advises the school, and the day on which it closed, if it has."""

    advisers: Advisers
    closed: date | None = None


def consult(command: AtVisit, read: ReadStream) -> Facts:
    return Facts(advisers_of(command.urn, command.year, read), closed_since(command.urn, read))


def decide(command: AtVisit, school: Actions, context: Context) -> Sequence[Event]:
    facts: Facts = context.facts
    facts.advisers.check(command.visit, context)
    match command:
        case MakeRecommendation():
            return _recommend(command, school, facts)
        case AgreeAction():
            return _agree(command, school, facts)
        case ReviewAction():
            return _review(command, school)
        case CloseAction():
            return _close(command, school, context)


def _recommend(command: MakeRecommendation, school: Actions, facts: Facts) -> Sequence[Event]:
    made = RecommendationMade(**asdict(command))
    known = school.recommendations.get(command.recommendation)
    if known == made:
        return []
    if known is not None:
        raise Refused("Another recommendation has this identifier already.", "recommendation")
    _check_open(facts)
    return [made]


def _agree(command: AgreeAction, school: Actions, facts: Facts) -> Sequence[Event]:
    agreed = ActionAgreed(**asdict(command))
    known = school.actions.get(command.action)
    if known is not None and known.agreed == agreed:
        return []
    if known is not None:
        raise Refused("Another action has this identifier already.", "action")
    _check_open(facts)
    first = date(command.year, 9, 1)
    if command.due < first:
        raise Refused(f"Enter a day from {first:%-d %B %Y} on: the visit's own year began then.", "due")
    return [agreed]


def _review(command: ReviewAction, school: Actions) -> Sequence[Event]:
    agreed = _open(command.action, school).agreed
    before = command.year, TERMS[command.visit]
    if before < (agreed.year, TERMS[agreed.visit]) or (command.year, command.visit) == (agreed.year, agreed.visit):
        raise Refused("An action is looked at again at a later visit than the one at which it was agreed.", "visit")
    return [ActionReviewed(**asdict(command))]


def _close(command: CloseAction, school: Actions, context: Context) -> Sequence[Event]:
    known = school.actions.get(command.action)
    if known is not None and known.outcome == command.outcome:
        return []
    _open(command.action, school)
    if command.outcome == "withdrawn" and not (context.reason or "").strip():
        raise Refused("Give the reason: a withdrawn action stays on the record.", "reason")
    return [ActionClosed(command.urn, command.action, command.outcome, command.evidence)]


def _open(name: str, school: Actions) -> Action:
    action = school.actions.get(name)
    if action is None:
        raise Refused("The school has no such action.", "action")
    if action.moved:
        raise Refused(f"This action goes on at school {action.moved.to}: go to it there.", "action")
    if action.outcome:
        raise Refused(f"This action is closed ({action.outcome.replace('_', ' ')}).", "action")
    return action


def _check_open(facts: Facts) -> None:
    if facts.closed:
        raise Refused(
            f"The school closed on {facts.closed:%-d %B %Y}: agree what is still to be done at the one that followed.",
            "urn",
        )


visit_actions = Decider[Actions, AtVisit](initial=Actions(), decide=decide, evolve=evolve)
