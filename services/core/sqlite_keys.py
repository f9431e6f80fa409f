"""Wrapped keys in a file of their own."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from services.core.sqlite_file import plain_errors
from services.core.wrapped_keys import Erased


class SqliteKeys:
    """Raises LogUnavailable when the file can't be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with plain_errors(path), contextlib.ExitStack() as on_failure:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            on_failure.callback(self._db.close)
            path.chmod(0o600)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
            self._db.execute("CREATE TABLE IF NOT EXISTS erased (person TEXT PRIMARY KEY)")
            on_failure.pop_all()

    def get(self, person: str) -> bytes | None:
        found = self._ask("SELECT wrapped FROM keys WHERE person = ?", person)
        return found[0][0] if found else None

    def keep(self, person: str, wrapped: bytes) -> bytes:
        with self._lock, plain_errors(self._path):
            # One statement, so that nobody can be erased between the look and the write.
            self._db.execute(
                "INSERT OR IGNORE INTO keys SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE person = ?1)",
                (person, wrapped),
            )
        kept = self.get(person)
        if kept is None:
            raise Erased
        return kept

    def destroy(self, person: str) -> bool:
        with self._lock, plain_errors(self._path):
            # First say that the person is erased: from then on no other key is made for them.
            self._db.execute("INSERT OR IGNORE INTO erased (person) VALUES (?)", (person,))
            gone = self._db.execute("DELETE FROM keys WHERE person = ?", (person,)).rowcount
            # Until it is folded back into the file, the journal still holds the key as it was.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return gone > 0

    def all(self) -> Iterator[tuple[str, bytes]]:
        yield from self._ask("SELECT person, wrapped FROM keys ORDER BY person")

    def destroyed(self) -> Iterator[str]:
        return (person for (person,) in self._ask("SELECT person FROM erased ORDER BY person"))

    def close(self) -> None:
        self._db.close()

    def _ask(self, sql: str, *values: str) -> list[Any]:
        with self._lock, plain_errors(self._path):
            return self._db.execute(sql, values).fetchall()
