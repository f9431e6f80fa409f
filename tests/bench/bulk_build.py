"""The school timeline built by hand, as fast as sqlite3 goes: a fresh file, no journal, the index last."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from services.core.log import PAGE
from services.core.sqlite_file import connect
from services.core.times import london_day
from tests.bench.events import VisitNoted

Rows = Sequence[tuple[Any, ...]]

ROWS_AT_A_TIME = 10_000
HOUR = 3_600_000_000
PRAGMAS = "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"
SELECT = "SELECT position, recorded_at, metadata, data FROM events WHERE position > ? ORDER BY position LIMIT ?"
INSERT = "INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
TABLES = """
CREATE TABLE timeline (
    position BIGINT NOT NULL, urn INTEGER NOT NULL, effective_on VARCHAR(10) NOT NULL, recorded_at BIGINT NOT NULL,
    type VARCHAR NOT NULL, service VARCHAR NOT NULL, says VARCHAR NOT NULL, actor VARCHAR NOT NULL,
    role VARCHAR NOT NULL, reason VARCHAR
);
CREATE TABLE event_count (
    month VARCHAR(7) NOT NULL, type VARCHAR NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (month, type)
);
CREATE TABLE checkpoint (position BIGINT NOT NULL);
"""
INDEX = "CREATE INDEX timeline_of_school ON timeline (urn, effective_on, position)"
CONTENTS = (
    "SELECT * FROM timeline ORDER BY position, urn",
    "SELECT * FROM event_count ORDER BY month, type",
    "SELECT position FROM checkpoint",
)


class About(msgspec.Struct, gc=False):
    """What the timeline shows of the metadata."""

    actor: str
    role: str
    effective_on: str
    reason: str | None = None


def build(log: Path, path: Path) -> None:
    """Build from every event of a log, durably, under the name `path`."""
    path.unlink(missing_ok=True)
    with (
        closing(connect(log, read_only=True)) as source,
        closing(sqlite3.connect(path, isolation_level=None)) as target,
    ):
        for pragma in PRAGMAS:
            target.execute(f"PRAGMA {pragma}")
        target.executescript(TABLES)
        target.execute("BEGIN")
        position, counts = fold(source, partial(target.executemany, INSERT))
        target.executemany("INSERT INTO event_count VALUES (?, ?, ?)", counts)
        target.execute("INSERT INTO checkpoint VALUES (?)", (position,))
        target.execute(INDEX)
        target.execute("COMMIT")
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


def fold(source: sqlite3.Connection, write: Callable[[Rows], object]) -> tuple[int, Rows]:
    """Write the timeline, many rows at a time; gives the last position and the rows of counters."""
    decode_data, decode_about = msgspec.json.Decoder(VisitNoted).decode, msgspec.json.Decoder(About).decode
    hours: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []
    position = 0
    while page := source.execute(SELECT, (position, PAGE)).fetchall():
        for position, recorded_at, metadata, data in page:
            noted, about = decode_data(data), decode_about(metadata)
            rows.append(
                (
                    position,
                    noted.urn,
                    about.effective_on,
                    recorded_at,
                    "bench.VisitNoted",
                    "bench",
                    noted.says(),
                    about.actor,
                    about.role,
                    about.reason,
                )
            )
            hour = recorded_at // HOUR
            hours[hour] = hours.get(hour, 0) + 1
        if len(rows) >= ROWS_AT_A_TIME:
            write(rows)
            rows.clear()
    write(rows)
    months: dict[str, int] = {}
    for hour, events in hours.items():
        month = london_day(hour * HOUR).isoformat()[:7]
        months[month] = months.get(month, 0) + events
    return position, [(month, "bench.VisitNoted", events) for month, events in months.items()]


def same(one: Path, other: Path) -> bool:
    """True when both files hold the same timeline, the same counters and the same checkpoint."""
    with closing(sqlite3.connect(one)) as first, closing(sqlite3.connect(other)) as second:
        return all(
            left == right
            for query in CONTENTS
            for left, right in zip_longest(first.execute(query), second.execute(query))
        )
