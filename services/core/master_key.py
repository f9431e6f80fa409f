"""The key that wraps everybody's: 32 bytes in a file that only its owner can read."""

import os
import secrets
from pathlib import Path

from services.core.log import LogUnavailable

BYTES = 32


def master_key(path: Path, *, new: bool) -> bytes:
    """The master key in a file, made there when it is to wrap the first keys.

    Raises LogUnavailable when it can't be made, is damaged, or is missing though keys were wrapped by it."""
    try:
        if new and not path.exists():
            _make(path)
        master = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise LogUnavailable(f"The master key {path} can't be made or read: {error.strerror}.") from error
    if len(master) != BYTES:
        raise LogUnavailable(f"The master key {path} is missing or damaged. Restore it from a backup.")
    return master


def _make(path: Path) -> None:
    """Whole or not at all, and of two that are made at once the first for both."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            path.hardlink_to(part)
        except FileExistsError:
            return
    finally:
        part.unlink(missing_ok=True)
