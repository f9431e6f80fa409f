"""Reads the whole log as it is stored and names every event that is not as it was recorded.

A hash shows any change of what it covers. It can't show a change by someone who makes the hashes anew as well."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Protocol

import msgspec

from services.core.envelope import Metadata, NewEvent, content_hash
from services.core.events import Event, decoder
from services.core.log import PAGE, EventLog

_metadata = msgspec.json.Decoder(Metadata)


class StoredEvent(msgspec.Struct, frozen=True, gc=False):
    """One event as its bytes lie in the log. The names of its stream or type are None when nothing says them."""

    position: int
    stream: str | None
    version: int
    type: str | None
    schema_version: int
    recorded_at: int
    event_id: bytes
    metadata: bytes
    data: bytes
    hash: bytes

    @property
    def as_new(self) -> NewEvent:
        """What was asked to be stored."""
        return NewEvent(self.event_id, str(self.type), self.schema_version, self.metadata, self.data)

    @property
    def hash_now(self) -> bytes:
        return content_hash(self.as_new, str(self.stream), self.version, self.recorded_at)


class StoredLog(EventLog, Protocol):
    """A log that shows its bytes as they lie."""

    one_writer: bool
    """Whether one process writes it all: then positions run on without a gap and recorded times never go back. Where
    many do, that holds of each stream's versions and times."""

    def stored(self, position: int, limit: int) -> list[StoredEvent]:
        """The events after a position as their bytes are stored, for whoever verifies or copies them."""

    def own_faults(self) -> list[str]:
        """What is wrong with the engine's own files, as far as it can be asked; empty when nothing is."""


def stored_pages(log: StoredLog, after: int = 0) -> Iterator[list[StoredEvent]]:
    """The stored bytes of every event after a position, a page at a time, up to the end as it is when reached."""
    while page := log.stored(after, PAGE):
        yield page
        after = page[-1].position


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, and at which position, stream and version; position 0 when it is the file as a whole."""

    position: int
    stream: str
    version: int
    wrong: str


class Verifier:
    """Takes the events of a log from the first; remembers the last version and time of each stream."""

    def __init__(self, *, one_writer: bool) -> None:
        self.events = 0
        self._one_writer = one_writer
        self._position = 0
        self._recorded_at = 0
        self._streams: dict[str, tuple[int, int]] = {}

    def check(self, stored: Iterable[StoredEvent]) -> Iterator[Fault]:
        """Every fault of the next events, in the order of the log."""
        for event in stored:
            for wrong in self._faults(event):
                yield Fault(event.position, event.stream or "", event.version, wrong)
            self.events += 1
            self._position = event.position
            self._recorded_at = event.recorded_at
            self._streams[event.stream or ""] = event.version, event.recorded_at

    def _faults(self, event: StoredEvent) -> Iterator[str]:
        if event.hash_now != event.hash:
            yield "its content is not what was recorded (the hash differs)"
        before, recorded_at = self._streams.get(event.stream or "", (0, 0))
        if self._one_writer:
            recorded_at = self._recorded_at
        if self._one_writer and event.position != self._position + 1:
            missing = event.position - self._position - 1
            yield f"{missing} event{'s' if missing > 1 else ''} before it {'are' if missing > 1 else 'is'} missing"
        if event.version != before + 1:
            yield f"version {before + 1} of its stream should be here"
        if event.recorded_at < recorded_at:
            yield "it was recorded before the event that it follows"
        if unreadable := _unreadable(event):
            yield unreadable


def _unreadable(event: StoredEvent) -> str | None:
    """Why today's code can't read an event; None when it can."""
    try:
        _metadata.decode(event.metadata)
        _decoder(str(event.type), event.schema_version)(event.data)
    except Exception as error:  # whatever the bytes hold, the events after them must be looked at too
        return f"it can't be read: {error}"
    return None


@cache
def _decoder(name: str, version: int) -> Callable[[bytes], Event]:
    return decoder(name, version)
