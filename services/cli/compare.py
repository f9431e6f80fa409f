"""Is a read model what the log gives? A fresh one is folded beside it, up to the same event, and compared."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from services.cli.output import Report
from services.core.log import EventLog, pages
from services.core.projector import Projector
from services.core.read_db import Generation, ReadModel, reached

AT_ONCE = 1_000


class Difference(msgspec.Struct, frozen=True):
    """The first rows in which a table differs, in the order of their values; None where one has no more rows."""

    table: str
    served: tuple[Any, ...] | None
    rebuilt: tuple[Any, ...] | None

    def __str__(self) -> str:
        served, rebuilt = self.served or "no more rows", self.rebuilt or "no more rows"
        return f"{self.table}: served {served}; the log gives {rebuilt}"


def compare(log: EventLog, model: ReadModel, report: Report) -> list[Difference]:
    """The first difference of each table that is not equal to that of a fresh generation, which is thrown away.

    Raises BeingRebuilt when there is a rebuild already."""
    with model.current().reading() as served:
        position, _ = reached(served)
        fresh = model.begin()
        try:
            _build(log, Projector(log, model), fresh, position, report)
            with fresh.reading() as rebuilt:
                return _differences(model, served, rebuilt)
        finally:
            model.discard(fresh)


def differences(one: ReadModel, other: ReadModel) -> list[Difference]:
    """The first difference of each table that is not equal in two read models of the same projection."""
    with one.current().reading() as served, other.current().reading() as rebuilt:
        return _differences(one, served, rebuilt)


def _differences(model: ReadModel, served: Connection, rebuilt: Connection) -> list[Difference]:
    found = (_first_difference(table, served, rebuilt) for table in model.projection.tables)
    return [difference for difference in found if difference is not None]


def _build(log: EventLog, projector: Projector, fresh: Generation, upto: int, report: Report) -> None:
    for page in pages(log, types=projector.projection.types):
        events = [recorded for recorded in page if recorded.position <= upto]
        with fresh.writing() as connection:
            projector.take(connection, [events])
        if len(events) < len(page):
            return
        report(events[-1].position, upto)


def _first_difference(table: Table, served: Connection, rebuilt: Connection) -> Difference | None:
    for one, other in zip_longest(_rows(table, served), _rows(table, rebuilt)):
        if one != other:
            return Difference(table.name, one, other)
    return None


def _rows(table: Table, connection: Connection) -> Iterator[tuple[Any, ...]]:
    in_order = select(table).order_by(*(column.nulls_first() for column in table.columns))
    with connection.execute(in_order.execution_options(yield_per=AT_ONCE)) as rows:
        for row in rows:
            yield tuple(row)
