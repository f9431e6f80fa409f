"""Wrapped keys in PostgreSQL, in the schema `keys`.

A row that is deleted there stays in its page until other rows happen to overwrite it, so the table is written anew
without the key that is to be destroyed, and the file that held it removed. What can't be reached from here is the
server's journal, and every backup: they hold the wrapped key until they are thrown away. So keep them no longer than
you must, and never together with the master key, without which a wrapped key opens nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from services.core.postgres_engine import open_engine, transaction
from services.core.wrapped_keys import Erased

LOCK = 0x4B455953
SCHEMA = (
    f"SELECT pg_advisory_xact_lock({LOCK}); CREATE SCHEMA IF NOT EXISTS keys;"
    " CREATE TABLE IF NOT EXISTS keys.wrapped (person text PRIMARY KEY, wrapped bytea NOT NULL);"
    " CREATE TABLE IF NOT EXISTS keys.erased (person text PRIMARY KEY)"
)


class PostgresKeys:
    """Raises BadSetting, and Unreachable when the server doesn't answer."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, at_once=1)
        with self._transaction("BEGIN") as connection:
            connection.exec_driver_sql(SCHEMA)

    def get(self, person: str) -> bytes | None:
        found = self._ask("SELECT wrapped FROM keys.wrapped WHERE person = %s", person)
        return found[0][0] if found else None

    def keep(self, person: str, wrapped: bytes) -> bytes:
        # The lock waits for an erasure that has begun, and keeps others from beginning.
        with self._transaction("BEGIN; LOCK TABLE keys.wrapped IN ROW EXCLUSIVE MODE") as connection:
            connection.exec_driver_sql(
                "INSERT INTO keys.wrapped SELECT %s, %s::bytea"
                " WHERE NOT EXISTS (SELECT 1 FROM keys.erased WHERE person = %s) ON CONFLICT DO NOTHING",
                (person, wrapped, person),
            )
        kept = self.get(person)
        if kept is None:
            raise Erased
        return kept

    def destroy(self, person: str) -> bool:
        with self._transaction("BEGIN; LOCK TABLE keys.wrapped IN ACCESS EXCLUSIVE MODE") as connection:
            connection.exec_driver_sql("INSERT INTO keys.erased VALUES (%s) ON CONFLICT DO NOTHING", (person,))
            gone = connection.exec_driver_sql("DELETE FROM keys.wrapped WHERE person = %s", (person,)).rowcount
            if gone:
                connection.exec_driver_sql(
                    "CREATE TEMPORARY TABLE staying ON COMMIT DROP AS SELECT * FROM keys.wrapped;"
                    " TRUNCATE keys.wrapped; INSERT INTO keys.wrapped SELECT * FROM staying"
                )
            return gone > 0

    def all(self) -> Iterator[tuple[str, bytes]]:
        yield from self._ask("SELECT person, wrapped FROM keys.wrapped ORDER BY person")

    def destroyed(self) -> Iterator[str]:
        return (person for (person,) in self._ask("SELECT person FROM keys.erased ORDER BY person"))

    def close(self) -> None:
        self._engine.dispose()

    def _ask(self, sql: str, *values: str) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.exec_driver_sql(sql, values))

    @contextmanager
    def _transaction(self, begins: str) -> Iterator[Connection]:
        with self._engine.connect() as connection, transaction(connection, begins):
            yield connection
