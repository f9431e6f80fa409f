"""The event log: what every log does, whatever it is made of."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from services.core.envelope import NewEvent, RecordedEvent

PAGE = 1_000


class Conflict(Exception):
    """The stream was not at the version that the writer had read."""


class Duplicate(Exception):
    """An event with this id is already stored, in another stream."""


class LogUnavailable(Exception):
    """Nothing was recorded; the text says why and what to do."""


class OutcomeUnknown(Exception):
    """It was sent and no answer came, so it may have been recorded. The same command sent again has one effect."""


class LogInUse(LogUnavailable):
    """Another process is writing this log."""


class LogDamaged(LogUnavailable):
    """The stored log can't be read as a log."""


class LogTooNew(LogUnavailable):
    """The log was written by a newer version of the software."""


class EventLog(Protocol):
    """Positions are opaque increasing integers; versions count a stream's events from 1; version 0 is an empty
    stream."""

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> int:
        """Store events at the end of a stream, all or none, durably; gives the last position.

        Raises Conflict when the stream is not at `expected_version`, Duplicate, LogUnavailable."""

    def read(self, stream: str, upto: int | datetime | None = None) -> list[RecordedEvent]:
        """A stream's events in order: all, up to a version, or those recorded up to an instant."""

    def since(self, position: int, limit: int, types: Collection[str] | None = None) -> list[RecordedEvent]:
        """Events after `position` in one global order that never gains an earlier event."""

    def at(self, position: int) -> RecordedEvent:
        """The event at a position that this log gave. Raises LookupError when there is none."""

    def wait(self, position: int, timeout: float) -> bool:
        """Wait until something newer than `position` exists, or for `timeout` seconds; True when it does."""

    def head(self) -> int:
        """The position of the last event; 0 when there is none."""

    def close(self) -> None: ...


def pages(log: EventLog, after: int = 0, types: Collection[str] | None = None) -> Iterator[list[RecordedEvent]]:
    """Every event after a position, a page at a time, up to the end as it is when reached."""
    while page := log.since(after, PAGE, types):
        yield page
        after = page[-1].position


def count(log: EventLog, after: int = 0) -> int:
    """How many events the log holds after a position: positions may leave gaps."""
    return sum(map(len, pages(log, after)))
