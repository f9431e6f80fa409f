"""An event comes in, a command of this service goes out (or one outside effect is made): never both, never in a
rebuild.

The command's id is made of the event's id and the policy's name, so a crash and a second run give the same id and one
effect. A policy keeps nothing but its checkpoint. What is refused is parked where a person sees it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import msgspec

from services.core.commands import Command
from services.core.deciders import Refused
from services.core.envelope import RecordedEvent
from services.core.events import Event, Undecodable
from services.core.keys import KeyStore
from services.core.log import Conflict, EventLog, LogUnavailable, gave
from services.core.metrics import LAG_EVENTS, PARKED
from services.core.projections import Projection
from services.core.read_db import ReadModel, move_checkpoint, park, reached, set_aside, unpark

BATCH = 100
POLICIES = "policies"
"""Where checkpoints are kept, apart from read models."""


class Policy(msgspec.Struct, frozen=True):
    """`then` gives the command to issue for an event of the type `on`, or None when it calls for nothing."""

    name: str
    on: type[Event]
    then: Callable[[Any, RecordedEvent], Command | None]

    def command_id(self, recorded: RecordedEvent) -> UUID:
        return uuid5(recorded.id, self.name)


class Effect(msgspec.Struct, frozen=True):
    """`do` changes the key store for an event of the type `on`; it may run twice for one event."""

    name: str
    on: type[Event]
    do: Callable[[Any, KeyStore], object]


Issue = Callable[[Command, UUID, RecordedEvent, str], None]
"""Carries out a policy's command: the command, its id, the event that caused it, and the policy's name."""


class PolicyRunner:
    """Takes one policy through the log in order. `model` keeps its checkpoint, apart from the read models."""

    def __init__(self, log: EventLog, policy: Policy | Effect, model: ReadModel, keys: KeyStore, issue: Issue) -> None:
        self.log, self.policy, self.model, self._keys, self._issue = log, policy, model, keys, issue
        if not model.exists() or not self._belongs():
            # Acting again on everything is harmless: a command that was carried out is known by its id.
            model.swap(model.begin())
        with model.current().reading() as connection:
            self._stored, _ = reached(connection)
        self._position = self._stored

    def _belongs(self) -> bool:
        """Whether the checkpoint is of this log: another log's positions mean nothing here."""
        with self.model.current().reading() as connection:
            return gave(self.log, *reached(connection))

    @property
    def name(self) -> str:
        return self.policy.name

    def position(self) -> int:
        """The position up to which every event has been acted on."""
        return self._position

    def step(self) -> bool:
        """Act on the next events; False when there were none."""
        head = self.log.head()
        if head <= self._position:
            return False
        events = self.log.since(self._position, BATCH, [self.policy.on.type_name])
        refused = [(recorded, error) for recorded in events if (error := self._act(recorded))]
        position = events[-1].position if len(events) == BATCH else max(head, *(e.position for e in events[-1:]), 0)
        if events:
            with self.model.current().writing() as connection:
                for recorded, error in refused:
                    row = {
                        "position": recorded.position,
                        "stream": recorded.stream,
                        "type": recorded.type,
                        "error": error,
                    }
                    park(connection, [row])
                move_checkpoint(connection, self._stored, position, events[-1].recorded_at)
            self._stored = position
        self._position = position
        return True

    def _act(self, recorded: RecordedEvent) -> str | None:
        """None when it was done, otherwise why it was refused. Raises what will pass: LogUnavailable or Conflict."""
        if isinstance(recorded.data, Undecodable):
            return recorded.data.error
        try:
            if isinstance(self.policy, Effect):
                self.policy.do(recorded.data, self._keys)
            elif command := self.policy.then(recorded.data, recorded):
                self._issue(command, self.policy.command_id(recorded), recorded, self.policy.name)
        except (LogUnavailable, Conflict):
            raise
        except Refused as refused:
            return refused.message
        except Exception as error:  # whatever it is, the events behind it must be acted on
            return f"{type(error).__name__}: {error}"
        return None

    def retry(self) -> int:
        """Act on the parked events again; gives how many are still refused."""
        with self.model.current().reading() as connection:
            positions = [row["position"] for row in set_aside(connection)]
        done = [at for at in positions if self._act(self.log.at(at)) is None]
        with self.model.current().writing() as connection:
            unpark(connection, done)
        return len(positions) - len(done)

    def parked(self) -> list[dict[str, Any]]:
        """What was refused: position, stream, type and the reason of each."""
        with self.model.current().reading() as connection:
            return set_aside(connection)

    def measure(self) -> None:
        """Tell the metrics how far behind this policy is."""
        behind = self.log.head() > self._position
        waiting = self.log.since(self._position, BATCH, [self.policy.on.type_name]) if behind else []
        LAG_EVENTS.labels(self.policy.name).set(len(waiting))
        PARKED.labels(self.policy.name).set(len(self.parked()))


def checkpoint_of(policy: Policy | Effect) -> Projection:
    """A policy's checkpoint and parked events, kept as a projection without tables."""
    return Projection(policy.name, version=1, tables=[])
