"""A service: the commands it carries out, the questions it answers, what it folds and what it reacts to. No
framework."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from services.core.authorisation import Actor, Forbidden, Rule, Tenure, Viewer, authorise
from services.core.commands import Command, Query
from services.core.deciders import Decider
from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.policies import Effect, Policy
from services.core.projections import Projection
from services.core.schemas import load

ReadStream = Callable[[str], Sequence[RecordedEvent]]
"""Gives any stream's events: how a handler consults what another stream says, without a read model's delay."""


class Handles(msgspec.Struct, frozen=True):
    """How one command is carried out: its rules, its stream, who may, and the facts gathered for the decider.

    `urn` gives the school a command is about, for roles that belong to one school; `claims` gives a command of the same
    service that must be carried out first, on a stream of its own, such as time kept in a diary. `by_sight` is for what
    somebody leaves behind by reading: whoever may read a school's pages may do it, though they may do nothing else."""

    command: type[Command]
    decider: Decider[Any, Any]
    stream: Callable[[Any], str]
    may: Rule
    consult: Callable[[Any, ReadStream], Any] | None = None
    urn: Callable[[Any], int | None] = lambda command: getattr(command, "urn", None)
    claims: Callable[[Any, ReadStream], Command | None] | None = None
    by_sight: bool = False


class Reading(msgspec.Struct, frozen=True):
    """What answers a question: one consistent view of a projection's tables, and the events behind its rows.

    `open` gives the text of a sealed field, or None when the person was erased; `recorded` the event at a position;
    `viewer` who asks, for an answer that differs from person to person; `anew` has it made each time, not kept."""

    db: Connection
    open: Callable[[Sealed], str | None]
    recorded: Callable[[int], RecordedEvent]
    viewer: Callable[[], Viewer]
    anew: Callable[[], None]


class Answers(msgspec.Struct, frozen=True):
    """How one question is answered: from which projection, and who may ask it about which school."""

    query: type[Query]
    answer: Callable[[Any, Reading], Any]
    projection: Projection
    may: Rule
    urn: Callable[[Any], int | None] = lambda query: getattr(query, "urn", None)


def role_for(
    declared: Handles | Answers, message: Command | Query, actor: Actor, tenures: Sequence[Tenure], day: date
) -> str:
    """The role in which somebody with these tenures may send this command or query on that day. Raises Forbidden."""
    if isinstance(declared, Handles) and not declared.by_sight:
        tenures = [tenure for tenure in tenures if not tenure.reads_only]
    return authorise(declared.may, actor, tenures, declared.urn(message), day)


def may(
    declared: Handles | Answers, data: Mapping[str, Any], actor: Actor, tenures: Sequence[Tenure], day: date
) -> bool:
    """Whether they may. Raises Invalid."""
    message = load(declared.command if isinstance(declared, Handles) else declared.query, data)
    try:
        role_for(declared, message, actor, tenures, day)
    except Forbidden:
        return False
    return True


class Service:
    """Everything of one service under its name; the runtime does the rest. Raises ValueError when a name is not its
    own."""

    def __init__(
        self,
        name: str,
        *,
        commands: Sequence[Handles] = (),
        queries: Sequence[Answers] = (),
        projections: Sequence[Projection] = (),
        policies: Sequence[Policy | Effect] = (),
    ) -> None:
        self.name = name
        self.commands = {handles.command.message_name: handles for handles in commands}
        self.queries = {answers.query.message_name: answers for answers in queries}
        self.projections = tuple(projections)
        self.policies = tuple(policies)
        names = [
            *self.commands,
            *self.queries,
            *(p.name for p in self.projections),
            *(p.name for p in self.policies),
        ]
        for own in names:
            if not own.startswith(f"{name}."):
                raise ValueError(f"{own} can't belong to the service {name}")
