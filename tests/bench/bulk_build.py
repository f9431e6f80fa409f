"""The read model of the benchmark built by hand, as fast as sqlite3 goes: a fresh file, no journal, the index last."""

import os
import sqlite3
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import msgspec

from services.core.log import PAGE
from services.core.sqlite_file import connect
from tests.bench.events import VisitNoted

ROWS_AT_A_TIME = 10_000
SELECT = "SELECT position, recorded_at, metadata, data FROM events WHERE position > ? ORDER BY position LIMIT ?"
TABLES = """
CREATE TABLE timeline (
    urn INTEGER NOT NULL, position INTEGER NOT NULL, effective_on DATE NOT NULL, recorded_at INTEGER NOT NULL,
    type VARCHAR NOT NULL, says VARCHAR NOT NULL
);
CREATE TABLE counters (urn INTEGER NOT NULL PRIMARY KEY, visits INTEGER NOT NULL, minutes INTEGER NOT NULL);
CREATE TABLE checkpoint (position INTEGER NOT NULL);
"""


class EffectiveOn(msgspec.Struct):
    """The one field of the metadata that the timeline needs."""

    effective_on: str


def build(log: Path, path: Path) -> None:
    """Build from every event of a log, durably, under the name `path`."""
    path.unlink(missing_ok=True)
    source, target = connect(log, read_only=True), sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
        target.execute(f"PRAGMA {pragma}")
    target.executescript(TABLES)
    target.execute("BEGIN")
    decode_data, decode_metadata = msgspec.json.Decoder(VisitNoted).decode, msgspec.json.Decoder(EffectiveOn).decode
    counted: dict[int, list[int]] = {}
    rows = []
    position = 0
    while page := source.execute(SELECT, (position, PAGE)).fetchall():
        for position, recorded_at, metadata, data in page:
            noted = decode_data(data)
            effective_on = decode_metadata(metadata).effective_on
            rows.append((noted.urn, position, effective_on, recorded_at, "bench.VisitNoted", noted.says()))
            count = counted.setdefault(noted.urn, [0, 0])
            count[0] += 1
            count[1] += noted.minutes
        if len(rows) >= ROWS_AT_A_TIME:
            target.executemany("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?)", rows)
            rows.clear()
    target.executemany("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?)", rows)
    target.executemany("INSERT INTO counters VALUES (?, ?, ?)", ((urn, *count) for urn, count in counted.items()))
    target.execute("INSERT INTO checkpoint VALUES (?)", (position,))
    target.execute("CREATE INDEX timeline_of_school ON timeline (urn, position)")
    target.execute("COMMIT")
    target.close()
    source.close()
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


def same(one: Path, other: Path) -> bool:
    """True when both files hold the same timeline and the same counters."""
    queries = "SELECT * FROM timeline ORDER BY urn, position", "SELECT * FROM counters ORDER BY urn"
    with closing(sqlite3.connect(one)) as first, closing(sqlite3.connect(other)) as second:
        return all(
            left == right
            for query in queries
            for left, right in zip_longest(first.execute(query), second.execute(query))
        )
