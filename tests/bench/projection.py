"""The timeline of every school, and its counters: the read model of the benchmark."""

from pathlib import Path

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.log import EventLog
from services.core.projections import Projection
from services.core.projector import Projector
from services.core.read_db import ReadModel
from services.core.work import Work
from tests.bench.events import VisitNoted

_tables = MetaData()
timeline = Table(
    "timeline",
    _tables,
    Column("urn", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("recorded_at", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("says", String, nullable=False),
    Index("timeline_of_school", "urn", "position"),
)
counters = Table(
    "counters",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("visits", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
)

visits = Projection("bench.visits", version=1, tables=[timeline, counters])


@visits.on(VisitNoted)
def visit_noted(noted: VisitNoted, recorded: RecordedEvent, work: Work) -> None:
    work.add(counters, (noted.urn,), visits=1, minutes=noted.minutes)
    effective_on = recorded.metadata.effective_on
    work.insert(timeline, noted.urn, recorded.position, effective_on, recorded.recorded_at, recorded.type, noted.says())


def projector(log: EventLog, directory: Path) -> Projector:
    """Our projection of a log, into files of its own."""
    return Projector(log, ReadModel(directory, visits))
