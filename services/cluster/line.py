"""The edge's line to its worker: a few connections over the unix socket, kept open, each for one request at a time."""

import socket
import time

import msgspec

from services.cluster.frames import receive, send, socket_path
from services.cluster.messages import TOO_LATE, Verb, faulty
from services.core.settings import Settings

STARTING_SECONDS = 5.0
"""How long a worker that does not listen is waited for: it may be starting again."""
PAUSE_SECONDS = 0.1
LATE_SECONDS = 1.0
"""How long after the deadline a reply is still waited for, so that the worker's own word comes first."""


class _Bounds(msgspec.Struct, frozen=True):
    """All that the edge reads of a request."""

    verb: Verb
    deadline: float


_decode_bounds = msgspec.json.Decoder(_Bounds).decode


class Line:
    """A request whose connection breaks is asked again: the same command has one effect."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._service, self._path = service, str(socket_path(settings, service))
        self._idle: list[socket.socket] = []

    def ask(self, request: bytes) -> bytes:
        """The worker's reply, or a fault that says why there is none."""
        try:
            bounds = _decode_bounds(request)
        except msgspec.MsgspecError:
            return faulty("ServiceFailed", "The request can't be read.")
        sent, began = False, time.time()
        if bounds.deadline <= began:
            return faulty("TooLate", TOO_LATE)
        while time.time() < bounds.deadline:
            try:
                connection = self._idle.pop() if self._idle else self._connect()
            except OSError:
                if not sent and time.time() - began > STARTING_SECONDS:
                    break
                time.sleep(PAUSE_SECONDS)
                continue
            sent = True
            if reply := self._exchange(connection, request, bounds.deadline + LATE_SECONDS - time.time()):
                return reply
            self.close()
            time.sleep(PAUSE_SECONDS)
        if sent and bounds.verb == "handle":
            return faulty("OutcomeUnknown", f"The service {self._service} took the command and gave no answer.")
        return faulty("ServiceUnavailable", f"The service {self._service} is not answering.")

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(self._path)
        except OSError:
            connection.close()
            raise
        return connection

    def _exchange(self, connection: socket.socket, request: bytes, seconds: float) -> bytes | None:
        """One request and its reply, or None where the connection broke or time ran out."""
        try:
            connection.settimeout(max(0.01, seconds))
            send(connection, request)
            reply = receive(connection)
        except OSError:
            reply = None
        if reply is None:
            connection.close()
        else:
            self._idle.append(connection)
        return reply

    def close(self) -> None:
        """Close what is kept open; where one connection broke, the worker behind all of them has ended."""
        while self._idle:
            self._idle.pop().close()

    def health(self) -> list[str]:
        """What is wrong, in words: nothing where the worker answers."""
        try:
            self._connect().close()
        except OSError as error:
            return [f"The worker of {self._service} is not listening: {error.strerror}."]
        return []
