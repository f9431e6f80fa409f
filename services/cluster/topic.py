"""The topic exchange on which other systems hear of public events: durable, with every message confirmed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from amqp.exceptions import ResourceLocked
from amqp.spec import Basic
from kombu import Connection, Exchange, Queue
from msgspec import Struct

from services.cluster.broker import HEARTBEAT_SECONDS, LIMITS, attend
from services.cluster.metrics import BROKER_CONNECTED
from services.core.cloud_events import CONTENT_TYPE, EXCHANGE

ONE_RELAY = "partnership.relay"
"""An exclusive queue, which nothing is ever sent to: whoever has it is the one that publishes."""
PERSISTENT = 2
PATIENCE = 15.0
"""Seconds within which the broker must have confirmed what it was sent."""


class BrokerAway(Exception):
    """The broker can't be reached, or took too long: what was not confirmed must be published again."""


class AnotherRelay(BrokerAway):
    """Another relay publishes at the moment."""


class Message(Struct, frozen=True, gc=False):
    """What is published: the routing key, the id and the body."""

    routing_key: str
    id: str
    body: bytes


class Topic:
    """A connection that alone may publish, as long as it lasts. For one thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channel = connection.channel()
        self._published = 0
        self._unconfirmed: set[int] = set()
        self._refused = False
        Queue(ONE_RELAY, exclusive=True, durable=False)(self._channel).queue_declare()
        Exchange(EXCHANGE, "topic", durable=True)(self._channel).declare()
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._confirmed)
        self._channel.events["basic_nack"].add(self._nacked)

    def publish(self, messages: Iterable[Message]) -> None:
        """Send messages in order, without waiting. Raises what `opened_topic` turns into BrokerAway."""
        for message in messages:
            self._published += 1
            self._unconfirmed.add(self._published)
            prepared = self._channel.prepare_message(
                message.body,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                properties={"delivery_mode": PERSISTENT, "message_id": message.id},
            )
            # What basic_publish does, but for looking whether the broker has said something before each message.
            self._channel.send_method(
                Basic.Publish, "Bssbb", (0, EXCHANGE, message.routing_key, False, False), prepared
            )

    def confirmed(self) -> None:
        """Wait until the broker has every message that was sent. Raises BrokerAway."""
        deadline = monotonic() + PATIENCE
        while self._unconfirmed:
            if monotonic() > deadline:
                raise BrokerAway("The broker does not confirm what it was sent.")
            attend(self._connection, 1.0)
        if self._refused:
            raise BrokerAway("The broker would not keep a message.")

    def beat(self) -> None:
        """Tell the broker that we are there, and notice when it is not. To be called every second or so."""
        attend(self._connection, 0.001)

    def _confirmed(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._unconfirmed = {each for each in self._unconfirmed if each > tag}
        else:
            self._unconfirmed.discard(tag)

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._refused = True
        self._confirmed(tag, multiple)


@contextmanager
def opened_topic(url: str) -> Iterator[Topic]:
    """The exchange, ready to publish to, until the block ends. Whatever happens to the connection inside, or while it
    is made, is raised as BrokerAway; AnotherRelay when one has it."""
    connection = Connection(url, heartbeat=HEARTBEAT_SECONDS, transport_options=LIMITS)
    try:
        connection.ensure_connection(max_retries=0, reraise_as_library_errors=False)
        topic = Topic(connection)
        BROKER_CONNECTED.labels(ONE_RELAY).set(1)
        yield topic
    except ResourceLocked as error:
        raise AnotherRelay("Another relay publishes; this one waits until it ends.") from error
    except (*connection.connection_errors, *connection.channel_errors) as error:
        raise BrokerAway(f"The broker can't be used: {error or type(error).__name__}.") from error
    finally:
        BROKER_CONNECTED.labels(ONE_RELAY).set(0)
        connection.collect()
