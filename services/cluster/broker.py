"""A connection to RabbitMQ that never waits for ever, and the thread that keeps one."""

import threading
from typing import Self

from kombu import Connection

from services.cluster.metrics import BROKER_CONNECTED
from services.core.logs import logger

HEARTBEAT_SECONDS = 3
"""A broker that says nothing for two heartbeats is gone, though the connection hangs open."""
LIMITS = {"connect_timeout": 3.0, "read_timeout": 5.0, "write_timeout": 5.0}
"""In seconds, for each step of speaking to the broker."""
AGAIN_SECONDS = 1.0


class Kept:
    """A thread that works over a connection to the broker, and begins again with another when that one breaks."""

    def __init__(self, amqp_url: str, name: str) -> None:
        self._url, self._name = amqp_url, name
        self._stopping = threading.Event()
        self._connected = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            connection = Connection(self._url, heartbeat=HEARTBEAT_SECONDS, transport_options=LIMITS)
            try:
                connection.ensure_connection(max_retries=0, reraise_as_library_errors=False)
                self._tell(True)
                self._work(connection)
            except Exception as error:  # whatever the broker does, or the way to it: there is always another try
                logger.warning("not connected to the broker", what=self._name, why=type(error).__name__)
                self._tell(False)
                self._stopping.wait(AGAIN_SECONDS)
            finally:
                connection.collect()  # without a word to a broker that may not answer

    def _tell(self, connected: bool) -> None:
        BROKER_CONNECTED.labels(self._name).set(int(connected))
        (self._connected.set if connected else self._connected.clear)()

    def _work(self, connection: Connection) -> None:
        """Work until told to stop. Raises whatever the broker does, or the way to it."""
        raise NotImplementedError

    def health(self) -> list[str]:
        """What is wrong, in words."""
        return [] if self._connected.is_set() else ["The message broker (AMQP_URL) can't be reached."]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()


def attend(connection: Connection, seconds: float) -> None:
    """Take in what the broker sends, for so many seconds at most, and keep the connection's heart beating."""
    try:
        connection.drain_events(timeout=seconds)
    except TimeoutError:
        connection.heartbeat_check()
