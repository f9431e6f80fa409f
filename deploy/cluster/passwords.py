"""Passwords of private engines: made once, each in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def new() -> str:
    return secrets.token_urlsafe(24)


def kept(file: Path) -> str:
    """What the file holds: a new password, written on first use."""
    return file.read_text() if file.exists() else write(file, new()).read_text()


def write(file: Path, text: str) -> Path:
    """Write a file of mode 0600, in the place of what was there."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    return file
