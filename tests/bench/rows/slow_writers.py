"""Eight writers at once, with a millisecond added to each sync, as on a cloud's disk."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import writers
from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes

ADDED_SECONDS = 0.001


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    return writers.rounds(directory, sizes.slow_appends_per_writer, ADDED_SECONDS)


ROW = Row(
    name="slow-writers",
    title="8 writers at once, 1 ms added to each sync",
    unit="events/s",
    goals=(
        Goal("of one raw writer", of="ours", beside="one raw writer", at_least=5),
        Goal("x eventsourcing with 8", of="ours", beside="eventsourcing", at_least=4.5),
        Goal("longest wait, ms", of="longest wait, ms", at_most=50, worst=True),
    ),
    rounds=rounds,
)
