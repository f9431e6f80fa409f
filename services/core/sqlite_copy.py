"""Another log's events written into a file as they are: ids, versions, times and hashes, a page to a transaction."""

from pathlib import Path

from services.core.log import Conflict
from services.core.sqlite_file import INSERT, LAST, connect, create_or_check, only_writer, plain_errors
from services.core.verify import StoredEvent


class SqliteCopy:
    """Writes at the end of the log in one file, which it makes. Positions run on from the last.

    Raises LogUnavailable when the file can't be used, or LogInUse while another process writes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = only_writer(path)
        try:
            with plain_errors(path):
                self._db = connect(path, read_only=False)
                create_or_check(self._db, path, read_only=False)
                self._streams: dict[str, int] = dict(self._db.execute("SELECT name, id FROM streams"))
                types = self._db.execute("SELECT name, version, id FROM types")
                self._types: dict[tuple[str, int], int] = {(name, version): number for name, version, number in types}
        except BaseException:
            self._lock.release()
            raise

    def take(self, events: list[StoredEvent]) -> None:
        """Store these, all or none. Raises Conflict when one is not the next of its stream."""
        with plain_errors(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._insert(events)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def _insert(self, events: list[StoredEvent]) -> None:
        versions: dict[int, int] = {}
        position: int = self._db.execute(LAST).fetchone()[0]
        rows = []
        for event in events:
            position += 1
            stream = self._stream(str(event.stream))
            before = versions[stream] if stream in versions else self._version(stream)
            if event.version != before + 1:
                raise Conflict(f"{event.stream} is at version {before}: version {event.version} can't follow")
            versions[stream] = event.version
            kind = self._type(str(event.type), event.schema_version)
            # fmt: off
            rows.append((
                position, stream, event.version, event.event_id, kind, event.recorded_at, event.metadata, event.data,
                event.hash,
            ))
            # fmt: on
        self._db.executemany(INSERT, rows)

    def _stream(self, name: str) -> int:
        if name not in self._streams:
            self._streams[name] = self._db.execute("INSERT INTO streams (name) VALUES (?)", (name,)).lastrowid or 0
        return self._streams[name]

    def _version(self, stream: int) -> int:
        query = "SELECT coalesce(max(version), 0) FROM events WHERE stream_id = ?"
        version: int = self._db.execute(query, (stream,)).fetchone()[0]
        return version

    def _type(self, name: str, version: int) -> int:
        if (name, version) not in self._types:
            insert = "INSERT INTO types (name, version) VALUES (?, ?)"
            self._types[name, version] = self._db.execute(insert, (name, version)).lastrowid or 0
        return self._types[name, version]

    def close(self) -> None:
        self._db.close()
        self._lock.release()
