"""Wrapped keys, whatever keeps them: what every place for them does, and how they go from one to another."""

from collections.abc import Iterator
from typing import Protocol


class Erased(Exception):
    """The person's key was destroyed, so nothing can be sealed for them."""

    def __init__(self) -> None:
        super().__init__("This person was erased; nothing more can be recorded about them.")


class WrappedKeys(Protocol):
    """Where wrapped keys are kept, and whose were destroyed. Several processes may use one at a time.

    Each method raises LogUnavailable when the keys can't be reached."""

    def get(self, person: str) -> bytes | None:
        """The person's wrapped key, or None."""

    def keep(self, person: str, wrapped: bytes) -> bytes:
        """Keep this key unless the person has one already; gives the one that is kept. Raises Erased."""

    def destroy(self, person: str) -> bool:
        """Destroy the person's key, and let no other be kept; False when there was none left to destroy."""

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every person with their wrapped key."""

    def destroyed(self) -> Iterator[str]:
        """Everybody whose key was destroyed."""

    def close(self) -> None: ...


class OtherKey(Exception):
    """The place holds another key for this person, by which something was sealed already."""


def copy_keys(read: WrappedKeys, written: WrappedKeys) -> tuple[int, int]:
    """Copy keys as they are wrapped, none of anybody who was erased in either place, and destroy those of whoever was
    erased in the first. Gives how many were copied and how many destroyed. Raises OtherKey."""
    destroyed = sum(written.destroy(person) for person in read.destroyed())
    return sum(_copied(written, person, wrapped) for person, wrapped in read.all()), destroyed


def _copied(written: WrappedKeys, person: str, wrapped: bytes) -> bool:
    """True when it was not there yet."""
    if written.get(person) == wrapped:
        return False
    try:
        kept = written.keep(person, wrapped)
    except Erased:
        return False
    if kept != wrapped:
        raise OtherKey(f"There is another key for {person} already, by which something was sealed.")
    return True
