"""The read model of actions: each as agreed, how it stood at each visit, what became of it, and which schools
followed which."""

from msgspec import UNSET
from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import SchoolChanged, SchoolRegistered, SchoolsLinked
from services.visits.events import (
    ActionAgreed,
    ActionClosed,
    ActionMoved,
    ActionReviewed,
    ActionTaken,
    RecommendationMade,
)

_tables = MetaData()

action = Table(
    "action",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("action", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("visit", String, nullable=False),
    Column("text", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("success", String, nullable=False),
    Column("predecessor", Integer),
    Column("status", String, nullable=False),  # of its last review; empty before the first
    Column("outcome", String, nullable=False),  # empty while it is open
    Column("evidence", String),
    Column("reason", String),
    Column("over_on", Date),
    Column("moved_to", Integer),
    Column("position", BigInteger, nullable=False),
    Index("action_due", "outcome", "due"),
)
review = Table(
    "review",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("action", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("visit", String, nullable=False),
    Column("status", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("role", String, nullable=False),
    Column("day", Date, nullable=False),
    Index("review_school", "urn"),
)
recommendation = Table(
    "recommendation",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("recommendation", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("visit", String, nullable=False),
    Column("text", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)
succession = Table(
    "succession",
    _tables,
    Column("predecessor", Integer, primary_key=True),
    Column("successor", Integer, primary_key=True),
)
school = Table("school", _tables, Column("urn", Integer, primary_key=True), Column("name", String, nullable=False))

agreed_actions = Projection("visits.actions", version=1, tables=[action, review, recommendation, succession, school])


@agreed_actions.on(RecommendationMade)
def _recommended(event: RecommendationMade, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        recommendation,
        urn=event.urn,
        recommendation=event.recommendation,
        year=event.year,
        visit=event.visit,
        text=event.text,
        position=recorded.position,
    )


@agreed_actions.on(ActionAgreed)
def _agreed(event: ActionAgreed, recorded: RecordedEvent, work: Work) -> None:
    _put(event, None, recorded, work)


@agreed_actions.on(ActionTaken)
def _taken(event: ActionTaken, recorded: RecordedEvent, work: Work) -> None:
    _put(event, event.predecessor, recorded, work)


def _put(event: ActionAgreed | ActionTaken, predecessor: int | None, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        action,
        urn=event.urn,
        action=event.action,
        year=event.year,
        visit=event.visit,
        text=event.text,
        owner=event.owner,
        due=event.due,
        success=event.success,
        predecessor=predecessor,
        status="",
        outcome="",
        position=recorded.position,
    )


@agreed_actions.on(ActionReviewed)
def _reviewed(event: ActionReviewed, recorded: RecordedEvent, work: Work) -> None:
    work.change(action, (event.urn, event.action), status=event.status)
    work.put(
        review,
        position=recorded.position,
        urn=event.urn,
        action=event.action,
        year=event.year,
        visit=event.visit,
        status=event.status,
        evidence=event.evidence,
        role=recorded.metadata.role,
        day=recorded.metadata.effective_on,
    )


@agreed_actions.on(ActionClosed)
def _closed(event: ActionClosed, recorded: RecordedEvent, work: Work) -> None:
    work.change(
        action,
        (event.urn, event.action),
        outcome=event.outcome,
        evidence=event.evidence,
        reason=recorded.metadata.reason if event.outcome == "withdrawn" else None,
        over_on=recorded.metadata.effective_on,
    )


@agreed_actions.on(ActionMoved)
def _moved(event: ActionMoved, recorded: RecordedEvent, work: Work) -> None:
    work.change(action, (event.urn, event.action), outcome="moved", moved_to=event.to, over_on=event.on)


@agreed_actions.on(SchoolsLinked)
def _linked(event: SchoolsLinked, recorded: RecordedEvent, work: Work) -> None:
    work.put(succession, predecessor=event.predecessor, successor=event.successor)


@agreed_actions.on(SchoolRegistered)
def _registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name)


@agreed_actions.on(SchoolChanged)
def _renamed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.name is not UNSET:
        work.change(school, (event.urn,), name=event.name)
