"""The last position of a log in EventStoreDB / KurrentDB, kept by a subscription in a thread of its own.

The subscription is only a doorbell: readers pull from the log by position, so a notice that is late or comes twice does
no harm. It begins anew from the last position whenever it ends: the server restarts, the connection breaks, or its time
is up, so that one which hangs without a word ends too."""

import threading

from kurrentdbclient.exceptions import KurrentDBClientError
from kurrentdbclient.streams import StreamsService

from services.core.kurrentdb_connection import PAUSE_SECONDS, Connection, How
from services.core.kurrentdb_events import NOT_OURS
from services.core.log import LogUnavailable

LIFE_SECONDS = 60.0
CLOSING_SECONDS = 5.0


class Head:
    """`position` is that of the last event known to be stored, 0 when there is none; whoever starts it has read that
    first."""

    def __init__(self, connection: Connection) -> None:
        self.position = 0
        self._connection = connection
        self._newer = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="log-head", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def reached(self, position: int) -> None:
        """An event is stored at this position."""
        with self._newer:
            if position > self.position:
                self.position = position
                self._newer.notify_all()

    def wait(self, position: int, timeout: float) -> bool:
        with self._newer:
            return self._newer.wait_for(lambda: self.position > position, timeout)

    def close(self) -> None:
        """Wait for the thread to end, once the connection is closed."""
        with self._newer:
            self._newer.notify_all()
        self._thread.join(CLOSING_SECONDS)

    def _run(self) -> None:
        while not self._connection.closing.is_set():
            try:
                self._connection.stream(self._follow, LIFE_SECONDS)
            except (KurrentDBClientError, LogUnavailable, ValueError):
                # Whoever calls the log learns of it in words; here there is only to come back.
                self._connection.closing.wait(PAUSE_SECONDS)

    def _follow(self, streams: StreamsService, how: How) -> None:
        with streams.read(
            commit_position=self.position or None, filter_exclude=NOT_OURS, subscribe=True, **how
        ) as news:
            for event in news:
                self.reached(event.commit_position)
