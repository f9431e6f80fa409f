"""Read models folded from the log. A projection gets events and a cursor, nothing else: it cannot send, call or decide.

::

    schools = Projection("scheduling.schools", version=1, tables=[school])

    @schools.on(SchoolRegistered)
    def registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
        work.put(school, urn=event.urn, name=event.name)
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table

from services.core.envelope import RecordedEvent
from services.core.events import Event, Undecodable, type_registry
from services.core.work import Work

E = TypeVar("E", bound=Event)
Handler = Callable[[E, RecordedEvent, Work], None]


class Projection:
    """Tables and how events fold into them. Raise `version` whenever the tables or the fold change: the next start
    builds the new shape beside the old one. A name is `service.noun`."""

    def __init__(self, name: str, *, version: int, tables: Sequence[Table]) -> None:
        self.name, self.version, self.tables = name, version, tuple(tables)
        self._handlers: dict[str, Handler[Any]] = {}
        self._every: Handler[Any] | None = None

    def on(self, *types: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        """Fold events of these types with the decorated function."""

        def register(handler: Handler[E]) -> Handler[E]:
            for cls in types:
                if cls.type_name in self._handlers:
                    raise ValueError(f"{self.name} folds {cls.type_name} twice")
                self._handlers[cls.type_name] = handler
            return handler

        return register

    def on_every(self, handler: Handler[Event]) -> Handler[Event]:
        """Fold every type of event with the decorated function."""
        self._every = handler
        return handler

    @property
    def types(self) -> list[str] | None:
        """The event types that it folds; None for all."""
        return None if self._every else list(self._handlers)

    def fold(self, events: Sequence[RecordedEvent], work: Work) -> None:
        """Fold events into the work, in order. Raises whatever a handler raises, or Unreadable."""
        handler_of, every = self._handlers.get, self._every
        for recorded in events:
            handler = handler_of(recorded.type, every)
            if handler is not None:
                data = recorded.data
                if type(data) is Undecodable:
                    raise Unreadable(data.error)
                handler(data, recorded, work)


class Unreadable(Exception):
    """The event's bytes could not be turned into its type."""


def check_types(projections: Sequence[Projection]) -> None:
    """Every folded type must be registered; raises ValueError naming the one that is not."""
    for projection in projections:
        for name in projection.types or ():
            if name not in type_registry:
                raise ValueError(f"{projection.name} folds {name}, which no service declares")
