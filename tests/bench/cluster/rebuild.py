"""The timeline rebuilt from a log into PostgreSQL, beside the same by hand, and beside COPY of rows that are ready."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from services.analytics.projections.timeline import TIMELINE, event_count, timeline
from services.core.postgres_read_db import PostgresReadModels, as_stored
from services.core.projector import Projector
from services.core.sqlite_file import connect
from services.core.times import london_day
from tests.bench import bulk_build, stock
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.sizes import Sizes
from tests.engines.postgres import database_of

Rows = dict[Table, list[tuple[Any, ...]]]


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    url = database_of(directory)
    with closing(stock.log(directory, sizes.stock)) as log, closing(PostgresReadModels(url, readers=1)) as models:
        ours = Projector(log, models.of(TIMELINE))
        for number in count():
            sample = {"ours": sizes.stock / seconds(ours.rebuild)}
            if number == 0:
                ready = _rows(ours)
            sample["by hand"] = sizes.stock / seconds(_built, url, partial(_fold, log.path))
            if number == 0 and not _same(url, ready):
                raise AssertionError("our rebuild and the one by hand differ")
            sample["COPY"] = sizes.stock / seconds(_built, url, partial(_copy, ready))
            yield sample


class _Copies:
    """Takes rows as a connection to SQLite does, and copies them into the timeline."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def into(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" FROM STDIN'.encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def executemany(self, _sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self.into(timeline, rows)


def _built(url: str, fill: Callable[[_Copies], None]) -> None:
    """The tables anew in a schema of their own, filled, then indexed: in one transaction."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS by_hand CASCADE; CREATE SCHEMA by_hand; SET search_path TO by_hand")
        for table in TIMELINE.tables:
            connection.execute(_sql(CreateTable(as_stored(table))))
        fill(_Copies(connection))
        for table in TIMELINE.tables:
            for index in table.indexes:
                connection.execute(_sql(CreateIndex(index)))


def _sql(statement: ExecutableDDLElement) -> bytes:
    dialect: Any = make_url("postgresql+psycopg://").get_dialect()
    return str(statement.compile(dialect=dialect())).encode()


def _fold(log: Path, copies: Any) -> None:
    with closing(connect(log, read_only=True)) as source:
        _, hours = bulk_build.fold(source, copies)
    months: dict[str, int] = {}
    for hour, events in hours.items():
        month = london_day(hour * bulk_build.HOUR).isoformat()[:7]
        months[month] = months.get(month, 0) + events
    copies.into(event_count, [(month, "bench.VisitNoted", events) for month, events in months.items()])


def _copy(ready: Rows, copies: _Copies) -> None:
    for table, rows in ready.items():
        copies.into(table, rows)


def _rows(ours: Projector) -> Rows:
    with ours.model.current().reading() as connection:
        return {table: _all(connection.exec_driver_sql(_every(table))) for table in TIMELINE.tables}


def _same(url: str, ready: Rows) -> bool:
    with psycopg.connect(url, options="-c search_path=by_hand") as connection:
        return all(_all(connection.execute(_every(table).encode())) == rows for table, rows in ready.items())


def _every(table: Table) -> str:
    return f'SELECT * FROM "{table.name}" ORDER BY {", ".join(str(each + 1) for each in range(len(table.columns)))}'


def _all(rows: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]


ROW = Row(
    name="rebuild-postgres",
    title="rebuild timeline and counters into PostgreSQL; COPY begins with the rows ready in memory",
    unit="events/s",
    goals=(Goal("of reading, folding and COPY by hand", of="ours", beside="by hand", at_least=0.6),),
    rounds=rounds,
    long=True,
)
