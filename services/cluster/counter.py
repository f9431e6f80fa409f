"""Takes requests over a unix socket, a thread for each connection, and finishes those in hand when it closes."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from services.cluster.frames import private_directory, receive, send

MOST_CONNECTIONS = 64
"""Twice what an edge opens, so that one starting while another ends finds room."""


class Counter:
    """Listens from the moment it is made. `answer` gives the reply to each message."""

    def __init__(self, path: Path, answer: Callable[[bytes], bytes]) -> None:
        self._path, self._answer = path, answer
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        private_directory(path.parent)
        path.unlink(missing_ok=True)  # left behind by a worker that was killed
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(path))
        self._listening.listen(MOST_CONNECTIONS)
        self._accepting = threading.Thread(target=self._accept, name="counter", daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            self._room.acquire()
            try:
                connection, _ = self._listening.accept()
            except OSError:  # it was closed
                return
            thread = threading.Thread(target=self._serve, args=(connection,), name="request", daemon=True)
            with self._lock:
                self._open[connection] = thread
                if self._closing.is_set():
                    connection.shutdown(socket.SHUT_RD)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            # Whoever asked may be gone before the reply: what was done stays done, and it will ask again.
            with connection, contextlib.suppress(OSError):
                while (asked := receive(connection)) is not None:
                    send(connection, self._answer(asked))
        finally:
            with self._lock:
                del self._open[connection]
            self._room.release()

    def close(self, timeout: float) -> bool:
        """Take nothing more, and wait up to so many seconds for the replies in hand; False when some were not given."""
        self._closing.set()
        self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join(1)
        with self._lock:
            serving = list(self._open.items())
            for connection, _ in serving:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)  # what has arrived is still read and answered
        until = time.monotonic() + timeout
        for _, thread in serving:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for _, thread in serving)
