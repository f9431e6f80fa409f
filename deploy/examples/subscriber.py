"""A sample subscriber: keeps every public event in a file of its own, each once, those of a stream in order.

AMQP_URL, EVENTS_URL (https://.../api/v1/events) and TOKEN come from the operator; QUEUE, which begins with
`subscriber.`, and FILE are names of your own.
If it ends, for whatever reason, start it again: it goes on from where it was."""

import json
import os
import sqlite3
from contextlib import suppress
from typing import Any
from urllib.request import Request, urlopen

from kombu import Connection, Exchange, Message, Queue

file = sqlite3.connect(os.environ["FILE"])
file.execute("CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, position INTEGER, event TEXT)")


def take(event: dict[str, Any]) -> None:
    """Once for each id, however often it comes. What you do with an event belongs into the same transaction."""
    with file:
        row = event["id"], int(event["position"]), json.dumps(event)
        file.execute("INSERT OR IGNORE INTO events VALUES (?, ?, ?)", row)


def page_after(position: int) -> list[dict[str, Any]]:
    address = f"{os.environ['EVENTS_URL']}?limit=1000&after={position}"
    request = Request(address, headers={"Authorization": f"Bearer {os.environ['TOKEN']}"})  # noqa: S310 - is https
    return list(json.load(urlopen(request, timeout=60)))  # noqa: S310


def take_history() -> None:
    (position,) = file.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()
    while page := page_after(position):
        for event in page:
            take(event)
        position = page[-1]["position"]


def take_message(message: Message) -> None:
    take(json.loads(message.body))
    message.ack()


with Connection(os.environ["AMQP_URL"], heartbeat=30) as connection:
    events = Exchange("partnership.events", no_declare=True)  # it is the platform's
    kept = {"x-queue-type": "quorum"}  # on disk, and on three machines where the broker has three
    queue = Queue(os.environ["QUEUE"], events, "#", queue_arguments=kept)(connection.default_channel)
    queue.declare()  # first: from here on the queue misses nothing
    take_history()  # then: what was before it
    with connection.Consumer(queue, on_message=take_message, prefetch_count=100):
        while True:
            with suppress(TimeoutError):
                connection.drain_events(timeout=10)
            connection.heartbeat_check()
