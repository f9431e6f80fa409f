"""An entry of a school's timeline, the same whether it comes from the read model or straight from the log."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from services.core.deciders import Damaged
from services.core.envelope import RecordedEvent, as_json
from services.core.events import Event, Undecodable
from services.core.keys import Sealed
from services.core.times import end_of_london_day

SEALED, ERASED = "sealed", "erased"
"""What stands where a personal field would be shown."""


class Entry(Struct, frozen=True):
    """One fact: true in the world from `effective_on`, recorded at `recorded_at` (UTC) by `actor` in a role.

    Where it does not open for who asks, it says that it happened and when, and nothing of who and why."""

    position: int
    effective_on: date
    recorded_at: datetime
    type: str
    service: str
    says: str
    actor: str
    role: str
    reason: str | None
    opens: bool = True

    def outlined(self) -> "Entry":
        """The entry for those who may not open it."""
        return replace(self, actor="", role="", reason=None, opens=False)


class EntryOpened(Struct, frozen=True):
    """Everything that is stored of one fact. `data` is its event as JSON values, personal fields shown as `SEALED`, or
    as `ERASED` once they can't be opened by anybody; `as_recorded` tells whether its hash, made again, is the same."""

    entry: Entry
    stream: str
    version: int
    event_id: UUID
    command_id: UUID
    correlation_id: UUID
    causation_id: UUID
    hash: str
    as_recorded: bool
    data: dict[str, Any]


class Dials(Struct, frozen=True):
    """The two dials: facts that are true on one day, as far as they were known by the end of another (London).

    A dial that is None shows everything."""

    true_on: date | None = None
    known_on: date | None = None

    @property
    def known_before(self) -> int | None:
        """The instant, in microseconds since 1970, before which a fact must have been recorded."""
        if self.known_on is None or self.known_on == date.max:  # the last day has no end that a datetime can hold
            return None
        return end_of_london_day(self.known_on)

    def show(self, recorded: RecordedEvent) -> bool:
        before = self.known_before
        return (before is None or recorded.recorded_at < before) and (
            self.true_on is None or recorded.metadata.effective_on <= self.true_on
        )


def readable(recorded: RecordedEvent) -> Event:
    """The event's data. Raises Damaged where it can't be read."""
    if isinstance(recorded.data, Undecodable):
        raise Damaged(f"{recorded.stream} at version {recorded.version}: {recorded.data.error}")
    return recorded.data


def entry(recorded: RecordedEvent) -> Entry:
    """The timeline's entry of an event. Raises Damaged."""
    metadata = recorded.metadata
    return Entry(
        position=recorded.position,
        effective_on=metadata.effective_on,
        recorded_at=recorded.recorded,
        type=recorded.type,
        service=recorded.type.partition(".")[0],
        says=readable(recorded).says(),
        actor=metadata.actor,
        role=metadata.role,
        reason=metadata.reason,
    )


def opened(
    recorded: RecordedEvent, event: Event, unseal: Callable[[Sealed], str | None], *, as_recorded: bool
) -> EntryOpened:
    """An entry with all that is stored of it; `event` is its data, or what is shown in place of that. Raises
    Damaged."""
    metadata, data = recorded.metadata, as_json(event)

    def kept(field: str) -> str:
        sealed = Sealed(data["person"], recorded.event_id, field, data[field])
        return ERASED if unseal(sealed) is None else SEALED

    return EntryOpened(
        entry=entry(recorded),
        stream=recorded.stream,
        version=recorded.version,
        event_id=recorded.id,
        command_id=metadata.command_id,
        correlation_id=metadata.correlation_id,
        causation_id=metadata.causation_id,
        hash=recorded.hash.hex(),
        as_recorded=as_recorded,
        data=data | {field: kept(field) for field in event.personal_fields if data[field] is not None},
    )
