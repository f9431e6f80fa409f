"""The read model of visit 4: its day, and where the facts lie that only those who took part may open."""

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.visits.events import FeedbackFormLeft, FeedbackFormReturned, PmVisitHeld, PmVisitWithdrawn

pm_visit = Table(
    "pm_visit",
    MetaData(),
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("held", BigInteger, nullable=False),  # positions of the events
    Column("form_left", BigInteger),
    Column("form_returned", BigInteger),
)
pm_visits = Projection("visits.pm_visits", version=2, tables=[pm_visit])


@pm_visits.on(PmVisitHeld)
def _held(event: PmVisitHeld, recorded: RecordedEvent, work: Work) -> None:
    work.put(pm_visit, urn=event.urn, year=event.year, day=event.day, held=recorded.position)


@pm_visits.on(PmVisitWithdrawn)
def _withdrawn(event: PmVisitWithdrawn, recorded: RecordedEvent, work: Work) -> None:
    work.delete(pm_visit, (event.urn, event.year))


@pm_visits.on(FeedbackFormLeft)
def _left(event: FeedbackFormLeft, recorded: RecordedEvent, work: Work) -> None:
    work.change(pm_visit, (event.urn, event.year), form_left=recorded.position)


@pm_visits.on(FeedbackFormReturned)
def _returned(event: FeedbackFormReturned, recorded: RecordedEvent, work: Work) -> None:
    work.change(pm_visit, (event.urn, event.year), form_returned=recorded.position)
