"""Messages over a unix socket: each is its length in bytes (four, big-endian) and then its text."""

import struct
from pathlib import Path
from socket import socket

from services.core.settings import BadSetting, Settings

LENGTH = struct.Struct(">I")
LONGEST = 64 * 1024 * 1024
LONGEST_PATH = 100
"""In bytes: the kernels allow 104 to 108 for the address of a unix socket."""


def send(connection: socket, message: bytes) -> None:
    """Raises OSError when the other side is gone."""
    connection.sendall(LENGTH.pack(len(message)) + message)


def receive(connection: socket) -> bytes | None:
    """The next message, or None where the other side has no more. Raises OSError when it is cut short."""
    head = _exactly(connection, LENGTH.size)
    if not head:
        return None
    (length,) = LENGTH.unpack(head)
    if length > LONGEST:
        raise ConnectionError(f"a message of {length} bytes is longer than any that is sent")
    return _exactly(connection, length, cut_short=True)


def _exactly(connection: socket, size: int, *, cut_short: bool = False) -> bytes:
    """So many bytes, or none where the other side ended before the first, unless that would cut a message short."""
    found = bytearray()
    while len(found) < size:
        part = connection.recv(min(size - len(found), 1 << 20))
        if not part:
            if found or cut_short:
                raise ConnectionError("the other side ended in the middle of a message")
            break
        found += part
    return bytes(found)


def socket_path(settings: Settings, service: str) -> Path:
    """Where a service's worker listens: in a directory that only this user can enter. Raises BadSetting."""
    path = (settings.data_dir / "run" / f"{service}.sock").absolute()
    if len(str(path).encode()) > LONGEST_PATH:
        raise BadSetting(f"DATA_DIR is too long for a unix socket inside it: {path}. Choose a shorter one.")
    return path


def private_directory(path: Path) -> None:
    """Make the directory of a socket, closed to other users. Raises OSError."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
