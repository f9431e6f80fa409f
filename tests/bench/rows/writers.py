"""Eight writers at once, on the disk as it is."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import writers
from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    return writers.rounds(directory, sizes.appends_per_writer, delay=0)


ROW = Row(
    name="writers",
    title="8 writers at once",
    unit="events/s",
    goals=(
        Goal("of one raw writer", of="ours", beside="one raw writer", at_least=2.2),
        Goal("x eventsourcing with 8", of="ours", beside="eventsourcing", at_least=4.5),
        Goal("longest wait, ms", of="longest wait, ms", at_most=50, worst=True),
    ),
    rounds=rounds,
)
