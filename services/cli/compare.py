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


def compare(log: EventLog, model: ReadModel, scratch: ReadModel, report: Report) -> list[Difference]:
    """The first difference of each table that is not equal; `scratch` is where the fresh one may be built."""
    with model.current().reading() as served:
        position, _ = reached(served)
        fresh = scratch.begin()
        try:
            _build(log, Projector(log, scratch), fresh, position, report)
            with fresh.reading() as rebuilt:
                found = [_first_difference(table, served, rebuilt) for table in model.projection.tables]
        finally:
            scratch.discard(fresh)
    return [difference for difference in found if difference is not None]


def _build(log: EventLog, projector: Projector, fresh: Generation, upto: int, report: Report) -> None:
    for page in pages(log, types=projector.projection.types):
        events = [recorded for recorded in page if recorded.position <= upto]
        with fresh.writing() as connection:
            projector.take(fresh, connection, [events])
        if len(events) < len(page):
            return
        report(events[-1].position, upto)


def _first_difference(table: Table, served: Connection, rebuilt: Connection) -> Difference | None:
    for one, other in zip_longest(_rows(table, served), _rows(table, rebuilt)):
        if one != other:
            return Difference(table.name, one, other)
    return None


def _rows(table: Table, connection: Connection) -> Iterator[tuple[Any, ...]]:
    ordered = connection.execute(select(table).order_by(*table.columns).execution_options(yield_per=AT_ONCE))
    return (tuple(row) for row in ordered)
