"""A log copied into another, of either kind: ids, streams, versions, times, order and hashes stay; positions are the
new log's own.

What is there already must be the beginning of the same log, so a copy that was cut short goes on where it ended. Every
event is checked when it is read, and the whole copy again when it is done."""

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from services.core.log import LogDamaged, LogUnavailable
from services.core.seals import Tree
from services.core.verify import StoredEvent, StoredLog, stored_pages

Report = Callable[[int, int], None]
"""Told how many events are done, and of how many as far as is known."""


class NotACopy(LogUnavailable):
    """The log to copy into holds something else."""


class Writer(Protocol):
    """Takes stored events at the end of a log, as they are."""

    def take(self, events: list[StoredEvent]) -> None: ...

    def close(self) -> None: ...


class Copied(msgspec.Struct, frozen=True):
    """Events in the copy, and how many were there before; `root` is that of the tree a seal is made of (hex)."""

    events: int
    before: int
    streams: int
    root: str


def copy(source: StoredLog, target: StoredLog, writer: Writer, report: Report = lambda done, of: None) -> Copied:
    """Copy what the source holds and the target, which `writer` writes, does not.

    Raises NotACopy, changing nothing, when the target holds anything but a beginning of the source; LogDamaged at an
    event of the source that is not as it was recorded, with those before it copied; LogUnavailable."""
    before = done = (found := _compared(source, target)).tree.size
    for page in stored_pages(source, found.reached):
        for index, event in enumerate(page):
            if event.hash_now != event.hash:
                writer.take(page[:index])
                raise LogDamaged(
                    f"The event at position {event.position} is not as it was recorded, and nothing from it on was"
                    " copied. Look at the log with: partnership verify"
                )
        writer.take(page)
        done += len(page)
        report(done, max(done, source.head()))
    after = _compared(source, target)
    return Copied(after.tree.size, before, len(after.streams), after.tree.root().hex())


class _Compared:
    """The tree over a copy and its streams, and the position in the original that it reaches."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.streams: set[str | None] = set()
        self.reached = 0


def _compared(source: StoredLog, target: StoredLog) -> _Compared:
    """Raises NotACopy when the target is not a beginning of the source."""
    found, originals = _Compared(), _events(source)
    for event in _events(target):
        tree = found.tree
        original = next(originals, None)
        if original is None:
            raise NotACopy(f"The log to copy into goes on after the {tree.size:,} events that are to be copied.")
        if event.hash != original.hash or event.hash_now != event.hash:
            raise NotACopy(
                f"The log to copy into holds another event {tree.size + 1:,} than the log to copy (its position"
                f" {event.position}). Copy into an empty log."
            )
        tree.add(event.hash)
        found.streams.add(event.stream)
        found.reached = original.position
    return found


def _events(log: StoredLog) -> Iterator[StoredEvent]:
    return (event for page in stored_pages(log) for event in page)
