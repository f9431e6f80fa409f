"""Read models as files: one SQLite file for each generation of a projection, and a link that names the current one.

A rebuild writes a fresh file (no syncs, indexes last) and then moves the link. Connections are opened ahead of need:
they outlive even the deletion of the files under a running server."""

import os
import secrets
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

from services.core.file_lock import FileLock
from services.core.logs import logger
from services.core.projections import Projection
from services.core.read_db import BeingRebuilt, Generation, NotBuilt, checkpoint, own_tables, readable

BUILDING = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE")
SERVING = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "wal_autocheckpoint = 20000",
    "mmap_size = 268435456",
)


class SqliteGeneration:
    """One file: its tables, checkpoint and parked events. While `building` it is not yet durable.

    It is closed when the last one who uses it lets go, so a swap takes nothing away from under a reader."""

    def __init__(self, path: Path, projection: Projection, readers: int, *, building: bool = False) -> None:
        self.path, self.name, self.projection = path, path.name, projection
        self.engine = _engine(path, readers, BUILDING if building else SERVING)
        self.close = weakref.finalize(self, self.engine.dispose)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the tables and the checkpoint."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that is the only writer from its first statement on."""
        with self.engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection


class SqliteReadModel:
    """A projection's files in `directory`; `readers` is how many threads may read at once."""

    def __init__(self, directory: Path, projection: Projection, readers: int = 4) -> None:
        self.projection = projection
        self._directory = directory
        self._readers = readers
        self._link = directory / projection.name
        self._building = FileLock(directory / f"{projection.name}.lock")
        self._lock = threading.Lock()
        self._current: SqliteGeneration | None = None
        self._target = ""

    def exists(self) -> bool:
        """True when there is a generation of this version of the projection, and it can be read."""
        if not self._is_ours(self._named()):
            return False
        try:
            with self.current().reading() as connection:
                readable(connection, self.projection)
        except SQLAlchemyError as error:
            why = str(error).partition("\n")[0]
            logger.warning("read model can't be read", projection=self.projection.name, error=why)
            return False
        return True

    def current(self) -> SqliteGeneration:
        """The generation that the link names. While that one is missing, the one that is already open.

        Raises NotBuilt when there has never been one."""
        target = self._named()
        if target != self._target and self._is_ours(target):
            with self._lock:
                if target != self._target:
                    self._current = SqliteGeneration(self._directory / target, self.projection, self._readers)
                    self._target = target
        if self._current is None:
            raise NotBuilt(f"the read model {self.projection.name} has not been built")
        return self._current

    def begin(self) -> SqliteGeneration:
        """A fresh, empty generation beside the current one, made for writing fast; no reader sees it until `swap`.

        Ends with `swap` or `discard`. Raises BeingRebuilt, or OSError when the directory can't be made."""
        self._directory.mkdir(parents=True, exist_ok=True)
        if not self._building.acquire():
            raise BeingRebuilt(
                f"{self.projection.name} is being rebuilt by process {self._building.holder()}."
                " Try again when that is done."
            )
        # Never a name that was used before: by its name a running server knows that a generation is another one.
        path = self._directory / f"{self._prefix}{secrets.token_hex(8)}.db"
        generation = SqliteGeneration(path, self.projection, readers=0, building=True)
        try:
            with generation.writing() as connection:
                own_tables.create_all(connection)
                connection.execute(insert(checkpoint).values(position=0, recorded_at=0))
                for table in self.projection.tables:
                    connection.execute(CreateTable(table))
        except BaseException:
            self.discard(generation)
            raise
        return generation

    def swap(self, generation: Generation) -> None:
        """Index a finished generation, make it durable, and name it as the current one. Older ones are removed."""
        with generation.writing() as connection:
            for table in self.projection.tables:
                for index in table.indexes:
                    index.create(connection)
        generation.close()
        # The journal mode is kept in the file; two processes that open it at once could not both change it.
        path = self._directory / generation.name
        SqliteGeneration(path, self.projection, readers=0).close()
        _sync(path)
        new_link = self._directory / f"{self.projection.name}.new"
        new_link.unlink(missing_ok=True)
        new_link.symlink_to(generation.name)
        new_link.replace(self._link)
        for other in self._directory.glob(f"{self.projection.name}.v*-*.db*"):
            if not other.name.startswith(generation.name):
                other.unlink(missing_ok=True)
        self._building.release()

    def discard(self, generation: Generation) -> None:
        """Throw away a generation that was not finished."""
        generation.close()
        if self._named() != generation.name:
            for path in self._directory.glob(f"{generation.name}*"):
                path.unlink(missing_ok=True)
        self._building.release()

    def answers_again(self) -> bool:
        return False

    def close(self) -> None:
        if self._current is not None:
            self._current.close()

    @property
    def _prefix(self) -> str:
        return f"{self.projection.name}.v{self.projection.version}-"

    def _is_ours(self, target: str) -> bool:
        return target.startswith(self._prefix) and (self._directory / target).exists()

    def _named(self) -> str:
        try:
            return str(self._link.readlink())
        except FileNotFoundError:
            return ""


class SqliteReadModels:
    """What a process reads, in `directory`/read, and what else it keeps, each room in a directory of its own."""

    def __init__(self, directory: Path, readers: int) -> None:
        self._directory, self._readers = directory, readers

    def of(self, projection: Projection) -> SqliteReadModel:
        return SqliteReadModel(self._directory / "read", projection, self._readers)

    def kept(self, checkpoint: Projection, room: str) -> SqliteReadModel:
        return SqliteReadModel(self._directory / room, checkpoint, readers=1)

    def close(self) -> None:
        """Each read model closes its own files."""


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _engine(path: Path, readers: int, pragmas: Sequence[str]) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,  # they are what people wrote; errors are logged and kept
        poolclass=QueuePool,
        pool_size=readers + 1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": 30, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        # A first read opens every file that the connection needs, so that it lives on if they are deleted.
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    ahead: list[Connection] = []
    try:
        for _ in range(readers + 1):
            ahead.append(engine.connect())
    finally:
        for connection in ahead:
            connection.close()
        if len(ahead) <= readers:
            engine.dispose()
    return engine
