"""Actions outlive the school: they close with it, and go on at the school that followed or took it in.

A conversion moves them by itself. At a merger or amalgamation somebody chooses which go on, and where."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.core.commands import Command, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.core.service import ReadStream
from services.scheduling.events import SchoolsLinked
from services.visits.action_state import Actions, actions_stream, evolve
from services.visits.advisers import readable
from services.visits.closure import closed_since
from services.visits.events import ActionAgreed, ActionClosed, ActionMoved, ActionTaken


@command("visits.CloseSchoolActions")
class CloseSchoolActions(Command, frozen=True):
    """Close every open action of a school that has closed."""

    urn: Urn


@command("visits.MoveActions")
class MoveActions(Command, frozen=True):
    """Send actions on to a school that followed this one or took it in, from `on`: those named, or (none named) all
    that are still to be done."""

    urn: Urn
    to: Urn
    on: date
    actions: tuple[Reference, ...] = ()


@command("visits.TakeActions")
class TakeActions(Command, frozen=True):
    """Go on with every action that a predecessor sent to this school."""

    urn: Urn
    predecessor: Urn


Succession = CloseSchoolActions | MoveActions | TakeActions


class Sent(Struct, frozen=True):
    """The actions that a predecessor sent to this school, each as agreed, and how it went."""

    actions: tuple[tuple[ActionAgreed, ActionMoved], ...]


def consult(command: Succession, read: ReadStream) -> date | bool | Sent | None:
    """When the school closed, whether the two schools are linked, or what the predecessor sent: what each hangs on."""
    match command:
        case CloseSchoolActions():
            return closed_since(command.urn, read)
        case MoveActions():
            links = readable(read(f"scheduling.link-{command.urn}-{command.to}"))
            return any(isinstance(recorded.data, SchoolsLinked) for recorded in links)
        case TakeActions():
            school = succession.fold(read(actions_stream(command.predecessor)))
            each = ((action.agreed, action.moved) for action in school.actions.values())
            return Sent(tuple((agreed, moved) for agreed, moved in each if moved and moved.to == command.urn))


def decide(command: Succession, school: Actions, context: Context) -> Sequence[Dated]:
    match command:
        case CloseSchoolActions():
            return _close(command, school, context.facts)
        case MoveActions():
            return _move(command, school, context.facts)
        case TakeActions():
            return _take(command, school, context.facts)


def _close(command: CloseSchoolActions, school: Actions, closed: date | None) -> Sequence[Dated]:
    names = [name for name, action in school.actions.items() if action.goes_on and not action.outcome]
    if not names:
        return []
    if closed is None:
        raise Refused("The school is open: its actions stay so.", "urn")
    evidence = f"The school closed on {closed:%-d %B %Y}"
    return [ActionClosed(command.urn, name, "school_closed", evidence).true_from(closed) for name in names]


def _move(command: MoveActions, school: Actions, linked: bool) -> Sequence[Dated]:
    for name in command.actions:
        action = school.actions.get(name)
        if action is None:
            raise Refused(f"The school has no action {name}.", "actions")
        if not action.goes_on and not (action.moved and action.moved.to == command.to):
            where = f"went on at school {action.moved.to}" if action.moved else f"was {action.outcome}"
            raise Refused(f"Action {name} {where}: it can't be moved.", "actions")
    names = [name for name in command.actions or school.actions if school.actions[name].goes_on]
    if not names:
        return []
    if not linked:
        raise Refused(f"The register does not say that school {command.to} followed this one. Link them first.", "to")
    return [ActionMoved(command.urn, name, command.to, command.on).true_from(command.on) for name in names]


def _take(command: TakeActions, school: Actions, sent: Sent) -> Sequence[Dated]:
    return [
        taken.true_from(taken.on)
        for taken in (_taken(agreed, moved) for agreed, moved in sent.actions)
        if taken.action not in school.actions
    ]


def _taken(agreed: ActionAgreed, moved: ActionMoved) -> ActionTaken:
    """The action as it goes on here. Schools number their actions alike, so the predecessor's URN stands before."""
    return ActionTaken(
        urn=moved.to,
        predecessor=moved.urn,
        year=agreed.year,
        visit=agreed.visit,
        action=f"{moved.urn}-{moved.action}",
        text=agreed.text,
        owner=agreed.owner,
        due=agreed.due,
        success=agreed.success,
        on=moved.on,
    )


succession = Decider[Actions, Succession](initial=Actions(), decide=decide, evolve=evolve)
