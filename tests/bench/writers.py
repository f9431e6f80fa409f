"""Eight writers at once, each with a school of its own, beside one raw writer and eight of the peer's."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import sleep

from services.core.envelope import prepare
from services.core.sqlite_log import SqliteLog
from tests.bench import raw
from tests.bench.events import metadata, plain_fields, visit_noted
from tests.bench.harness import Sample, seconds
from tests.bench.peer import School, Schools, slow_commits
from tests.bench.threads import WRITERS, race


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
            ours = race(each, partial(append, log, before // WRITERS))
            rows = raw.stored(log.path, after=before)
            if len(rows) != WRITERS * each:
                raise AssertionError(f"our log acknowledged {WRITERS * each} appends and holds {len(rows)}")
            limit = seconds(raw.insert, plain, rows, before_commit=wait_for_disk)
            peer = race(each, partial(save, app, schools))
            yield {
                "ours": ours.rate,
                "longest wait, ms": ours.longest_wait,
                "one raw writer": len(rows) / limit,
                "eventsourcing": peer.rate,
            }


def append(log: SqliteLog, version: int, writer: int, number: int) -> None:
    log.append(f"bench.school-{writer}", version + number, prepare([visit_noted(number)], metadata()))


def save(app: Schools, schools: list[School], writer: int, number: int) -> None:
    schools[writer].note(**plain_fields(visit_noted(number)))
    app.save(schools[writer])
