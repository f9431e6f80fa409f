"""Eight writers at once, each with a school of its own, beside one raw writer and eight of the peer's."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

from services.core.envelope import Metadata, prepare
from services.core.sqlite_log import SqliteLog
from tests.bench import raw
from tests.bench.events import VisitNoted, fields_of, metadata, visit_noted
from tests.bench.harness import Sample, seconds
from tests.bench.peer import School, Schools, slow_commits
from tests.bench.threads import WRITERS, race

Supply = Sequence[Sequence[tuple[VisitNoted, Metadata]]]
"""What each writer appends."""


def rounds(directory: Path, each: int, delay: float) -> Iterator[Sample]:
    """Appends a second and the longest wait in ms, with `delay` seconds added to every contestant's syncs."""
    wait_for_disk = partial(sleep, delay) if delay else None
    with (
        closing(SqliteLog(directory / "writers.db", before_commit=wait_for_disk)) as log,
        closing(raw.create(directory / "writers-raw.db")) as plain,
        closing(Schools(directory / "writers-peer.db")) as app,
        slow_commits(delay),
    ):
        schools = [app.open_school() for _ in range(WRITERS)]
        while True:
            before = log.head()
            supply = [[(visit_noted(number), metadata()) for number in range(each)] for _ in range(WRITERS)]
            ours = race(each, partial(append, log, before // WRITERS, supply))
            rows = raw.stored(log.path, after=before)
            if len(rows) != WRITERS * each:
                raise AssertionError(f"our log acknowledged {WRITERS * each} appends and holds {len(rows)}")
            limit = seconds(raw.insert, plain, rows, before_commit=wait_for_disk)
            fields = [[fields_of(noted) for noted, _ in own] for own in supply]
            peer = race(each, partial(save, app, schools, fields))
            yield {
                "ours": ours.rate,
                "longest wait, ms": ours.longest_wait,
                "one raw writer": len(rows) / limit,
                "eventsourcing": peer.rate,
            }


def append(log: SqliteLog, start: int, supply: Supply, writer: int, number: int) -> None:
    """One typed event to a durable row: ids, encoding, hash and commit."""
    noted, about = supply[writer][number]
    log.append(f"bench.school-{writer}", start + number, prepare([noted], about))


def save(
    app: Schools, schools: Sequence[School], fields: Sequence[Sequence[dict[str, Any]]], writer: int, number: int
) -> None:
    """The same by the peer: trigger the event of an aggregate held in memory, and save it."""
    schools[writer].note(**fields[writer][number])
    app.save(schools[writer])
