"""One command, one stream: read, fold, decide, append.

A decider is pure: `decide` says what happens or refuses, `evolve` folds an event into the state. It has no clock, no
randomness and no I/O; what it needs of the world comes in its Context."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from services.core.commands import Command
from services.core.envelope import Metadata, RecordedEvent, Seal, event_id, prepare
from services.core.events import Dated, Event, Undecodable
from services.core.log import Conflict, EventLog
from services.core.metrics import APPEND_SECONDS, CONFLICTS

ATTEMPTS = 4
"""The first try and three more when another writer came first."""

S = TypeVar("S")
C = TypeVar("C", bound=Command)


class Refused(Exception):
    """A decider's no: the reason in the user's words, and the field of the command that it concerns, if one does."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Damaged(Exception):
    """A stream holds an event that can't be read, so nothing may be decided on it."""


class Context(msgspec.Struct, frozen=True):
    """What a decider may know beside the command and its own stream.

    `facts` is what the handler's `consult` gathered; `reason` is what the actor gave as theirs, if anything; `actor`
    and `role` are who asks, and the role that allows it."""

    now: datetime
    today: date
    facts: Any = None
    reason: str | None = None
    actor: str = ""
    role: str = ""


class Decider(Generic[S, C]):
    """The rules of one kind of stream. If `dated`, `evolve` takes events as Dated, with the day each is true from."""

    def __init__(
        self,
        *,
        initial: S,
        decide: Callable[[C, S, Context], Sequence[Event | Dated]],
        evolve: Callable[[S, Any], S],
        dated: bool = False,
    ) -> None:
        self.initial, self.decide, self.evolve, self.dated = initial, decide, evolve, dated

    def fold(self, events: Sequence[RecordedEvent]) -> S:
        """The state after these events. Raises Damaged at an event that can't be read."""
        state, evolve = self.initial, self.evolve
        for recorded in events:
            data = recorded.data
            if isinstance(data, Undecodable):
                raise Damaged(f"{recorded.stream} at version {recorded.version}: {data.error}")
            state = evolve(state, data.true_from(recorded.metadata.effective_on) if self.dated else data)
        return state


class Result(msgspec.Struct, frozen=True):
    """What came of a command: the stream, its version and the position to wait for. `repeated` when it was done before;
    `events` are the ids of what it recorded (none when there was nothing to record)."""

    stream: str
    version: int
    position: int
    events: tuple[UUID, ...] = ()
    repeated: bool = False


def handle(
    log: EventLog,
    decider: Decider[S, C],
    stream: str,
    command: C,
    metadata: Metadata,
    gather: Callable[[], Context],
    seal: Seal | None = None,
) -> Result:
    """Carry out a command once: a command id already in the stream gives that result again. `gather` is asked for what
    the decider may know each time that it decides.

    Raises Refused (the decider's no), Conflict (after three retries), Damaged, LogUnavailable."""
    for attempt in range(ATTEMPTS):
        events = log.read(stream)
        if done := done_before(events, metadata.command_id):
            return done
        decided = decider.decide(command, decider.fold(events), gather())
        if not decided:
            return Result(stream, len(events), events[-1].position if events else 0)
        new = prepare(decided, metadata, seal)
        try:
            with APPEND_SECONDS.time():
                position = log.append(stream, len(events), new)
        except Conflict:
            CONFLICTS.inc()
            if attempt == ATTEMPTS - 1:
                raise
            continue
        return Result(stream, len(events) + len(new), position, tuple(UUID(bytes=event.event_id) for event in new))
    raise AssertionError("the last attempt either returns or raises")


def rehearse(
    log: EventLog, decider: Decider[S, C], stream: str, command: C, context: Context
) -> Sequence[Event | Dated]:
    """What a command would record if it were carried out now; nothing is recorded. Raises Refused or Damaged."""
    return decider.decide(command, decider.fold(log.read(stream)), context)


def done_before(events: Sequence[RecordedEvent], command_id: UUID) -> Result | None:
    """What came of the command, if it was carried out already.

    The stream is the table of what was done: a command's first event has an id made of the command's."""
    first = event_id(command_id, 0)
    if not any(recorded.event_id == first for recorded in events):
        return None
    own = [recorded for recorded in events if recorded.metadata.command_id == command_id]
    last = own[-1]
    return Result(last.stream, last.version, last.position, tuple(recorded.id for recorded in own), repeated=True)
