"""The files of read models: one SQLite file for each generation of a projection, and a link that names the current one.

A rebuild writes a fresh file (no syncs, indexes last) and then moves the link, so readers keep the old generation until
they next ask. Connections are opened ahead of need: they outlive even the deletion of the files under a running
server."""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    QueuePool,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.schema import CreateTable

from services.core.projections import Projection
from services.core.work import Key, key_of

_own = MetaData()
checkpoint = Table(
    "checkpoint",
    _own,
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)
parked = Table(
    "parked",
    _own,
    Column("position", BigInteger, primary_key=True),
    Column("stream", String, nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("error", String, nullable=False),
)

BUILDING = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE")
SERVING = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "wal_autocheckpoint = 20000",
    "mmap_size = 268435456",
)


class Superseded(Exception):
    """Another runner moved the checkpoint first; nothing was written."""


class Generation:
    """One file: its tables, checkpoint and parked events. While `building` it is not yet durable."""

    def __init__(self, path: Path, projection: Projection, readers: int, *, building: bool = False) -> None:
        self.path, self.projection = path, projection
        self.engine = _engine(path, readers, BUILDING if building else SERVING)

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

    def row(self, connection: Connection, table: Table, key: Key) -> Mapping[str, Any] | None:
        columns = [table.columns[name] for name in key_of(table)]
        where = [column == value for column, value in zip(columns, key, strict=True)]
        found = connection.execute(select(table).where(*where)).mappings().one_or_none()
        return None if found is None else dict(found)

    def close(self) -> None:
        self.engine.dispose()


class ReadModel:
    """A projection's files in `directory`; `readers` is how many threads may read at once."""

    def __init__(self, directory: Path, projection: Projection, readers: int = 4) -> None:
        self.projection = projection
        self._directory = directory
        self._readers = readers
        self._link = directory / projection.name
        self._lock = threading.Lock()
        self._current: Generation | None = None
        self._target = ""
        directory.mkdir(parents=True, exist_ok=True)

    def exists(self) -> bool:
        """True when there is a generation of this version of the projection."""
        return self._named().startswith(self._prefix) and (self._directory / self._named()).exists()

    def current(self) -> Generation:
        """The generation that the link names. While the link is missing, the one that is already open.

        Raises FileNotFoundError when there has never been one."""
        target = self._named()
        if target and target != self._target:
            with self._lock:
                if target != self._target:
                    opened = Generation(self._directory / target, self.projection, self._readers)
                    before, self._current, self._target = self._current, opened, target
                    if before is not None:
                        before.close()
        if self._current is None:
            raise FileNotFoundError(f"the read model {self.projection.name} has not been built")
        return self._current

    def begin(self) -> Generation:
        """A fresh, empty generation beside the current one, made for writing fast; no reader sees it until `swap`."""
        numbers = [
            int(path.stem.rpartition("-")[2]) for path in self._directory.glob(f"{self.projection.name}.v*-*.db")
        ]
        path = self._directory / f"{self._prefix}{max(numbers, default=0) + 1}.db"
        generation = Generation(path, self.projection, readers=0, building=True)
        with generation.writing() as connection:
            _own.create_all(connection)
            connection.execute(insert(checkpoint).values(position=0, recorded_at=0))
            for table in self.projection.tables:
                connection.execute(CreateTable(table))
        return generation

    def swap(self, generation: Generation) -> None:
        """Index a finished generation, make it durable, and name it as the current one. Older ones are removed."""
        with generation.writing() as connection:
            for table in self.projection.tables:
                for index in table.indexes:
                    index.create(connection)
        generation.close()
        _sync(generation.path)
        new_link = self._link.with_suffix(".new")
        new_link.unlink(missing_ok=True)
        new_link.symlink_to(generation.path.name)
        new_link.replace(self._link)
        for path in self._directory.glob(f"{self.projection.name}.v*-*.db*"):
            if not path.name.startswith(generation.path.name):
                path.unlink(missing_ok=True)

    def discard(self, generation: Generation) -> None:
        """Throw away a generation that was not finished."""
        generation.close()
        for path in self._directory.glob(f"{generation.path.name}*"):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._current is not None:
            self._current.close()

    @property
    def _prefix(self) -> str:
        return f"{self.projection.name}.v{self.projection.version}-"

    def _named(self) -> str:
        try:
            return str(self._link.readlink())
        except FileNotFoundError:
            return ""


def reached(connection: Connection) -> tuple[int, int]:
    """The checkpoint: the position up to which events are folded, and when that event was recorded (microseconds)."""
    row = connection.execute(select(checkpoint)).one()
    return row.position, row.recorded_at


def move_checkpoint(connection: Connection, before: int, position: int, recorded_at: int) -> None:
    """Compare and set, in the transaction of the rows. Raises Superseded when another runner came first."""
    moved = update(checkpoint).where(checkpoint.c.position == before).values(position=position, recorded_at=recorded_at)
    if connection.execute(moved).rowcount != 1:
        raise Superseded


def park(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set events aside, each with its error."""
    if rows:
        connection.execute(insert(parked), list(rows))


def unpark(connection: Connection, positions: Sequence[int]) -> None:
    """Take events from the parked ones."""
    connection.execute(delete(parked).where(parked.c.position.in_(positions)))


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _engine(path: Path, readers: int, pragmas: Sequence[str]) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
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

    ahead = [engine.connect() for _ in range(readers)]
    for connection in ahead:
        connection.close()
    return engine
