"""The event log in EventStoreDB / KurrentDB, which many processes write and read at once.

Positions are the server's commit positions: they rise, with gaps. Our versions count from 1, the server's from 0. The
database is the platform's alone; how an event lies in it is told in kurrentdb_events.py.

What it can't do that SQLite can: tell that an event id is stored in another stream. So `append` never raises Duplicate.
Event ids are made of command ids, and a command names its stream, so that takes a fault in our own code.

Recorded times never go back in a stream. Between streams they may, by the moment that two appends take at once, or by
what two machines' clocks differ."""

import sys
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from kurrentdbclient import StreamState
from kurrentdbclient.exceptions import InvalidCommitPositionError, NotFoundError, WrongCurrentVersionError

from services.core.envelope import NewEvent, RecordedEvent
from services.core.kurrentdb_connection import CALL_SECONDS, PATIENCE_SECONDS, Connection
from services.core.kurrentdb_events import NOT_OURS, Proposed, Reader, Served, only, proposed, stored
from services.core.kurrentdb_head import Head
from services.core.log import Conflict
from services.core.times import now_micros, to_micros
from services.core.verify import StoredEvent

SCAN_SECONDS = 30.0
"""How long one page of certain types may take: the server looks through everything that lies between them."""


class KurrentDbLog:
    """`url` is KURRENTDB_URL; `clock` gives microseconds since 1970; `patience` is how many seconds a call is tried
    again while the server is away.

    Raises LogUnavailable when the server can't be reached."""

    one_writer = False

    def __init__(self, url: str, *, clock: Callable[[], int] = now_micros, patience: float = PATIENCE_SECONDS) -> None:
        self._clock = clock
        self._recording = threading.Lock()
        self._last_recorded = 0
        self._reader = Reader()
        self._connection = Connection(url, patience)
        self._head = Head(self._connection)
        try:
            self._read_all(None, 1, backwards=True)
        except BaseException:
            self._connection.close()
            raise
        self._head.start()

    # Appending

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> int:
        if not events or "\n" in stream:
            raise ValueError("an append needs at least one event and a stream name on one line")
        with self._recording:
            recorded_at = self._last_recorded = max(self._clock(), self._last_recorded)
        numbered = enumerate(events, expected_version + 1)
        return self.store(
            stream, expected_version, [proposed(event, stream, version, recorded_at) for version, event in numbered]
        )

    def store(self, stream: str, expected_version: int, events: Sequence[Proposed]) -> int:
        """Append events that have their hash and their recorded time already; otherwise as `append`."""
        current = expected_version - 1 if expected_version else StreamState.NO_STREAM
        try:
            position = self._connection.call(lambda streams, how: streams.batch_append(stream, current, events, **how))
        except WrongCurrentVersionError as error:
            raise Conflict(f"{stream} is not at version {expected_version}: {error}") from error
        # An append that was sent again because its answer was lost may be answered without a position.
        position = position or self.read(stream, upto=expected_version + len(events))[-1].position
        self._head.reached(position)
        return position

    # Reading

    def read(self, stream: str, upto: int | datetime | None = None) -> list[RecordedEvent]:
        limit = upto if isinstance(upto, int) else sys.maxsize
        if limit < 1:
            return []
        try:
            served = self._connection.call(
                lambda streams, how: tuple(streams.read(stream_name=stream, limit=limit, **how))
            )
        except NotFoundError:
            return []
        events = self._recorded(served)
        if isinstance(upto, datetime):
            until = to_micros(upto)
            events = [event for event in events if event.recorded_at <= until]
        return events

    def since(self, position: int, limit: int, types: Collection[str] | None = None) -> list[RecordedEvent]:
        return self._recorded(self._after(position, limit, types))

    def stored(self, position: int, limit: int) -> list[StoredEvent]:
        """The events after a position as their bytes are stored, for whoever verifies or copies them."""
        return [stored(event) for event in self._after(position, limit, None)]

    def own_faults(self) -> list[str]:
        """What is wrong with the engine's own files: it checks those itself."""
        return []

    def at(self, position: int) -> RecordedEvent:
        if position > self.head():
            # What another process has just recorded may not have been told here yet.
            self._read_all(None, 1, backwards=True)
        try:
            found = self._read_all(position, 1) if 0 < position <= self.head() else []
        except InvalidCommitPositionError:
            found = []
        if not found or found[0].position != position:
            raise LookupError(f"there is no event at position {position}")
        return found[0]

    def _after(self, position: int, limit: int, types: Collection[str] | None) -> Sequence[Served]:
        if types is not None and not types:
            return ()
        # A read from a position begins with the event that stands there.
        served = self._served(position or None, limit + 1, types)
        return [event for event in served if event.commit_position > position][:limit]

    def _read_all(self, position: int | None, limit: int, *, backwards: bool = False) -> list[RecordedEvent]:
        return self._recorded(self._served(position, limit, None, backwards=backwards))

    def _served(
        self, position: int | None, limit: int, types: Collection[str] | None, *, backwards: bool = False
    ) -> Sequence[Served]:
        return self._connection.call(
            lambda streams, how: tuple(
                streams.read(
                    commit_position=position,
                    limit=limit,
                    backwards=backwards,
                    filter_include=() if types is None else (only(types),),
                    filter_exclude=NOT_OURS,
                    **how,
                )
            ),
            CALL_SECONDS if types is None else SCAN_SECONDS,
        )

    def _recorded(self, served: Sequence[Served]) -> list[RecordedEvent]:
        events = [self._reader.recorded(event) for event in served]
        if events:
            self._head.reached(max(events[0].position, events[-1].position))
            # Whoever appends to a stream has read it: so its times do not go back, whatever another machine's clock
            # says.
            if (latest := max(event.recorded_at for event in events)) > self._last_recorded:
                with self._recording:
                    self._last_recorded = max(latest, self._last_recorded)
        return events

    # Keeping up

    def head(self) -> int:
        return self._head.position

    def wait(self, position: int, timeout: float) -> bool:
        return self._head.wait(position, timeout)

    def close(self) -> None:
        """Waiting calls are refused from then on."""
        self._connection.close()
        self._head.close()
