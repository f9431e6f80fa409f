"""The school timeline in PostgreSQL by hand: fresh tables filled by COPY alone, the indexes last, durable."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from services.analytics.projections.timeline import TIMELINE, event_count, timeline
from services.core.postgres_read_db import as_stored
from services.core.sqlite_file import connect
from tests.bench import bulk_build

Rows = Sequence[tuple[Any, ...]]
Connection = psycopg.Connection[tuple[Any, ...]]
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@contextmanager
def emptied(connection: Connection) -> Iterator[None]:
    """A schema of its own for the block."""
    connection.execute("CREATE SCHEMA copied; SET search_path TO copied; SET synchronous_commit TO on")
    connection.commit()
    yield
    connection.execute("DROP SCHEMA copied CASCADE")
    connection.commit()


def copy_ready(connection: Connection, rows: dict[Table, Rows]) -> None:
    """Fill the tables with ready rows."""
    create(connection)
    for table, of_table in rows.items():
        fill(connection, table, of_table)
    finish(connection)


def build(connection: Connection, log: Path) -> None:
    """Fill them from every event of a log, which is read on the way."""
    create(connection)
    with (
        closing(connect(log, read_only=True)) as source,
        connection.cursor() as cursor,
        cursor.copy(into(timeline)) as copy,
    ):
        _, counts = bulk_build.fold(source, lambda rows: write(copy, rows))
    fill(connection, event_count, counts)
    finish(connection)


def create(connection: Connection) -> None:
    for table in TIMELINE.tables:
        connection.execute(str(CreateTable(as_stored(table)).compile(dialect=DIALECT)).encode())


def fill(connection: Connection, table: Table, rows: Rows) -> None:
    with connection.cursor() as cursor, cursor.copy(into(table)) as copy:
        write(copy, rows)


def into(table: Table) -> Any:
    return SQL("COPY {} FROM STDIN").format(Identifier(table.name))


def write(copy: psycopg.Copy, rows: Rows) -> None:
    for row in rows:
        copy.write_row(row)


def finish(connection: Connection) -> None:
    for table in TIMELINE.tables:
        for index in as_stored(table).indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)).encode())
        connection.execute(SQL("ANALYZE {}").format(Identifier(table.name)))
    connection.commit()


def contents(connection: Connection) -> dict[Table, list[tuple[Any, ...]]]:
    """Every row, in an order of its own."""
    return {
        table: sorted(connection.execute(SQL("SELECT * FROM {}").format(Identifier(table.name))).fetchall())
        for table in TIMELINE.tables
    }
