"""An edge: the service's place on the message bus, by nameko. It takes requests and hands each to the worker beside it.

Loaded by `edge_process`, in a process where every wait gives way to others (eventlet). It must load neither grpc nor
psycopg, which wait without giving way."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import kombu.pools
from nameko.amqp.publish import Publisher
from nameko.constants import NON_PERSISTENT
from nameko.messaging import QueueConsumer
from nameko.rpc import Responder, Rpc, RpcConsumer
from nameko.runners import ServiceRunner

from services.cluster.lifeline import hold_on_to
from services.cluster.line import Line
from services.cluster.messages import VERBS
from services.cluster.names import edge_name
from services.cluster.scrape import scraped
from services.cluster.tracing import spans_of
from services.core.logs import logger
from services.core.settings import Settings

MAX_WORKERS = 32
"""Requests in hand at the same time, whichever the verb; the broker hands over so many and keeps the others. More would
only wait inside the worker, where nobody else could take them."""
IDLE_SECONDS = 0.25
"""How often it is looked whether to stop, and whether the heart still beats."""
HEARTBEAT_SECONDS = 3
"""A broker that says nothing for two heartbeats is gone, though its connection hangs open."""


class _Publisher(Publisher):  # type: ignore[misc]
    """Answers must not stay on the broker's disk, where no erasure would find them."""

    delivery_mode = NON_PERSISTENT


Responder.publisher_cls = _Publisher


class _Consumer(QueueConsumer):  # type: ignore[misc]
    """Ends the process with its connection, as it stands: nameko's own end waits for the broker's last word, for ever
    where the connection hangs. Whoever asked and got no answer asks again, and a command has one effect."""

    def run(self) -> None:
        try:
            for _ in self.consume(limit=None, safety_interval=IDLE_SECONDS):
                pass
        except Exception as error:
            logger.error("not connected to the broker", what="edge", why=type(error).__name__)
            self.kill()

    @contextmanager
    def establish_connection(self) -> Iterator[kombu.Connection]:
        connection = self.create_connection()
        try:
            connection.ensure_connection(max_retries=0)
            yield connection
        finally:
            connection.collect()  # without a word to a broker that may not answer

    def kill(self) -> None:
        os._exit(1)


class _RpcConsumer(RpcConsumer):  # type: ignore[misc]
    queue_consumer = _Consumer()


class _Rpc(Rpc):  # type: ignore[misc]
    rpc_consumer = _RpcConsumer()


def edge_of(service: str, line: Line) -> type[Any]:
    """The class that nameko serves: an entrypoint for each verb, each from the JSON of a request to that of a reply."""

    def pass_on(_: object, request: str) -> str:
        return line.ask(request.encode()).decode()

    entrypoint = _Rpc.decorator(pass_on)
    return type("Edge", (), {"name": edge_name(service), **dict.fromkeys(VERBS, entrypoint)})


def serve(settings: Settings, service: str, lifeline: int | None = None) -> None:
    """Take requests until SIGTERM or the end of the launcher; then have those in hand answered. The process ends at
    once when the broker goes away."""
    kombu.pools.set_limit(MAX_WORKERS)
    line = Line(settings, service, spans_of(settings, f"edge of {service}"))
    config = {"AMQP_URI": settings.amqp_url, "HEARTBEAT": HEARTBEAT_SECONDS, "max_workers": MAX_WORKERS}
    runner = ServiceRunner(config)
    runner.add_service(edge_of(service, line))

    def stop(*_: object) -> None:
        eventlet.spawn_n(runner.stop)  # what handles a signal may not wait, and stopping does

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if lifeline is not None:
        hold_on_to(lifeline, stop)
    with scraped(settings.metrics_port and settings.metrics_port + 1, settings.host) as watched:
        watched.of(line.health)
        runner.start()
        runner.wait()
    line.close()
