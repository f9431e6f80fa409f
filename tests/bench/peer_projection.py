"""The peer's projection of a timeline and counters. Its own runner refuses SQLite, so the loop is here."""

from datetime import datetime
from pathlib import Path

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder

from tests.bench.peer import School, Schools

TYPE, SERVICE = "bench.VisitNoted", "bench"


class View(SQLiteTrackingRecorder):
    """The tables, each event written in one transaction with its position."""

    def construct_create_table_statements(self) -> list[str]:
        return [
            *super().construct_create_table_statements(),
            "CREATE TABLE timeline (position INTEGER, urn INTEGER, effective_on TEXT, recorded_at TEXT, type TEXT,"
            " service TEXT, says TEXT, actor TEXT, role TEXT, reason TEXT)",
            "CREATE INDEX timeline_of_school ON timeline (urn, effective_on, position)",
            "CREATE TABLE event_count (month TEXT, type TEXT, events INTEGER, PRIMARY KEY (month, type))",
        ]

    def note(self, tracking: Tracking, urn: int, at: datetime, says: str) -> None:
        """Add one visit."""
        recorded_at = at.isoformat()
        day, month = recorded_at[:10], recorded_at[:7]
        row = tracking.notification_id, urn, day, recorded_at, TYPE, SERVICE, says, "person-0017", "adviser", None
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            cursor.execute(
                "INSERT INTO event_count VALUES (?, ?, 1) ON CONFLICT (month, type) DO UPDATE SET events = events + 1",
                (month, TYPE),
            )


class Visits(Projection[View]):
    """The same timeline and counters as ours."""

    @singledispatchmethod
    def process_event(self, domain_event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def visit_noted(self, noted: School.VisitNoted, tracking: Tracking) -> None:
        says = f"Visit noted: {noted.heading} agreed at {noted.grade}"
        self.view.note(tracking, noted.urn, noted.timestamp, says)


def open_projection(path: Path) -> Visits:
    """A projection into a file of its own."""
    view = View(SQLiteDatastore(str(path)))
    view.create_table()
    return Visits(view)


def project(app: Schools, projection: Visits, limit: int) -> int:
    """Process up to `limit` events after the last one processed; gives how many there were."""
    position = projection.view.max_tracking_id(app.name) or 0
    processed = 0
    while processed < limit and (page := app.page(after=position)):
        for notification in page[: limit - processed]:
            position = notification.id
            projection.process_event(app.mapper.to_domain_event(notification), Tracking(app.name, position))
            processed += 1
    return processed
