"""Many rows into PostgreSQL by COPY, which takes them several times faster than statements do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from services.core.row_writes import RowWrite, listed

MANY = 50
"""From so many rows on it is worth a table to stage them in."""


def write(connection: Connection, write: RowWrite, rows: Sequence[tuple[Any, ...]]) -> None:
    """Copy new rows into their table; stage others beside it, and merge them by one statement."""
    table, columns = f'"{write.table.name}"', listed(write.columns)
    if write.staged is None:
        _copy(connection, f"COPY {table} ({columns}) FROM STDIN", rows)
        return
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
    )
    _copy(connection, f"COPY staged ({columns}) FROM STDIN", rows)
    connection.exec_driver_sql(write.staged)
    connection.exec_driver_sql("DROP TABLE staged")


def _copy(connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.dbapi_connection
    with _wrapped(connection), driver.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _wrapped(connection: Connection) -> Iterator[None]:
    """The driver's own errors as SQLAlchemy gives all others."""
    error_class = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except error_class as error:
        raise DBAPIError.instance("COPY", None, error, error_class) from error
