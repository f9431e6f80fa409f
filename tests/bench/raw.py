"""The raw limit: plain sqlite3 on a file laid out and opened like our log's, given ready rows."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from services.core.sqlite_file import connect, create_or_check

Rows = Sequence[tuple[Any, ...]]

_COLUMNS = "stream_id, version, event_id, type_id, recorded_at, metadata, data, hash"
_INSERT = f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def create(path: Path) -> sqlite3.Connection:
    """An empty file with the tables, indexes and durability of our log."""
    connection = connect(path, read_only=False)
    create_or_check(connection, path, read_only=False)
    return connection


def stored(path: Path, after: int = 0) -> Rows:
    """The rows of a log after a position, byte for byte, without their position."""
    select = f"SELECT {_COLUMNS} FROM events WHERE position > ? ORDER BY position"
    connection = connect(path, read_only=True)
    rows = connection.execute(select, (after,)).fetchall()
    connection.close()
    return rows


def insert(
    connection: sqlite3.Connection, rows: Rows, size: int = 1, before_commit: Callable[[], None] | None = None
) -> None:
    """Store the rows in transactions of `size`."""
    for start in range(0, len(rows), size):
        connection.execute("BEGIN IMMEDIATE")
        if size == 1:
            connection.execute(_INSERT, rows[start])
        else:
            connection.executemany(_INSERT, rows[start : start + size])
        if before_commit is not None:
            before_commit()
        connection.execute("COMMIT")
