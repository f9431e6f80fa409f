"""A port of this machine for each program, the same at every start as far as nobody else has taken it."""

import contextlib
import json
import socket
from pathlib import Path


class Ports:
    """Ports on 127.0.0.1 by name, kept in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        self._given: dict[str, int] = {}
        self._taken: set[int] = set()

    def of(self, name: str, count: int = 1) -> int:
        """The port of this program, the first of `count` that follow each other."""
        if name not in self._given:
            port = self._kept.get(name) or free_port()
            while not all(map(self._is_free, range(port, port + count))):
                port = free_port()
            self._given[name] = self._kept[name] = port
            self._taken.update(range(port, port + count))
            self._file.write_text(json.dumps(self._kept, indent=1))
        return self._given[name]

    def _is_free(self, port: int) -> bool:
        return port not in self._taken and not in_use(port)


def free_port() -> int:
    """A port that nothing listens on, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def in_use(port: int) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        # As servers do, so that a port just left by one of them counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return True
    return False


def answers(port: int) -> bool:
    """Whether something takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
