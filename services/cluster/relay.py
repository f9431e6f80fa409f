"""Takes public events from the log to the topic exchange: in the order of the log, each at least once.

The checkpoint moves after the broker has confirmed a batch. Whatever happens in between, the batch is published again:
subscribers know an event by its id."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import msgspec
from prometheus_client import Counter, Gauge
from sqlalchemy import select
from sqlalchemy.sql.functions import count

from services.cluster.topic import AnotherRelay, BrokerAway, Message, Topic, opened_topic
from services.cluster.tracing import Span, untimed
from services.core.cloud_events import cloud_event, routing_key
from services.core.envelope import RecordedEvent
from services.core.events import Undecodable
from services.core.log import EventLog, LogUnavailable
from services.core.logs import logger
from services.core.metrics import LAG_EVENTS, PARKED
from services.core.public import public_types
from services.core.read_db import ReadModel, Superseded, move_checkpoint, park, parked, reached
from services.wiring import RELAY

BATCH = 500
IDLE_SECONDS = 1.0
RETRY_SECONDS = 1.0

RELAYED = Counter("partnership_relayed_events", "Public events that the broker has confirmed")
POSITION = Gauge("partnership_relay_position", "Log position up to which the broker has every public event")


class Relay:
    """Publishes from `log` to the broker at `url`; `model` keeps the checkpoint, `address` is the platform's own."""

    def __init__(self, log: EventLog, model: ReadModel, url: str, address: str, span: Span = untimed) -> None:
        self._log, self._model, self._url, self._address, self._span = log, model, url, address, span
        self._types = list(public_types())
        self._position = self._stored = 0
        self._trouble = "The relay is starting."
        if not model.exists():
            model.swap(model.begin())

    def run(self, stopping: threading.Event) -> None:
        """Publish until told to stop, through whatever happens to the broker or the log."""
        while not stopping.is_set():
            try:
                with opened_topic(self._url) as topic:
                    self._publish(topic, stopping)
            except (BrokerAway, LogUnavailable) as error:
                self._trouble = str(error)
                logger.warning("relay waits", why=self._trouble)
                stopping.wait(RETRY_SECONDS)

    def wrong(self) -> list[str]:
        """What keeps the relay from publishing; nothing when all is well."""
        try:
            self._log.since(0, 1)
        except LogUnavailable as error:
            return [str(error)]
        return [self._trouble] if self._trouble else []

    def measure(self) -> None:
        """Tell the metrics how far the relay has come. Raises LogUnavailable."""
        LAG_EVENTS.labels(RELAY).set(max(0, self._log.head() - self._position))
        POSITION.set(self._position)
        with self._model.current().reading() as connection:
            PARKED.labels(RELAY).set(connection.scalar(select(count()).select_from(parked)) or 0)

    def _publish(self, topic: Topic, stopping: threading.Event) -> None:
        # Another relay may have gone on from where this one was before it lost the broker.
        with self._model.current().reading() as connection:
            self._stored, _ = reached(connection)
        self._position, self._trouble = self._stored, ""
        while not stopping.is_set():
            if not self._step(topic):
                topic.beat()
                self._log.wait(self._position, IDLE_SECONDS)

    def _step(self, topic: Topic) -> bool:
        """Publish the next events; False when there were none."""
        head = self._log.head()
        if head <= self._position:
            return False
        events = self._log.since(self._position, BATCH, self._types)
        due = [(recorded, message) for recorded in events if (message := self._message(recorded)) is not None]
        with self._timed(recorded for recorded, _ in due):
            topic.publish(message for _, message in due)
            topic.confirmed()
        position = events[-1].position if len(events) == BATCH else max(head, *(e.position for e in events[-1:]), 0)
        if events:
            self._reach(position, events)
        self._position = position
        RELAYED.inc(len(due))
        return True

    @contextmanager
    def _timed(self, events: Iterable[RecordedEvent]) -> Iterator[None]:
        """A span for each event whose trace is known, as part of it: until the broker has the whole batch."""
        with ExitStack() as spans:
            if self._span is not untimed:
                for recorded in events:
                    if trace := recorded.metadata.trace:
                        spans.enter_context(self._span(f"publish {recorded.type}", trace, producer=True))
            yield

    def _message(self, recorded: RecordedEvent) -> Message | None:
        event = cloud_event(recorded, self._address)
        if event is None:
            return None
        return Message(routing_key(event), event["id"], msgspec.json.encode(event))

    def _reach(self, position: int, events: Sequence[RecordedEvent]) -> None:
        """Keep the checkpoint. What can't be read is set aside, where a person sees it."""
        unread = [
            {"position": each.position, "stream": each.stream, "type": each.type, "error": each.data.error}
            for each in events
            if isinstance(each.data, Undecodable)
        ]
        try:
            with self._model.current().writing() as connection:
                park(connection, unread)
                move_checkpoint(connection, self._stored, position, events[-1].recorded_at)
        except Superseded as error:
            raise AnotherRelay("Another relay has published these events as well.") from error
        self._stored = position
