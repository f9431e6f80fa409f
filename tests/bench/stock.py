"""The long log that some rows read: laid down once for a run, its streams of 50 scattered over the file."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from services.core.envelope import prepare
from services.core.sqlite_log import SqliteLog
from tests.bench.events import FIRST_URN, SCHOOLS, VisitNoted, metadata, visit_noted
from tests.bench.peer import Schools

STREAM = 50
CHUNK = 10
"""Events of one stream that lie together in the file."""


def log(directory: Path, events: int) -> SqliteLog:
    """Our log, holding `events` events."""
    stocked = SqliteLog(directory / f"stock-{events}.db")
    if stocked.head() == 0:
        for version, numbers in _chunks(events):
            for number in numbers:
                stocked.append(stream(number), version, prepare(_chunk(number, version), metadata()))
    return stocked


def stream(number: int) -> str:
    """The name of the n-th stream."""
    return f"bench.visits-{number}"


def fill_peer(app: Schools, events: int) -> list[UUID]:
    """Give the peer as many events in aggregates of the same length; their ids."""
    starts = range(0, events, STREAM)
    return [app.open_school([visit_noted(start + step) for step in range(STREAM)]).id for start in starts]


def _chunks(events: int) -> Iterator[tuple[int, range]]:
    """What to write in turn: a version, and the streams that go on from it. 400 streams grow at a time."""
    streams = events // STREAM
    for first in range(0, streams, SCHOOLS):
        for version in range(0, STREAM, CHUNK):
            yield version, range(first, min(first + SCHOOLS, streams))


def _chunk(stream_number: int, version: int) -> list[VisitNoted]:
    start, urn = stream_number * STREAM + version, FIRST_URN + stream_number % SCHOOLS
    return [visit_noted(start + step, urn) for step in range(CHUNK)]
