"""How soon another system has an event: from its append in the log, through the relay, to the subscriber's callback."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from kombu import Connection, Exchange, Queue
from kombu.message import Message

from services.core.cloud_events import EXCHANGE
from services.core.envelope import prepare
from services.core.kurrentdb_log import KurrentDbLog
from services.scheduling.events import SchoolSubscribed
from tests.bench.cluster.engines import log_server
from tests.bench.harness import Row, Sample
from tests.bench.sizes import Sizes
from tests.cluster.published import YEAR, metadata
from tests.cluster.test_relay import program
from tests.engines import rabbitmq

PATIENCE_SECONDS = 60
URN = 100_000


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    broker = rabbitmq.shared()
    (directory / "seen").mkdir()
    with (
        log_server(directory / "seen") as kurrentdb_url,
        closing(KurrentDbLog(kurrentdb_url)) as log,
        subscribed(broker.url) as subscriber,
        program("services.cli", directory / "seen", broker, KURRENTDB_URL=kurrentdb_url) as relay,
    ):
        try:
            while True:
                waits = sorted(subscriber.seen_after(log) for _ in range(sizes.seen))
                p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
                yield {"p50": p50 * 1_000, "p99": p99 * 1_000, "longest": waits[-1] * 1_000}
        finally:
            relay.terminate()


class Subscriber:
    """Another system, that takes each message as it comes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[str, float] = {}

    def take(self, message: Message) -> None:
        self._seen[message.properties["message_id"]] = perf_counter()
        message.ack()

    def seen_after(self, log: KurrentDbLog) -> float:
        """Seconds from asking for an append until the callback of the subscriber has the event."""
        prepared = prepare([SchoolSubscribed(URN, YEAR, date(2011, 9, 1))], metadata())
        event_id = str(UUID(bytes=prepared[0].event_id))
        began = perf_counter()
        log.append(f"scheduling.bench-{uuid4()}", 0, prepared)
        while event_id not in self._seen:
            self._connection.drain_events(timeout=PATIENCE_SECONDS)
        return self._seen.pop(event_id) - began


@contextmanager
def subscribed(url: str) -> Iterator[Subscriber]:
    with Connection(url) as connection:
        subscriber = Subscriber(connection)
        queue = Queue("bench-seen", Exchange(EXCHANGE, "topic", durable=True), routing_key="#")
        with connection.Consumer(queue, on_message=subscriber.take, prefetch_count=100):
            try:
                yield subscriber
            finally:
                queue(connection.default_channel).delete()


ROW = Row(
    name="seen",
    title="append in the log to the subscriber's callback, through the relay",
    unit="ms",
    goals=(),
    rounds=rounds,
)
