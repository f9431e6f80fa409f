"""The file under the SQLite log: its tables, how it is opened and checked, its errors in words a user can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.core.file_lock import FileLock
from services.core.log import LogDamaged, LogInUse, LogTooNew, LogUnavailable
from services.core.verify import StoredEvent

APPLICATION_ID = 0x53495050
FORMAT = 1

# Stream and type ids are small integers in the order of creation: text keys would dirty one index leaf for each event.
SCHEMA = """
CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (name, version));
CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    event_id BLOB NOT NULL UNIQUE,
    type_id INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    metadata BLOB NOT NULL,
    data BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stream_id, version)
);
CREATE VIEW readable_events AS
    SELECT position, streams.name AS stream, events.version, types.name AS type, types.version AS schema_version,
           datetime(recorded_at / 1000000, 'unixepoch') AS recorded_at, CAST(metadata AS TEXT) AS metadata,
           CAST(data AS TEXT) AS data, lower(hex(hash)) AS hash
    FROM events JOIN streams ON streams.id = stream_id JOIN types ON types.id = type_id;
"""

# Cast, because a column that was altered by hand may hold another kind of value than the one it was declared with.
STORED = """
SELECT position, CAST(streams.name AS BLOB), CAST(events.version AS INTEGER), CAST(types.name AS BLOB),
       types.version, CAST(recorded_at AS INTEGER), CAST(event_id AS BLOB), CAST(metadata AS BLOB),
       CAST(data AS BLOB), CAST(hash AS BLOB)
FROM events LEFT JOIN streams ON streams.id = stream_id LEFT JOIN types ON types.id = type_id
WHERE position > ? ORDER BY position LIMIT ?
"""

INSERT = (
    "INSERT INTO events (position, stream_id, version, event_id, type_id, recorded_at, metadata, data, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
LAST = (
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),"
    " coalesce((SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), 0)"
)
"""The last position ever given, even when its event is gone, and when the last event was recorded."""


def only_writer(path: Path) -> FileLock:
    """The lock that whoever writes the log at this path holds. Raises LogInUse while another process does."""
    try:
        lock = FileLock(path.with_suffix(".lock"))
        acquired = lock.acquire()
    except OSError as error:
        raise LogUnavailable(
            f"{path.parent} can't be written to: {error.strerror}. Choose another DATA_DIR."
        ) from error
    if not acquired:
        raise LogInUse(
            f"{path.parent} is already in use by process {lock.holder()}."
            " Stop that one first, or choose another directory with DATA_DIR."
        )
    return lock


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A durable connection. A read-only one may still make the files that SQLite needs to read beside a writer."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'rw' if read_only else 'rwc'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=30,
    )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute(f"PRAGMA query_only = {int(read_only)}")
    return connection


def create_or_check(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Make the tables in a new file; refuse a file that is not a log or that a newer version wrote."""
    if not read_only and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};{SCHEMA}COMMIT;"
        )
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LogDamaged(
            f"{path} is not an event log of this platform. Restore it from a backup, or choose another DATA_DIR."
        )
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > FORMAT:
        raise LogTooNew(
            f"{path} was written by a newer version of this software (format {found}; this one reads {FORMAT})."
            " Start the newer version."
        )


def stored_events(connection: sqlite3.Connection, position: int, limit: int) -> list[StoredEvent]:
    """The events after a position as their bytes are stored, none of them decoded."""
    return [
        StoredEvent(at, _text(stream), version, _text(kind), schema_version or 0, *rest)
        for at, stream, version, kind, schema_version, *rest in connection.execute(STORED, (position, limit))
    ]


def _text(name: bytes | None) -> str | None:
    return None if name is None else name.decode(errors="replace")


def file_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own check finds, and whether events were taken from the end. Empty when all is well."""
    faults = [found for (found,) in connection.execute("PRAGMA integrity_check(20)") if found != "ok"]
    given = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'events'").fetchone()[0] or 0
    last = connection.execute("SELECT max(position) FROM events").fetchone()[0] or 0
    if last < given:
        faults.append(f"the last event should be at position {given}, and the log ends at {last}")
    return faults


def explained(error: sqlite3.Error, path: Path) -> LogUnavailable:
    """What went wrong and what to do about it."""
    words = str(error)
    if "full" in words:
        return LogUnavailable(
            f"The disk that holds {path.parent} is full. Nothing was recorded; free some space and try again."
        )
    if "malformed" in words or "not a database" in words:
        return LogDamaged(f"{path} is damaged ({words}). Nothing was recorded; restore it from a backup.")
    return LogUnavailable(f"{path} can't be used ({words}). Nothing was recorded.")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Inside, SQLite's errors become LogUnavailable or LogDamaged."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error
