"""The read model of the reading log: who opened which paper about a school, and when."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import PersonRegistered
from services.visits.events import PaperOpened

_tables = MetaData()

reading = Table(
    "reading",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("paper", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("role", String, nullable=False),
    Column("day", Date, nullable=False),
    Index("reading_of_school", "urn"),
)
reader = Table("reader", _tables, Column("person", String, primary_key=True), Column("name", String, comment="sealed"))

readings = Projection("visits.readings", version=1, tables=[reading, reader])


@readings.on(PaperOpened)
def _opened(event: PaperOpened, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        reading,
        position=recorded.position,
        urn=event.urn,
        paper=event.paper,
        reader=event.reader,
        role=event.role,
        day=event.day,
    )


@readings.on(PersonRegistered)
def _registered(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    name = Sealed(event.person, recorded.event_id, "name", event.name).pack()
    work.put(reader, person=event.person, name=name)
