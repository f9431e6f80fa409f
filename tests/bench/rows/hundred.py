"""A durable append of a hundred events of one stream in each commit."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import commits
from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    return commits.rounds(directory, commits=sizes.batches, size=100)


ROW = Row(
    name="hundred",
    title="100 events of one stream per commit",
    unit="events/s",
    goals=(
        Goal("of raw", of="ours", beside="raw", at_least=0.75),
        Goal("x eventsourcing save", of="ours", beside="eventsourcing", at_least=3.0),
    ),
    rounds=rounds,
)
