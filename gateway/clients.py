"""The only door from the gateway to the services: embedded today, remote calls when services run apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from services.core.authorisation import Actor, Forbidden
from services.core.deciders import Refused, Result
from services.core.log import Conflict, LogUnavailable
from services.core.runtime import Answer
from services.core.schemas import Invalid

__all__ = [
    "Answer",
    "Clients",
    "Conflict",
    "Forbidden",
    "Invalid",
    "LogUnavailable",
    "Refused",
    "Runtime",
    "Saved",
]

PATIENCE = 2.0
"""Seconds that a page waits for its own change to reach the read models before it says "still updating"."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A command that is in the log for good; `visible` says whether pages already show it."""

    position: int
    visible: bool


class Runtime(Protocol):
    """What the gateway asks of whatever runs the services."""

    def handle(
        self, name: str, data: Mapping[str, Any], *, actor: Actor, command_id: UUID, reason: str | None = None
    ) -> Result: ...
    def ask(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Answer: ...
    def wait_for(self, position: int, timeout: float) -> bool: ...
    def roles_of(self, person: str) -> Iterable[str]: ...
    def health(self) -> dict[str, Any]: ...
    def measure(self) -> None: ...


class Clients:
    """Commands in, answers out, for the person signed in.

    Errors: Invalid (fields), Refused (a rule says no), Forbidden (who may), Conflict (others came first,
    four times), LogUnavailable (nothing recorded).
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def handle(
        self,
        name: str,
        fields: Mapping[str, Any],
        *,
        person: str,
        command_id: UUID,
        reason: str | None = None,
    ) -> Saved:
        """Have the command done, then wait a moment for the pages to show it."""
        result = self._runtime.handle(name, fields, actor=Actor(person), command_id=command_id, reason=reason)
        return Saved(result.position, self._runtime.wait_for(result.position, PATIENCE))

    def ask(self, name: str, fields: Mapping[str, Any], *, person: str) -> Answer:
        """The answer to a query, limited to what this person may see."""
        return self._runtime.ask(name, fields, actor=Actor(person))

    def roles(self, person: str) -> frozenset[str]:
        """The roles that a person holds today, to choose what to offer; the services judge for themselves."""
        return frozenset(self._runtime.roles_of(person))

    def health(self) -> dict[str, Any]:
        """Whether the log takes events, and how far each read model is behind it. Raises LogUnavailable."""
        return self._runtime.health()

    def measure(self) -> None:
        """Bring the metrics of lag and parked events up to date."""
        self._runtime.measure()
