"""The peer: `eventsourcing` with its SQLite module, used as documented and in its default set-up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import sleep
from unittest.mock import patch
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Notification
from eventsourcing.sqlite import SQLiteConnection

from tests.bench.events import VisitNoted, fields_of

PAGE = 100
"""Notifications read at a time: where this peer reads fastest."""


class School(Aggregate):
    """A school with the same event, of the same fields, that the other contestants store."""

    class VisitNoted(Aggregate.Event):
        urn: int
        visit: UUID
        heading: str
        grade: int
        held_at: datetime
        minutes: int
        adviser: str
        evidence: str
        next_step: str

    @event("Opened")
    def __init__(self) -> None:
        self.visits = 0
        self.minutes = 0

    @event(VisitNoted)
    def note(
        self,
        urn: int,
        visit: UUID,
        heading: str,
        grade: int,
        held_at: datetime,
        minutes: int,
        adviser: str,
        evidence: str,
        next_step: str,
    ) -> None:
        self.visits += 1
        self.minutes += minutes


class Schools(Application[UUID]):
    """An application over one SQLite file."""

    def __init__(self, path: Path) -> None:
        super().__init__({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})

    def open_school(self, events: Sequence[VisitNoted] = ()) -> School:
        """Save a new school with these events."""
        school = School()
        for noted in events:
            school.note(**fields_of(noted))
        self.save(school)
        return school

    def page(self, after: int) -> Sequence[Notification]:
        """What was stored after a position."""
        return self.recorder.select_notifications(after, PAGE, inclusive_of_start=False)


@contextmanager
def slow_commits(delay: float) -> Iterator[None]:
    """While inside, every commit of the peer first waits `delay` seconds, holding its write lock."""
    commit = SQLiteConnection.commit

    def slow(connection: SQLiteConnection) -> None:
        sleep(delay)
        commit(connection)

    with patch.object(SQLiteConnection, "commit", slow):
        yield
