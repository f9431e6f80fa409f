"""What the tests of publishing share: a log with public events in it, a relay over it, and a queue that listens."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu import Connection, Consumer, Exchange, Queue

from services.cluster.relay import Relay
from services.cluster.tracing import Span, untimed
from services.core.cloud_events import EXCHANGE, cloud_event
from services.core.envelope import Metadata, NewEvent, prepare
from services.core.log import EventLog, pages
from services.core.read_db import ReadModel
from services.core.sqlite_log import SqliteLog
from services.core.sqlite_read_db import SqliteReadModels
from services.scheduling.events import SchoolChanged, SchoolSubscribed, SubscriptionEnded, VisitConfirmed
from services.wiring import relay_checkpoint

ADDRESS = "https://partnership.example"
YEAR = 2011
LIMIT_SECONDS = 60


def metadata() -> Metadata:
    command = uuid4()
    return Metadata(command, command, command, "officer-1", "programme_officer", date(2011, 9, 1), "Asked for by Ms X")


def append(log: EventLog, urn: int, *, after: int = 0) -> None:
    """One school's year: three public events in one stream, and one that is not public in another."""
    subscribed = [
        SchoolSubscribed(urn, YEAR, date(2011, 9, 1)),
        SchoolChanged(urn, name=f"School {urn}"),
        SubscriptionEnded(urn, YEAR, date(2012, 3, 31)),
    ]
    log.append(f"scheduling.subscription-{urn}-{YEAR}", after, prepare(subscribed, metadata()))
    log.append(f"scheduling.other-{uuid4()}", 0, prepare([VisitConfirmed(urn, YEAR, "1", "headteacher")], metadata()))


def append_unreadable(log: EventLog, urn: int) -> int:
    """An event of a public type whose bytes are not of that type; gives its position."""
    (whole,) = prepare([SchoolSubscribed(urn, YEAR, date(2011, 9, 1))], metadata())
    broken = NewEvent(whole.event_id, whole.type, whole.schema_version, whole.metadata, b'{"urn":"none"}')
    return log.append(f"scheduling.broken-{urn}", 0, [broken])


def expected(log: EventLog, after: int = 0) -> list[dict[str, Any]]:
    """What a subscriber must have in the end, of what came after a position."""
    found = (cloud_event(recorded, ADDRESS) for page in pages(log, after) for recorded in page)
    return [event for event in found if event is not None]


def once(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each event where it first came."""
    return list({event["id"]: event for event in reversed(events)}.values())[::-1]


def until(condition: Callable[[], object], why: str) -> None:
    """Wait for a condition. It fails when that takes far too long."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, why
        time.sleep(0.01)


def checkpoint(directory: Path) -> ReadModel:
    return relay_checkpoint(SqliteReadModels(directory, readers=1))


@contextmanager
def relaying(directory: Path, url: str, span: Span = untimed) -> Iterator[Relay]:
    """A relay in a thread, over the log of a directory, as `partnership relay` runs it."""
    log, stopping = SqliteLog(directory / "events.db", read_only=True), threading.Event()
    relay = Relay(log, checkpoint(directory), url, ADDRESS, span)
    thread = threading.Thread(target=relay.run, args=(stopping,))
    thread.start()
    try:
        yield relay
    finally:
        stopping.set()
        thread.join(LIMIT_SECONDS)
        log.close()
        assert not thread.is_alive(), "the relay does not stop"


class Listener:
    """A durable queue bound to the exchange; it reads only when asked."""

    def __init__(self, url: str, routing_key: str = "#") -> None:
        self._url = url
        exchange = Exchange(EXCHANGE, "topic", durable=True)
        self.name = f"subscriber.{uuid4()}"
        self._queue = Queue(self.name, exchange, routing_key=routing_key, expires=600)
        with Connection(url) as connection:
            self._queue(connection.default_channel).declare()

    def messages(self, number: int) -> list[Any]:
        """So many messages, in the order in which they came."""
        return self._read(lambda found: len(found) >= number)

    def events(self, number: int) -> list[dict[str, Any]]:
        return [json.loads(message.body) for message in self.messages(number)]

    def events_up_to(self, last: dict[str, Any]) -> list[dict[str, Any]]:
        """Every event until this one has come."""
        found = self._read(lambda found: any(message.properties["message_id"] == last["id"] for message in found))
        return [json.loads(message.body) for message in found]

    def _read(self, enough: Callable[[list[Any]], bool]) -> list[Any]:
        found: list[Any] = []
        with Connection(self._url) as connection:
            queue = self._queue(connection.default_channel)

            def read() -> bool:
                found.extend(_drained(queue))
                return enough(found)

            until(read, "the messages do not come")
        return found

    def consume(self, connection: Connection) -> None:
        """Have the broker send whatever comes over this connection, where nobody says that it was taken."""
        Consumer(connection, [self._queue], callbacks=[lambda *_: None]).consume()

    def waiting(self) -> int:
        """How many messages are in the queue."""
        with Connection(self._url) as connection:
            declared = self._queue(connection.default_channel).queue_declare(passive=True)
            return int(declared.message_count)


def _drained(queue: Any) -> Iterator[Any]:
    while (message := queue.get(no_ack=True)) is not None:
        yield message
