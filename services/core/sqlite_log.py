"""The event log in one SQLite file: one writing process, whose threads share each sync to disk. An append returns only
after COMMIT."""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from services.core.envelope import NewEvent, RecordedEvent, content_hash
from services.core.file_lock import FileLock
from services.core.group_commit import GroupCommit
from services.core.log import Conflict, Duplicate, LogInUse, LogUnavailable
from services.core.sqlite_file import (
    connect,
    create_or_check,
    explained,
    file_faults,
    plain_errors,
    stored_events,
)
from services.core.sqlite_rows import Rows
from services.core.times import now_micros, to_micros
from services.core.verify import StoredEvent

INSERT = (
    "INSERT INTO events (position, stream_id, version, event_id, type_id, recorded_at, metadata, data, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SELECT = "SELECT position, stream_id, version, event_id, type_id, recorded_at, metadata, data, hash FROM events"
LAST = (
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),"
    " coalesce((SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), 0)"
)
"""The last position ever given, even when its event is gone, and when the last event was recorded."""
POLL_SECONDS = 0.05

Row = tuple[int, int, int, bytes, int, int, bytes, bytes, bytes]


class _Request:
    """One append on its way to disk."""

    __slots__ = ("error", "events", "expected", "position", "stream")

    def __init__(self, stream: str, expected: int, events: Sequence[NewEvent]) -> None:
        self.stream, self.expected, self.events = stream, expected, events
        self.error: Exception | None = None
        self.position = 0


class SqliteLog:
    """The log in one file, written by one process. A `read_only` log reads beside it.

    `clock` gives microseconds since 1970; `before_commit` runs inside the write lock before each COMMIT (for tests of
    faults and slow disks). Raises LogInUse, LogDamaged, LogTooNew or LogUnavailable when it can't be opened."""

    one_writer = True

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], int] = now_micros,
        before_commit: Callable[[], None] | None = None,
    ) -> None:
        self.path = path
        self._read_only = read_only
        self._clock = clock
        self._before_commit = before_commit
        self._closed = False
        self._commits = GroupCommit(self._commit_together)
        self._writing = threading.Lock()
        self._newer = threading.Condition()
        self._waiting = 0
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._rows = Rows()
        self._stream_ids: dict[str, int] = {}
        self._versions: dict[int, int] = {}
        self._type_ids: dict[tuple[str, int], int] = {}
        self._lock = None if read_only else self._only_writer()
        try:
            with plain_errors(path):
                self._write = self._connect()
                create_or_check(self._write, path, read_only=read_only)
                self._head: int
                self._last_recorded: int
                self._head, self._last_recorded = self._write.execute(LAST).fetchone()
        except BaseException:
            self.close()
            raise

    def _only_writer(self) -> FileLock:
        try:
            lock = FileLock(self.path.with_suffix(".lock"))
            acquired = lock.acquire()
        except OSError as error:
            raise LogUnavailable(
                f"{self.path.parent} can't be written to: {error.strerror}. Choose another DATA_DIR."
            ) from error
        if not acquired:
            raise LogInUse(
                f"{self.path.parent} is already in use by process {lock.holder()}."
                " Stop that one first, or choose another directory with DATA_DIR."
            )
        return lock

    def _connect(self) -> sqlite3.Connection:
        if self._read_only and not self.path.exists():
            raise LogUnavailable(f"There is no event log at {self.path} yet. Make one with: partnership serve")
        connection = connect(self.path, read_only=self._read_only)
        self._connections.append(connection)
        return connection

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    # Appending

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> int:
        if not events or "\n" in stream:
            raise ValueError("an append needs at least one event and a stream name on one line")
        request = _Request(stream, expected_version, events)
        self._commits.submit(request)
        if request.error is not None:
            raise request.error
        if not request.position:
            # The thread that was committing for the others was interrupted: never call that stored.
            raise LogUnavailable("The append was interrupted before it was known to be stored. Try it again.")
        return request.position

    def _commit_together(self, batch: list[_Request]) -> None:
        with self._writing:
            try:
                self._commit(batch)
            except sqlite3.IntegrityError:
                # One request holds an event id that is stored already; alone, each shows whether it is the one.
                for request in batch:
                    try:
                        self._commit([request])
                    except sqlite3.IntegrityError:
                        request.error = Duplicate(f"an event for {request.stream} is already stored in another stream")
        if self._waiting:
            with self._newer:
                self._newer.notify_all()

    def _commit(self, batch: list[_Request]) -> None:
        """One transaction for all requests that are at their expected version. Raises IntegrityError, storing
        nothing."""
        recorded_at = max(self._clock(), self._last_recorded)
        rows: list[Row] = []
        try:
            if self._closed:
                raise LogUnavailable(f"{self.path} was closed. Nothing was recorded.")
            self._write.execute("BEGIN IMMEDIATE")
            for request in batch:
                self._place(request, recorded_at, rows)
            self._write.executemany(INSERT, rows)
            if self._before_commit is not None:
                self._before_commit()
            self._write.execute("COMMIT")
        except BaseException as error:
            self._forget(batch)
            if isinstance(error, sqlite3.IntegrityError) or not isinstance(error, Exception):
                raise
            failure = explained(error, self.path) if isinstance(error, sqlite3.Error) else error
            for request in batch:
                request.error = failure
            return
        self._last_recorded = recorded_at
        self._head += len(rows)

    def _place(self, request: _Request, recorded_at: int, rows: list[Row]) -> None:
        """Add a request's rows to those of its transaction, or give it its error."""
        stream_id = self._stream_id(self._write, request.stream)
        version = self._version(stream_id) if stream_id else 0
        if version != request.expected:
            request.error = Conflict(f"{request.stream} is at version {version}, not {request.expected}")
            return
        if stream_id is None:
            stream_id = self._write.execute("INSERT INTO streams (name) VALUES (?)", (request.stream,)).lastrowid or 0
            self._stream_ids[request.stream] = stream_id
            self._rows.streams[stream_id] = request.stream
        position = self._head + len(rows)
        for event in request.events:
            position += 1
            version += 1
            type_id = self._type_ids.get((event.type, event.schema_version)) or self._new_type(event)
            digest = content_hash(event, request.stream, version, recorded_at)
            # fmt: off
            rows.append((
                position, stream_id, version, event.event_id, type_id, recorded_at, event.metadata, event.data, digest
            ))
            # fmt: on
        request.position = position
        self._versions[stream_id] = version

    def _forget(self, batch: list[_Request]) -> None:
        """Undo a transaction, and what it taught the caches."""
        if not self._closed and self._write.in_transaction:
            self._write.execute("ROLLBACK")
        for request in batch:
            request.error, request.position = None, 0
            stream_id = self._stream_ids.pop(request.stream, None)
            if stream_id is not None:
                self._versions.pop(stream_id, None)
                self._rows.streams.pop(stream_id, None)
            for event in request.events:
                self._type_ids.pop((event.type, event.schema_version), None)

    def _stream_id(self, connection: sqlite3.Connection, name: str) -> int | None:
        stream_id = self._stream_ids.get(name)
        if stream_id is None:
            row = connection.execute("SELECT id FROM streams WHERE name = ?", (name,)).fetchone()
            if row is None:
                return None
            stream_id = self._stream_ids[name] = row[0]
        return stream_id

    def _version(self, stream_id: int) -> int:
        version = self._versions.get(stream_id)
        if version is None:
            row = self._write.execute("SELECT max(version) FROM events WHERE stream_id = ?", (stream_id,)).fetchone()
            version = self._versions[stream_id] = row[0] or 0
        return version

    def _new_type(self, event: NewEvent) -> int:
        key = event.type, event.schema_version
        row = self._write.execute("SELECT id FROM types WHERE name = ? AND version = ?", key).fetchone()
        if row is None:
            row = (self._write.execute("INSERT INTO types (name, version) VALUES (?, ?)", key).lastrowid,)
        type_id: int = row[0]
        self._type_ids[key] = type_id
        return type_id

    # Reading

    def read(self, stream: str, upto: int | datetime | None = None) -> list[RecordedEvent]:
        with plain_errors(self.path), self._warm() as connection:
            stream_id = self._stream_id(connection, stream)
            if stream_id is None:
                return []
            if upto is None:
                rows = connection.execute(f"{SELECT} WHERE stream_id = ? ORDER BY version", (stream_id,))
            else:
                column, limit = ("version", upto) if isinstance(upto, int) else ("recorded_at", to_micros(upto))
                bounded = f"{SELECT} WHERE stream_id = ? AND {column} <= ? ORDER BY version"
                rows = connection.execute(bounded, (stream_id, limit))
            return self._rows.recorded(connection, rows.fetchall())

    @contextmanager
    def _warm(self) -> Iterator[sqlite3.Connection]:
        """The writing connection while nobody writes: each commit empties every other connection's cache of pages."""
        if self._closed or not self._writing.acquire(blocking=False):
            yield self._reader()
            return
        try:
            yield self._write
        finally:
            self._writing.release()

    def since(self, position: int, limit: int, types: Collection[str] | None = None) -> list[RecordedEvent]:
        with plain_errors(self.path):
            connection = self._reader()
            chosen, values = "", [position, *(types or ()), limit]
            if types is not None:
                marks = ",".join("?" * len(types))
                chosen = f" AND type_id IN (SELECT id FROM types WHERE name IN ({marks}))"
            rows = connection.execute(f"{SELECT} WHERE position > ?{chosen} ORDER BY position LIMIT ?", values)
            return self._rows.recorded(connection, rows.fetchall())

    def at(self, position: int) -> RecordedEvent:
        with plain_errors(self.path):
            connection = self._reader()
            rows = connection.execute(f"{SELECT} WHERE position = ?", (position,)).fetchall()
            if not rows:
                raise LookupError(f"there is no event at position {position}")
            return self._rows.recorded(connection, rows)[0]

    def stored(self, position: int, limit: int) -> list[StoredEvent]:
        """The events after a position as their bytes are stored, for whoever verifies or copies them."""
        with plain_errors(self.path):
            return stored_events(self._reader(), position, limit)

    def own_faults(self) -> list[str]:
        """What is wrong with the file itself; empty when nothing is."""
        with plain_errors(self.path):
            return file_faults(self._reader())

    def head(self) -> int:
        if not self._read_only:
            return self._head
        with plain_errors(self.path):
            position: int | None = self._reader().execute("SELECT max(position) FROM events").fetchone()[0]
            return position or 0

    def wait(self, position: int, timeout: float) -> bool:
        with self._newer:
            if self._read_only:
                # No notice comes from the writing process, so look again at a rate that costs nothing.
                return self._newer.wait_for(lambda: self.head() > position, min(timeout, POLL_SECONDS))
            self._waiting += 1
            try:
                return self._newer.wait_for(lambda: self._head > position, timeout)
            finally:
                self._waiting -= 1

    def close(self) -> None:
        """Close every connection and let another process write. Waiting appends are refused from then on."""
        with self._newer:
            self._newer.notify_all()
        with self._writing:
            self._closed = True
            for connection in self._connections:
                connection.close()
        if self._lock is not None:
            self._lock.release()
