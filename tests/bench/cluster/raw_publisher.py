"""kombu and nothing else: ready messages published in batches, each batch confirmed before the next."""

from collections.abc import Sequence
from typing import Any

from kombu import Connection, Exchange, Producer

from services.cluster.topic import Message
from services.core.cloud_events import CONTENT_TYPE, EXCHANGE


def publish(url: str, messages: Sequence[Message], batch: int) -> None:
    """Publish all, persistent."""
    with Connection(url) as connection:
        channel: Any = connection.channel()
        channel.confirm_select()
        unconfirmed = set[int]()
        channel.events["basic_ack"].add(lambda tag, multiple: confirm(unconfirmed, tag, multiple))
        producer, tag = Producer(channel, Exchange(EXCHANGE, "topic", durable=True)), 0
        for start in range(0, len(messages), batch):
            for message in messages[start : start + batch]:
                producer.publish(
                    message.body,
                    routing_key=message.routing_key,
                    content_type=CONTENT_TYPE,
                    content_encoding="utf-8",
                    delivery_mode="persistent",
                    message_id=message.id,
                )
                tag += 1
                unconfirmed.add(tag)
            while unconfirmed:
                connection.drain_events(timeout=30)


def confirm(unconfirmed: set[int], tag: int, multiple: bool) -> None:
    if multiple:
        unconfirmed.difference_update([each for each in unconfirmed if each <= tag])
    else:
        unconfirmed.discard(tag)
