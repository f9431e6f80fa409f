"""The relay takes public events from a log to the exchange, beside kombu given the ready messages."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from kombu import Connection, Exchange, Queue

from services.cluster.relay import BATCH, Relay
from services.cluster.topic import Message
from services.core.cloud_events import EXCHANGE, routing_key
from services.core.sqlite_log import SqliteLog
from tests.bench.cluster import raw_publisher
from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.sizes import Sizes
from tests.cluster.published import ADDRESS, append, checkpoint, expected
from tests.engines import rabbitmq

FIRST_URN = 100_000
PUBLIC_OF_A_SCHOOL = 3


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    url, file = rabbitmq.shared().url, directory / "relay.db"
    with closing(SqliteLog(file)) as filling:
        for urn in range(FIRST_URN, FIRST_URN + sizes.relayed // PUBLIC_OF_A_SCHOOL):
            append(filling, urn)
        messages = [message(event) for event in expected(filling)]
    with subscribed(url) as taken:
        for number in count():
            ours = seconds(relay_all(file, directory / f"relay-{number}", url))
            taken(len(messages))
            raw = seconds(raw_publisher.publish, url, messages, BATCH)
            taken(len(messages))
            yield {"ours": len(messages) / ours, "kombu": len(messages) / raw}


def message(event: dict[str, Any]) -> Message:
    return Message(routing_key(event), event["id"], msgspec.json.encode(event))


class _UntilRead(SqliteLog):
    """Tells when somebody waits for more than there is."""

    def __init__(self, file: Path, read: threading.Event) -> None:
        super().__init__(file, read_only=True)
        self._read_all = read

    def wait(self, position: int, timeout: float) -> bool:
        self._read_all.set()
        return super().wait(position, 0)


def relay_all(file: Path, directory: Path, url: str) -> Callable[[], None]:
    """What publishes a log from its beginning to its end, with a checkpoint of its own."""
    done = threading.Event()
    log = _UntilRead(file, done)
    relay = Relay(log, checkpoint(directory), url, ADDRESS)

    def run() -> None:
        relay.run(done)
        log.close()

    return run


@contextmanager
def subscribed(url: str) -> Iterator[Callable[[int], None]]:
    """A durable queue of another system; gives what checks how many messages have come, and takes them away."""
    with Connection(url) as connection:
        queue = Queue("bench", Exchange(EXCHANGE, "topic", durable=True), routing_key="#")(connection.default_channel)
        queue.declare()

        def taken(expected: int) -> None:
            if (come := queue.purge()) != expected:
                raise AssertionError(f"{expected} messages were published and {come} came")

        try:
            yield taken
        finally:
            queue.delete()


ROW = Row(
    name="relay",
    title=f"public events from the log to the exchange, persistent, confirmed in batches of {BATCH}",
    unit="events/s",
    goals=(Goal("of kombu with ready messages", of="ours", beside="kombu", at_least=0.7),),
    rounds=rounds,
)
