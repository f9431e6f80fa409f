"""The directory of people: their sealed names, and who holds which role from when until when."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import PersonErased, PersonRegistered, TenureBegan, TenureEnded

_tables = MetaData()
COUNTY = 0
"""Stands where a URN would, in a tenure held for the county."""

person = Table(
    "person",
    _tables,
    Column("person", String, primary_key=True),
    Column("name", String),  # sealed
    Column("erased_on", Date),
)
tenure = Table(
    "tenure",
    _tables,
    Column("person", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("ends", Date),
    Column("interim", Boolean),
    Index("tenure_of_school", "urn"),
)
latest_tenure = Table(
    "latest_tenure",
    _tables,
    Column("person", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("begins", Date),
)
people = Projection("scheduling.people", version=1, tables=[person, tenure, latest_tenure])


@people.on(PersonRegistered)
def _person(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    name = Sealed(event.person, recorded.event_id, "name", event.name).pack()
    work.put(person, person=event.person, name=name, erased_on=None)


@people.on(TenureBegan)
def _began(event: TenureBegan, recorded: RecordedEvent, work: Work) -> None:
    row = {"person": event.person, "role": event.role, "urn": event.urn or COUNTY, "begins": event.begins}
    work.put(tenure, **row, ends=None, interim=event.interim)
    work.put(latest_tenure, **row)


@people.on(TenureEnded)
def _ended(event: TenureEnded, recorded: RecordedEvent, work: Work) -> None:
    key = (event.person, event.role, event.urn or COUNTY)
    latest = work.row(latest_tenure, key)
    if latest is None:
        raise LookupError("a tenure ended before it began")
    work.change(tenure, (*key, latest["begins"]), ends=event.ends)


@people.on(PersonErased)
def _erased(event: PersonErased, recorded: RecordedEvent, work: Work) -> None:
    work.change(person, (event.person,), erased_on=recorded.metadata.effective_on)
