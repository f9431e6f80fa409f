"""Read models, whatever keeps them: generations of a projection's tables, their checkpoint, and events set aside.

A rebuild fills a fresh generation beside the current one and swaps it in, so readers keep the old one until they next
ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError

from services.core.log import LogUnavailable
from services.core.projections import Projection
from services.core.row_writes import key_of
from services.core.work import Key

own_tables = MetaData()
checkpoint = Table(
    "checkpoint",
    own_tables,
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)
parked = Table(
    "parked",
    own_tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", String, nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("error", String, nullable=False),
)

T = TypeVar("T")


class Superseded(Exception):
    """Another runner moved the checkpoint first; nothing was written."""


class Replaced(Superseded):
    """This generation was removed after another one took its place, before anything was read of it."""


class Unwritable(Exception):
    """The disk is full or the file damaged: no fault of the event that met it, so the whole transaction has failed."""


class Unreachable(Unwritable, LogUnavailable):
    """The server that keeps the read models doesn't answer; what was in hand is undone."""


class BeingRebuilt(LogUnavailable):
    """Another process or thread is rebuilding this read model."""


class Generation(Protocol):
    """A projection's tables, checkpoint and parked events; `name` tells it from every other there ever was."""

    @property
    def name(self) -> str: ...

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view of the tables and the checkpoint. Raises Replaced or Unreachable."""

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction that is the only writer from its first statement on. Raises Replaced or Unreachable."""

    def close(self) -> object: ...


class ReadModel(Protocol):
    """The generations of one projection."""

    @property
    def projection(self) -> Projection: ...

    def exists(self) -> bool:
        """True when there is a generation of this version of the projection, and it can be read.

        Raises Unreachable, for that is no reason to build another."""

    def current(self) -> Generation:
        """The generation that is swapped in. Raises NotBuilt when there has never been one, or Unreachable."""

    def begin(self) -> Generation:
        """A fresh, empty generation beside the current one, made for writing fast; no reader sees it until `swap`.

        Ends with `swap` or `discard`. Raises BeingRebuilt, Unreachable, or OSError when a file can't be made."""

    def swap(self, generation: Generation) -> None:
        """Index a finished generation, make it durable, and make it the current one. Older ones are removed."""

    def discard(self, generation: Generation) -> None:
        """Throw away a generation that was not finished."""

    def answers_again(self) -> bool:
        """Wait for a server that went away; False when there is none, or it stays away."""

    def close(self) -> None: ...


class ReadModels(Protocol):
    """Where a process keeps its read models, and apart from them how far it has acted on events."""

    def of(self, projection: Projection) -> ReadModel: ...

    def kept(self, checkpoint: Projection, room: str) -> ReadModel:
        """For a projection without tables that no rebuild makes again: apart from read models, in a room so named."""

    def close(self) -> None: ...


class NotBuilt(FileNotFoundError):
    """There has never been a generation of this read model."""


def of_current(model: ReadModel, do: Callable[[Generation], T]) -> T:
    """What `do` gives for the current generation: asked of the next one, when that was swapped in and this one removed
    before it could be read. Raises LogUnavailable when there is no next one."""
    generation = model.current()
    while True:
        try:
            return do(generation)
        except Replaced as replaced:
            newer = model.current()
            if newer.name == generation.name:
                raise LogUnavailable(
                    f"The read model {model.projection.name} was removed, or another version of this software replaced"
                    f" it. Start that version, or build it again with: partnership rebuild {model.projection.name}"
                ) from replaced
            generation = newer


def stored_row(connection: Connection, table: Table, key: Key) -> Mapping[str, Any] | None:
    """The row with this primary key, or None."""
    columns = [table.columns[name] for name in key_of(table)]
    where = [column == value for column, value in zip(columns, key, strict=True)]
    found = connection.execute(select(table).where(*where)).mappings().one_or_none()
    return None if found is None else dict(found)


def readable(connection: Connection, projection: Projection) -> None:
    """Read a little of everything. Raises SQLAlchemyError when a table is missing, damaged or of another shape."""
    reached(connection)
    for table in (parked, *projection.tables):
        connection.execute(select(table).limit(1))


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
    if positions:
        rows = [{"at": position} for position in positions]
        connection.execute(delete(parked).where(parked.c.position == bindparam("at")), rows)


def set_aside(connection: Connection) -> list[dict[str, Any]]:
    """What is parked: position, stream, type and error of each, in order."""
    return [dict(row) for row in connection.execute(select(parked).order_by(parked.c.position)).mappings()]


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """All that the block writes or nothing, within a transaction. Raises Unwritable, and whatever the block raises."""
    nested = connection.begin_nested()
    try:
        yield
    except Unwritable:
        raise
    except Exception as error:
        if type(error) in (OperationalError, InternalError, DatabaseError):
            # The engine may have rolled back everything by now, and the savepoint with it.
            raise Unwritable(f"The read model can't be written: {error}") from error
        nested.rollback()
        raise
    nested.commit()
