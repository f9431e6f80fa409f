"""The doorbell: a worker rings when its read models have moved, so that a page need not ask how far they are.

A ring says only that a position was reached, which stays true: lost, late or repeated it does no harm, for whoever
waits asks as well."""

from typing import Any, Protocol

import msgspec
from kombu import Connection, Consumer, Exchange, Queue

from services.cluster.broker import Kept, attend
from services.cluster.names import BELL
from services.cluster.positions import Positions

EXCHANGE = Exchange(BELL, type="fanout", durable=False)
LEAST_SECONDS = 0.005
"""Between two rings of a worker: moves in between are told by the next."""
IDLE_SECONDS = 0.5


class Ring(msgspec.Struct, frozen=True):
    """Every read model of the service has folded the log up to the position."""

    service: str
    position: int


_decode = msgspec.json.Decoder(Ring).decode
_encode = msgspec.json.Encoder().encode


class Moving(Protocol):
    """What a worker's bell watches: a Runtime."""

    def position(self) -> int: ...
    def wait_for(self, position: int, timeout: float) -> bool: ...


class Ringer(Kept):
    """Rings for one service."""

    def __init__(self, amqp_url: str, service: str, moving: Moving) -> None:
        super().__init__(amqp_url, "ringer")
        self._service, self._moving = service, moving

    def _work(self, connection: Connection) -> None:
        producer = connection.Producer(exchange=EXCHANGE)
        rung = -1
        while not self._stopping.is_set():
            position = self._moving.position()
            if position > rung:
                producer.publish(_encode(Ring(self._service, position)), delivery_mode="transient", declare=[EXCHANGE])
                rung = position
                attend(connection, LEAST_SECONDS)
            elif not self._moving.wait_for(rung + 1, IDLE_SECONDS):
                attend(connection, LEAST_SECONDS)


class Listener(Kept):
    """Tells `positions` of every ring."""

    def __init__(self, amqp_url: str, positions: Positions) -> None:
        super().__init__(amqp_url, "listener")
        self._positions = positions

    def _work(self, connection: Connection) -> None:
        queue = Queue(exchange=EXCHANGE, exclusive=True, auto_delete=True, durable=False)
        Consumer(connection, [queue], callbacks=[self._heard], no_ack=True).consume()
        while not self._stopping.is_set():
            attend(connection, IDLE_SECONDS)

    def _heard(self, body: Any, _: object) -> None:
        ring = _decode(body)
        self._positions.hear(ring.service, ring.position)
