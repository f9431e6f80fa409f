"""The terms of each academic year, where they are set."""

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import TermsSet

_tables = MetaData()
term = Table(
    "term",
    _tables,
    Column("year", Integer, primary_key=True),
    Column("term", String, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
)
all_terms = Projection("scheduling.terms", version=1, tables=[term])


@all_terms.on(TermsSet)
def _set(event: TermsSet, recorded: RecordedEvent, work: Work) -> None:
    for each in event.terms:
        work.put(term, year=event.year, term=each.term, begins=each.begins, ends=each.ends)
