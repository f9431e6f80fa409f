"""Durable commits of one or more events, by one writer, over a hundred schools in turn."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from services.core.envelope import Metadata, prepare
from services.core.sqlite_log import SqliteLog
from tests.bench import raw
from tests.bench.events import VisitNoted, fields_of, metadata, visits_noted
from tests.bench.harness import Sample, seconds
from tests.bench.peer import School, Schools

SCHOOLS = 100


def append(
    log: SqliteLog, versions: list[int], batches: Sequence[Sequence[VisitNoted]], abouts: Sequence[Metadata]
) -> None:
    """Typed events to durable rows: ids, encoding, hash and commit."""
    for number, (batch, about) in enumerate(zip(batches, abouts, strict=True)):
        school = number % SCHOOLS
        log.append(f"bench.school-{school}", versions[school], prepare(batch, about))
        versions[school] += len(batch)


def save(app: Schools, schools: Sequence[School], batches: Sequence[Sequence[dict[str, Any]]]) -> None:
    """The same by the peer: trigger the events of an aggregate held in memory, and save it."""
    for number, batch in enumerate(batches):
        school = schools[number % SCHOOLS]
        for fields in batch:
            school.note(**fields)
        app.save(school)


def rounds(directory: Path, commits: int, size: int) -> Iterator[Sample]:
    """Events a second of each contestant, `size` of them in each of `commits` commits a round."""
    twin, supply = directory / f"commits-{size}-raw.db", visits_noted()
    with (
        closing(SqliteLog(directory / f"commits-{size}.db")) as log,
        closing(raw.create(twin)) as plain,
        closing(Schools(directory / f"commits-{size}-peer.db")) as app,
    ):
        schools = [app.open_school() for _ in range(SCHOOLS)]
        versions = [0] * SCHOOLS
        while True:
            before, events = log.head(), commits * size
            batches = [list(islice(supply, size)) for _ in range(commits)]
            abouts = [metadata() for _ in batches]
            fields = [[fields_of(noted) for noted in batch] for batch in batches]
            ours = seconds(append, log, versions, batches, abouts)
            rows = raw.stored(log.path, after=before)
            limit = seconds(raw.insert, plain, rows, size)
            peer = seconds(save, app, schools, fields)
            if raw.stored(twin) != raw.stored(log.path):
                raise AssertionError("the raw file does not hold the rows of our log")
            yield {"ours": events / ours, "raw": events / limit, "eventsourcing": events / peer}
