"""Read models in PostgreSQL: a schema for each generation of a projection, and one for each service, whose table names
the current generation of each.

Tables are found through the search path, so a swap is one row changed in one transaction. Whoever reads or writes a
generation first locks its checkpoint, and so does whoever removes it: nothing is taken away in the middle of an
answer, and who comes too late learns that there is a newer one."""

import re
import secrets
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, Engine, Integer, MetaData, String, Table, Text, insert
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable

from services.core.logs import logger
from services.core.postgres_engine import BUSY, GONE, open_engine, says, transaction, wait_long
from services.core.projections import Projection
from services.core.read_db import (
    BeingRebuilt,
    Generation,
    NotBuilt,
    Replaced,
    Unreachable,
    checkpoint,
    own_tables,
    readable,
)

REBUILDS = 0x5349
"""The kind of advisory lock that a rebuild holds; the second number is made of the projection's name."""

READER_PATIENCE = "6s"
"""How long the removal of an old generation waits for those who are reading it. Then the next swap removes it."""

SERVER_PATIENCE_SECONDS = 60
LONGEST_NOUN = 23
"""Names end at 63 bytes: `scheduling_policies__`, this, `__v999_` and twelve digits."""


class PostgresGeneration:
    """One schema: its tables, checkpoint and parked events. While it is built, everything goes through the connection
    that holds the lock of the rebuild, so that a lock that was lost can't be written behind."""

    def __init__(self, engine: Engine, name: str, building: Connection | None = None) -> None:
        self.name, self._engine, self._building = name, engine, building

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the tables and the checkpoint."""
        with self._beginning(
            f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {self._here}; LOCK TABLE checkpoint IN ACCESS SHARE MODE"
        ) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that is the only writer from its first statement on."""
        with self._beginning(f"BEGIN; {self._here}; SELECT 1 FROM checkpoint FOR UPDATE") as connection:
            yield connection

    @contextmanager
    def creating(self) -> Iterator[Connection]:
        """The transaction that makes the schema."""
        with self._beginning(f'BEGIN; CREATE SCHEMA "{self.name}"; {self._here}') as connection:
            yield connection

    def close(self) -> None:
        """Give up the lock of the rebuild, if this one was being built."""
        if self._building is not None and not self._building.closed:
            if not self._building.invalidated:
                # Were it only closed, the server would release the lock when it comes to notice.
                self._building.exec_driver_sql("SELECT pg_advisory_unlock_all()")
            self._building.close()

    @property
    def _here(self) -> str:
        return f'SET LOCAL search_path TO "{self.name}"'

    @contextmanager
    def _beginning(self, begins: str) -> Iterator[Connection]:
        with ExitStack() as stack:
            connection = self._building or stack.enter_context(self._engine.connect())
            if connection.invalidated:
                raise Unreachable(f"The connection that held the lock of the rebuild of {self.name} was lost.")
            try:
                stack.enter_context(transaction(connection, begins))
            except ProgrammingError as error:
                if says(error) in GONE:
                    raise Replaced(f"{self.name} was removed") from error
                raise
            yield connection


class PostgresReadModel:
    """A projection's schemas. `area` is the schema that names the current one."""

    def __init__(self, engine: Engine, projection: Projection, area: str) -> None:
        self.projection = projection
        self._engine, self._area = engine, area
        _, _, noun = projection.name.partition(".")
        self._names = f"{area}__{_short(noun)}__v"
        self._key = zlib.crc32(self._names.encode()) & 0x7FFFFFFF
        self._lock = threading.Lock()
        self._current: PostgresGeneration | None = None

    def exists(self) -> bool:
        """True when there is a generation of this version of the projection, and it can be read."""
        if not self._is_ours(self._named()):
            return False
        try:
            with self.current().reading() as connection:
                readable(connection, self.projection)
        except (SQLAlchemyError, Replaced) as error:
            why = str(error).partition("\n")[0]
            logger.warning("read model can't be read", projection=self.projection.name, error=why)
            return False
        return True

    def current(self) -> PostgresGeneration:
        """The generation that the service's schema names; while that is of another version, the last one of ours."""
        name = self._named()
        with self._lock:
            if self._is_ours(name) and (self._current is None or self._current.name != name):
                self._current = PostgresGeneration(self._engine, name)
            if self._current is None:
                raise NotBuilt(f"the read model {self.projection.name} has not been built")
            return self._current

    def begin(self) -> PostgresGeneration:
        """A fresh, empty generation beside the current one; no reader sees it until `swap`."""
        # Not one of the pool: it ends with the rebuild, and its settings and its lock with it.
        connection = self._engine.connect()
        connection.detach()
        wait_long(connection)
        generation = PostgresGeneration(self._engine, f"{self._prefix}{secrets.token_hex(6)}", connection)
        try:
            self._take_lock(connection)
            with generation.creating():
                for table in (*own_tables.sorted_tables, *self.projection.tables):
                    connection.execute(CreateTable(as_stored(table)))
                connection.execute(insert(checkpoint).values(position=0, recorded_at=0))
        except BaseException:
            generation.close()
            raise
        return generation

    def swap(self, generation: Generation) -> None:
        """Index a finished generation and make it the current one, durably. Older ones are removed."""
        with generation.writing() as connection:
            # Batches were not waited for, one by one; this commit makes all of them durable.
            connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
            for table in (*own_tables.sorted_tables, *self.projection.tables):
                for index in table.indexes:
                    index.create(connection)
                connection.exec_driver_sql(f'ANALYZE "{table.name}"')
            connection.exec_driver_sql(
                f'INSERT INTO "{self._area}".current_generation VALUES (%s, %s)'
                " ON CONFLICT (projection) DO UPDATE SET generation = excluded.generation",
                (self.projection.name, generation.name),
            )
        self._remove_others(generation.name)
        generation.close()

    def discard(self, generation: Generation) -> None:
        """Throw away a generation that was not finished."""
        try:
            if self._named() != generation.name:
                self._remove(generation.name)
        except Unreachable as error:
            # The next swap removes what is left.
            logger.warning("read model left behind", projection=self.projection.name, error=str(error))
        finally:
            generation.close()

    def answers_again(self) -> bool:
        """Wait for PostgreSQL to come back, for a minute at most."""
        deadline = time.monotonic() + SERVER_PATIENCE_SECONDS
        while True:
            try:
                self._named()
            except Unreachable:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.25)
            else:
                return True

    def close(self) -> None:
        """The pool belongs to all read models of the process."""

    @property
    def _prefix(self) -> str:
        return f"{self._names}{self.projection.version}_"

    def _is_ours(self, name: str) -> bool:
        return name.startswith(self._prefix)

    def _named(self) -> str:
        asked = f'SELECT generation FROM "{self._area}".current_generation WHERE projection = %s'
        try:
            with self._engine.connect() as connection:
                return str(connection.exec_driver_sql(asked, (self.projection.name,)).scalar() or "")
        except ProgrammingError as error:
            if says(error) in GONE:
                return ""
            raise

    def _take_lock(self, connection: Connection) -> None:
        """Make the service's schema where there is none, and be the only one that rebuilds this read model."""
        # Sent as one, these are one transaction. The lock, for two who make the same schema at once both fail.
        connection.exec_driver_sql(
            f'SELECT pg_advisory_xact_lock({REBUILDS}, 0); CREATE SCHEMA IF NOT EXISTS "{self._area}";'
            f' CREATE TABLE IF NOT EXISTS "{self._area}".current_generation'
            " (projection text PRIMARY KEY, generation text NOT NULL);"
            " SET synchronous_commit = off"
        )
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({REBUILDS}, {self._key})").scalar():
            holder = connection.exec_driver_sql(
                "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
                f" WHERE locktype = 'advisory' AND granted AND classid = {REBUILDS} AND objid = {self._key}"
            ).scalar()
            raise BeingRebuilt(
                f"{self.projection.name} is being rebuilt by {holder or 'another process'}."
                " Try again when that is done."
            )
        connection.commit()

    def _remove_others(self, kept: str) -> None:
        ours = re.compile(re.escape(self._names) + r"\d+_[0-9a-f]{12}")
        with self._engine.connect() as connection:
            names = connection.exec_driver_sql("SELECT nspname FROM pg_namespace").scalars().all()
        for name in names:
            if name != kept and ours.fullmatch(name):
                self._remove(name)

    def _remove(self, name: str) -> None:
        waiting = f"BEGIN; SET LOCAL lock_timeout = '{READER_PATIENCE}'"
        try:
            with self._engine.connect() as connection, transaction(connection, waiting):
                connection.exec_driver_sql(f'LOCK TABLE "{name}".checkpoint IN ACCESS EXCLUSIVE MODE')
                connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')
        except (OperationalError, ProgrammingError) as error:
            if says(error) == BUSY:
                logger.info("old read model is still being read; the next rebuild removes it", generation=name)
            elif says(error) not in GONE:
                raise


class PostgresReadModels:
    """What a process reads, and what else it keeps, through one pool."""

    def __init__(self, url: str, readers: int) -> None:
        self._engine = open_engine(url, readers + 2)

    def of(self, projection: Projection) -> PostgresReadModel:
        return PostgresReadModel(self._engine, projection, _service(projection))

    def kept(self, checkpoint: Projection, room: str) -> PostgresReadModel:
        return PostgresReadModel(self._engine, checkpoint, f"{_service(checkpoint)}_{room}")

    def close(self) -> None:
        self._engine.dispose()


@compiles(Integer, "postgresql")
def _long(kind: Integer, compiler: PGTypeCompiler, **_: object) -> str:
    """Whole numbers have 64 bits, in tables and in what is asked of them, as SQLite's have."""
    return "BIGINT"


def as_stored(table: Table) -> Table:
    """The table with no numbers of its own making, and with texts in the order of their bytes: as SQLite has them."""
    stored = table.to_metadata(MetaData())
    for column in stored.columns:
        column.autoincrement = False
        if isinstance(column.type, String):
            column.type = Text(collation="C")
    return stored


def _service(projection: Projection) -> str:
    return projection.name.partition(".")[0]


def _short(noun: str) -> str:
    """The noun, or when it is long its beginning and a number made of the whole."""
    return noun if len(noun) <= LONGEST_NOUN else f"{noun[: LONGEST_NOUN - 9]}_{zlib.crc32(noun.encode()):08x}"
