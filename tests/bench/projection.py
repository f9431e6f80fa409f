"""The platform's own school timeline and counters, folded from the benchmark's events."""

from pathlib import Path

from services.analytics.projections.timeline import TIMELINE
from services.core.log import EventLog
from services.core.projector import Projector
from services.core.sqlite_read_db import SqliteReadModel


def projector(log: EventLog, directory: Path) -> Projector:
    """The timeline of a log, into files of its own."""
    return Projector(log, SqliteReadModel(directory, TIMELINE))
