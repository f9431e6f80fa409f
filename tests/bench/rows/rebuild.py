"""Rebuild of a timeline and counters from the whole log."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from tests.bench import bulk_build, projection, stock
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.peer import Schools
from tests.bench.peer_projection import open_projection, project
from tests.bench.sizes import Sizes


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    by_hand = directory / "rebuild-raw.db"
    with (
        closing(stock.log(directory, sizes.stock)) as log,
        closing(Schools(directory / "rebuild-peer.db")) as app,
    ):
        ours = projection.projector(log, directory / "rebuild")
        stock.fill_peer(app, sizes.peer_projected)
        for number in count():
            peer = open_projection(directory / f"rebuild-peer-{number}.db")
            sample = {
                "ours": sizes.stock / seconds(ours.rebuild),
                "by hand": sizes.stock / seconds(bulk_build.build, log.path, by_hand),
                "eventsourcing": sizes.peer_projected / seconds(project, app, peer, sizes.peer_projected),
            }
            built = directory / "rebuild" / ours.model.current().name
            if number == 0 and not bulk_build.same(built, by_hand):
                raise AssertionError("our rebuild and the one by hand differ")
            yield sample


ROW = Row(
    name="rebuild",
    title="rebuild timeline and counters from a million events",
    unit="events/s",
    goals=(
        Goal("of a bulk build by hand", of="ours", beside="by hand", at_least=0.75),
        Goal("x eventsourcing", of="ours", beside="eventsourcing", at_least=40),
    ),
    rounds=rounds,
    long=True,
)
