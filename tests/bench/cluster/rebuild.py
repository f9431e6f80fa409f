"""Rebuild of the school timeline into PostgreSQL from the whole log, beside COPY of the same rows, as a loop by hand
makes them of the log.

COPY of rows that are ready in memory is shown too, and is no goal: to read and fold an event costs more than to store
its row, so the loop by hand itself comes to no more than 0.6 of that."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import Table, select

from services.analytics.projections.timeline import TIMELINE
from services.core.postgres_read_db import PostgresReadModels
from services.core.projector import Projector
from services.core.read_db import Generation
from tests.bench import stock
from tests.bench.cluster import copied
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.sizes import Sizes
from tests.engines import postgres

Rows = dict[Table, copied.Rows]


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    url, events = postgres.server().database(f"bench_{uuid4().hex}"), sizes.projected
    with (
        closing(stock.log(directory, events)) as log,
        closing(PostgresReadModels(url, 1)) as models,
        psycopg.connect(url) as plain,
    ):
        ours = Projector(log, models.of(TIMELINE))
        while True:
            rebuilt = seconds(ours.rebuild)
            by_hand = same_rows(plain, ours.model.current(), lambda _: copied.build(plain, log.path))
            ready = same_rows(plain, ours.model.current(), lambda rows: copied.copy_ready(plain, rows))
            yield {"ours": events / rebuilt, "by hand": events / by_hand, "ready rows": events / ready}


def same_rows(plain: copied.Connection, generation: Generation, fill: Callable[[Rows], object]) -> float:
    """How long it takes to `fill` tables with the rows of a generation. Raises AssertionError when others are there."""
    rows = rows_of(generation)
    with copied.emptied(plain):
        taken = seconds(fill, rows)
        if copied.contents(plain) != rows:
            raise AssertionError("the copied tables do not hold the rows of our rebuild")
    return taken


def rows_of(generation: Generation) -> Rows:
    with generation.reading() as connection:
        return {table: sorted(map(tuple, connection.execute(select(table)))) for table in TIMELINE.tables}


ROW = Row(
    name="postgres",
    title="rebuild of the school timeline in PostgreSQL, read from the log",
    unit="events/s",
    goals=(Goal("of a build by hand with COPY", of="ours", beside="by hand", at_least=0.6),),
    rounds=rounds,
    long=True,
)
