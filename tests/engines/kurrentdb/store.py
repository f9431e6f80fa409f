"""What the stand-in stores: one SQLite file, synced before an append is answered, so that kill -9 loses nothing.

Positions are like byte offsets: they rise by what an event takes, and so leave gaps."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from services.core.group_commit import GroupCommit

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
    content_type TEXT NOT NULL, created INTEGER NOT NULL, metadata BLOB NOT NULL, data BLOB NOT NULL,
    UNIQUE (stream, revision)
);
"""
RECORD_BYTES = 120
ANY, EXISTS, NO_STREAM = -2, -4, -1
"""What may be expected of a stream instead of a revision."""


class Proposed(msgspec.Struct, frozen=True):
    """An event to store."""

    id: str
    type: str
    content_type: str
    metadata: bytes
    data: bytes


class Stored(msgspec.Struct, frozen=True):
    """An event as it is stored; `created` is in ticks of 100 ns since 1970."""

    position: int
    stream: str
    revision: int
    id: str
    type: str
    content_type: str
    created: int
    metadata: bytes
    data: bytes


class WrongRevision(Exception):
    """The stream's last revision is another one; NO_STREAM when it has none."""

    def __init__(self, current: int) -> None:
        self.current = current


class _Append:
    """One append on its way to disk, and what came of it."""

    def __init__(self, stream: str, expected: int, events: Sequence[Proposed]) -> None:
        self.stream, self.expected, self.events = stream, expected, events
        self.position = self.revision = 0
        self.error: Exception | None = None


class Store:
    """Every event of one directory. `appended` is told of each append that was stored."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._path = directory / "stand-in.db"
        self._writer = self._connect()
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute("PRAGMA synchronous = FULL")
        self._writer.executescript(SCHEMA)
        self._commits = GroupCommit(self._commit)
        self.appended = threading.Condition()
        # A real server keeps writing events of its own, which readers are to leave out.
        self.append("$stats-stand-in", ANY, [Proposed(str(time.time_ns()), "$statsCollected", "", b"", b"{}")])

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=30)

    def append(self, stream: str, expected: int, events: Sequence[Proposed]) -> tuple[int, int]:
        """The position and revision of the last event, once all are on disk. Raises WrongRevision.

        Events that are stored already, right behind the expected revision, are not stored again: that is a success."""
        append = _Append(stream, expected, events)
        self._commits.submit(append)
        if append.error is not None:
            raise append.error
        return append.position, append.revision

    def _commit(self, appends: list[_Append]) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        for append in appends:
            try:
                self._place(append)
            except WrongRevision as error:
                append.error = error
        self._writer.execute("COMMIT")
        with self.appended:
            self.appended.notify_all()

    def _place(self, append: _Append) -> None:
        current = self._last_revision(append.stream)
        if append.expected == ANY or (append.expected == EXISTS and current != NO_STREAM):
            append.expected = current
        if append.expected != current:
            append.position, append.revision = self._stored_before(append, current)
            return
        append.revision = current
        for event in append.events:
            append.revision += 1
            append.position = self._next_position(event)
            row = (append.position, append.stream, append.revision, event.id, event.type, event.content_type)
            self._writer.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, time.time_ns() // 100, event.metadata, event.data),
            )

    def _stored_before(self, append: _Append, current: int) -> tuple[int, int]:
        found = self._writer.execute(
            "SELECT id, position, revision FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?",
            (append.stream, append.expected, len(append.events)),
        ).fetchall()
        if append.expected > current or [row[0] for row in found] != [event.id for event in append.events]:
            raise WrongRevision(current)
        return found[-1][1], found[-1][2]

    def _last_revision(self, stream: str) -> int:
        query = "SELECT max(revision) FROM events WHERE stream = ?"
        last: int | None = self._writer.execute(query, (stream,)).fetchone()[0]
        return NO_STREAM if last is None else last

    def _next_position(self, event: Proposed) -> int:
        last: int | None = self._writer.execute("SELECT max(position) FROM events").fetchone()[0]
        return (last or 0) + RECORD_BYTES + len(event.metadata) + len(event.data)

    def of_stream(self, stream: str, revision: int, *, backwards: bool = False) -> Iterator[Stored]:
        """A stream's events from a revision, that one first."""
        return self._read("stream = ? AND revision", (stream,), revision, "revision", backwards=backwards)

    def of_all(self, position: int, *, backwards: bool = False) -> Iterator[Stored]:
        """Every event from a position, that one first."""
        return self._read("position", (), position, "position", backwards=backwards)

    def _read(
        self, where: str, values: tuple[str, ...], start: int, order: str, *, backwards: bool
    ) -> Iterator[Stored]:
        compare, direction = ("<=", "DESC") if backwards else (">=", "ASC")
        with closing(self._connect()) as connection:
            query = f"SELECT * FROM events WHERE {where} {compare} ? ORDER BY {order} {direction}"
            for row in connection.execute(query, (*values, start)):
                yield Stored(*row)
