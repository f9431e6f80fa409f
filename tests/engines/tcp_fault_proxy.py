"""A TCP proxy that can be told to misbehave, before a server on this machine."""

import selectors
import socket
import threading
import time
from contextlib import suppress
from typing import Self

TICK_SECONDS = 0.02


class FaultProxy:
    """Carries bytes between whoever connects to `port` and the server behind it, until told otherwise.

    A fault meets every connection there is; `mend` lets new ones through. `delay` is in seconds, for each way."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._clients: set[socket.socket] = set()
        self._hanging: set[socket.socket] = set()
        self._mute = self._refusing = self._ending = False
        self.delay = 0.0
        self._selector = selectors.DefaultSelector()
        self._lock = threading.RLock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="fault-proxy", daemon=True)

    def cut(self) -> None:
        """Close every connection."""
        with self._lock:
            for connection in list(self._clients):
                self._close(connection)

    def refuse(self) -> None:
        """Close every connection, and each new one at once."""
        self._refusing = True
        self.cut()

    def hang(self) -> None:
        """Carry nothing more on the connections there are, and leave them open; new ones work."""
        with self._lock:
            self._hanging |= set(self._pairs)

    def swallow_replies(self) -> None:
        """Carry what clients send, and nothing back; on new connections too."""
        self._mute = True

    def mend(self) -> None:
        """Close what was faulty, and let new connections through."""
        self._mute = self._refusing = False
        self.cut()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        self._thread.join()
        self.cut()
        self._listening.close()
        self._selector.close()

    def _run(self) -> None:
        while not self._ending:
            for key, _ in self._selector.select(TICK_SECONDS):
                with self._lock:
                    if key.fileobj is self._listening:
                        self._accept()
                    elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._pairs:
                        self._carry(key.fileobj)

    def _accept(self) -> None:
        client, _ = self._listening.accept()
        if self._refusing:
            client.close()
            return
        try:
            server = socket.create_connection(("127.0.0.1", self._server_port), 5)
        except OSError:
            client.close()
            return
        self._clients.add(client)
        for own, other in ((client, server), (server, client)):
            self._pairs[own] = other
            self._selector.register(own, selectors.EVENT_READ)

    def _carry(self, connection: socket.socket) -> None:
        if connection in self._hanging:
            self._selector.unregister(connection)  # what arrives stays unread
            return
        try:
            time.sleep(self.delay)
            part = connection.recv(65_536)
            if part and not (self._mute and connection not in self._clients):
                self._pairs[connection].sendall(part)
        except OSError:
            part = b""
        if not part:
            self._close(connection)

    def _close(self, connection: socket.socket) -> None:
        for each in (connection, self._pairs.get(connection)):
            if each is not None:
                self._pairs.pop(each, None)
                self._clients.discard(each)
                self._hanging.discard(each)
                with suppress(KeyError):
                    self._selector.unregister(each)
                each.close()
