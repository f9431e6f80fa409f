"""A live projection: batches of a thousand events as they come, and how soon one event can be seen."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from time import perf_counter

from services.analytics.projections.timeline import TIMELINE
from services.core.envelope import prepare
from services.core.key_place import keys_in_file
from services.core.log import EventLog
from services.core.projector import BATCH, Projector
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from tests.bench import projection, stock
from tests.bench.events import metadata, visit_noted
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.peer import Schools
from tests.bench.peer_projection import open_projection, project
from tests.bench.sizes import Sizes

PATIENCE_SECONDS = 5.0


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    with (
        closing(SqliteLog(directory / "live.db")) as log,
        closing(runtime(directory / "live-runtime")) as running,
        closing(Schools(directory / "live-peer.db")) as app,
    ):
        ours = projection.projector(log, directory / "live")
        ours.rebuild()
        peer = open_projection(directory / "live-peer-view.db")
        for number in count():
            our_seconds = 0.0
            for batch in range(sizes.live_batches):
                append(log, f"bench.live-{number}-{batch}", BATCH)
                our_seconds += seconds(catch_up, ours)
            stock.fill_peer(app, sizes.peer_projected)
            peer_seconds = seconds(project, app, peer, sizes.peer_projected)
            waits = sorted(seen_after(running, f"bench.seen-{number}-{wait}") for wait in range(sizes.live_waits))
            yield {
                "ours": sizes.live_batches * BATCH / our_seconds,
                "eventsourcing": sizes.peer_projected / peer_seconds,
                "append to visible p99, ms": waits[len(waits) * 99 // 100] * 1_000,
            }


def runtime(directory: Path) -> Runtime:
    """The platform's own runtime, with one service that has only the timeline."""
    directory.mkdir()
    service = Service("analytics", projections=[TIMELINE])
    log, keys = SqliteLog(directory / "events.db"), keys_in_file(directory / "keys.db")
    return Runtime(Settings(data_dir=directory), [service], log, keys, lambda actor, read: ())


def append(log: EventLog, stream: str, events: int) -> int:
    return log.append(stream, 0, prepare([visit_noted(number) for number in range(events)], metadata()))


def catch_up(projector: Projector) -> None:
    while projector.step():
        pass


def seen_after(running: Runtime, stream: str) -> float:
    """Seconds from asking for an append until the read model shows the event."""
    prepared = prepare([visit_noted(1)], metadata())
    began = perf_counter()
    position = running.log.append(stream, 0, prepared)
    if not running.wait_for(position, PATIENCE_SECONDS):
        raise AssertionError(f"an event was not visible after {PATIENCE_SECONDS} seconds")
    return perf_counter() - began


ROW = Row(
    name="live",
    title="live projection, batches as they come",
    unit="events/s",
    goals=(
        Goal("x eventsourcing projection", of="ours", beside="eventsourcing", at_least=15),
        Goal("append to visible p99, ms", of="append to visible p99, ms", at_most=5),
    ),
    rounds=rounds,
)
