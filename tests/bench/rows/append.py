"""A durable append: one event in each commit, its hash included."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import commits
from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    return commits.rounds(directory, commits=sizes.appends, size=1)


ROW = Row(
    name="append",
    title="durable append, one event per commit, hash included",
    unit="events/s",
    goals=(
        Goal("of raw", of="ours", beside="raw", at_least=0.85),
        Goal("x eventsourcing save", of="ours", beside="eventsourcing", at_least=1.7),
    ),
    rounds=rounds,
)
