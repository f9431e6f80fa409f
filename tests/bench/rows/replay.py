"""Replay of the whole log into typed events, each contestant adding up the minutes to show that it read all."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from services.core.log import PAGE, EventLog, pages
from services.core.sqlite_file import connect
from tests.bench import stock
from tests.bench.events import VisitNoted, minutes_of
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.peer import School, Schools
from tests.bench.sizes import Sizes

SELECT = (
    "SELECT position, stream_id, version, event_id, type_id, recorded_at, metadata, data, hash"
    " FROM events WHERE position > ? ORDER BY position LIMIT ?"
)


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    with (
        closing(stock.log(directory, sizes.stock)) as log,
        closing(Schools(directory / "replay-peer.db")) as app,
    ):
        stock.fill_peer(app, sizes.peer_stock)
        minutes = sum(minutes_of(number) for number in range(sizes.stock))
        peer_minutes = sum(minutes_of(number) for number in range(sizes.peer_stock))
        while True:
            yield {
                "ours": sizes.stock / seconds(replay, log, minutes),
                "raw": sizes.stock / seconds(replay_raw, log.path, minutes),
                "eventsourcing": sizes.peer_stock / seconds(replay_peer, app, peer_minutes),
            }


def replay(log: EventLog, expected: int) -> None:
    minutes = 0
    for page in pages(log):
        for recorded in page:
            if isinstance(recorded.data, VisitNoted):
                minutes += recorded.data.minutes
    check(minutes, expected)


def replay_raw(path: Path, expected: int) -> None:
    minutes = position = 0
    connection = connect(path, read_only=True)
    decode = msgspec.json.Decoder(VisitNoted).decode
    while page := connection.execute(SELECT, (position, PAGE)).fetchall():
        for row in page:
            minutes += decode(row[7]).minutes
        position = page[-1][0]
    connection.close()
    check(minutes, expected)


def replay_peer(app: Schools, expected: int) -> None:
    minutes = position = 0
    to_event = app.mapper.to_domain_event
    while page := app.page(after=position):
        for notification in page:
            noted = to_event(notification)
            if isinstance(noted, School.VisitNoted):
                minutes += noted.minutes
        position = page[-1].id
    check(minutes, expected)


def check(minutes: int, expected: int) -> None:
    if minutes != expected:
        raise AssertionError(f"the replay gave {minutes} minutes of visits, not {expected}")


ROW = Row(
    name="replay",
    title="replay a million events into typed objects",
    unit="events/s",
    goals=(
        Goal("of raw pages + msgspec", of="ours", beside="raw", at_least=0.65),
        Goal("x eventsourcing", of="ours", beside="eventsourcing", at_least=4.0),
    ),
    rounds=rounds,
    long=True,
)
