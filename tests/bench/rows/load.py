"""Load a stream of 50 events, out of a long log, and fold it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from sqlite3 import Connection
from statistics import median
from time import perf_counter
from typing import TypeVar
from uuid import UUID

import msgspec

from services.core.sqlite_file import connect
from services.core.sqlite_log import SqliteLog
from tests.bench import stock
from tests.bench.commands import SCHOOLS, School, evolve
from tests.bench.events import VisitNoted
from tests.bench.harness import Goal, Row, Sample
from tests.bench.peer import Schools
from tests.bench.sizes import Sizes

SELECT = (
    "SELECT position, stream_id, version, event_id, type_id, recorded_at, metadata, data, hash"
    " FROM events WHERE stream_id = (SELECT id FROM streams WHERE name = ?) ORDER BY version"
)

DECODE = msgspec.json.Decoder(VisitNoted).decode
K = TypeVar("K")


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    random = Random(50)
    streams = [stock.stream(number) for number in range(sizes.stock // stock.STREAM)]
    with (
        closing(stock.log(directory, sizes.stock)) as log,
        closing(connect(log.path, read_only=True)) as plain,
        closing(Schools(directory / "load-peer.db")) as app,
    ):
        ids = stock.fill_peer(app, sizes.peer_stock)
        while True:
            yield {
                "ours": usual_time(partial(load, log), random.choices(streams, k=sizes.loads)),
                "raw": usual_time(partial(load_raw, plain), random.choices(streams, k=sizes.loads)),
                "eventsourcing": usual_time(partial(load_peer, app), random.choices(ids, k=sizes.loads)),
            }


def usual_time(load_one: Callable[[K], int], keys: Sequence[K]) -> float:
    """The median time to load one of these, in microseconds. A load gives how many events it folded."""
    times = []
    for key in keys:
        began = perf_counter()
        folded = load_one(key)
        times.append(perf_counter() - began)
        if folded != stock.STREAM:
            raise AssertionError(f"{key} has {stock.STREAM} events and {folded} were folded")
    return median(times) * 1_000_000


def load(log: SqliteLog, stream: str) -> int:
    return SCHOOLS.fold(log.read(stream)).visits


def load_raw(connection: Connection, stream: str) -> int:
    school = School()
    for row in connection.execute(SELECT, (stream,)).fetchall():
        school = evolve(school, DECODE(row[7]))
    return school.visits


def load_peer(app: Schools, school_id: UUID) -> int:
    school: School = app.repository.get(school_id)
    return school.visits


ROW = Row(
    name="load",
    title="load a 50-event stream and fold it (p50)",
    unit="µs",
    goals=(
        Goal("x raw select + decode", of="ours", beside="raw", at_most=1.5),
        Goal("of eventsourcing", of="ours", beside="eventsourcing", at_most=0.2),
    ),
    rounds=rounds,
)
