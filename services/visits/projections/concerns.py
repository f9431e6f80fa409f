"""The read model of concerns and ratings: every fact with its day, so that each reader gets those that are theirs."""

from datetime import date

from msgspec import UNSET
from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.times import to_micros
from services.core.work import Work
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.visits.events import (
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    ConcernRedacted,
    RatingDisputed,
    RiskRated,
    SchoolTold,
    TeamAlerted,
)

_tables = MetaData()

concern_fact = Table(
    "concern_fact",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("concern", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("role", String, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),  # microseconds, as `at`
    Column("aspect", String),
    Column("fact", Integer, nullable=False),  # its number in the concern's stream
    Column("text", String),  # sealed
    Column("told", String),  # roles with a space between them
    Column("how", String),
    Column("at", BigInteger),
    Column("words", String),  # what was stored before such texts were sealed
    Column("requested_by", String),
    Column("reason", String),
    Column("next_review", Date),
    Index("concern_fact_school", "urn"),
)
redaction = Table(
    "redaction",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("concern", String, primary_key=True),
    Column("fact", Integer, primary_key=True),
    Column("rule", String, nullable=False),
    Column("redacted_on", Date, nullable=False),
)
rating_fact = Table(
    "rating_fact",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("role", String, nullable=False),
    Column("rating", String, nullable=False),
    Column("words", String, nullable=False),
    Column("direction", String),
    Column("criteria", Integer),
    Column("next_review", Date),
    Column("de_escalation", String),
    Index("rating_fact_school", "urn"),
)
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("status", String, nullable=False),
)

concerns = Projection("visits.concerns", version=2, tables=[concern_fact, redaction, rating_fact, school])

_Concern = (
    ConcernObserved
    | SchoolTold
    | TeamAlerted
    | AlertAcknowledged
    | AlertDecided
    | AlertReviewed
    | ConcernClosed
    | ConcernRedacted
)


@concerns.on(ConcernObserved)
def _observed(event: ConcernObserved, recorded: RecordedEvent, work: Work) -> None:
    text = Sealed(event.person, recorded.event_id, "summary", event.summary).pack()
    _fact("observed", event, recorded, work, aspect=event.aspect, text=text)


@concerns.on(SchoolTold)
def _told(event: SchoolTold, recorded: RecordedEvent, work: Work) -> None:
    told = " ".join(event.told)
    at = to_micros(event.told_at)
    _fact("told", event, recorded, work, aspect=event.aspect, told=told, at=at, how=event.how)


@concerns.on(TeamAlerted)
def _alerted(event: TeamAlerted, recorded: RecordedEvent, work: Work) -> None:
    _fact("alerted", event, recorded, work, aspect=event.aspect, at=to_micros(event.alerted_at))


@concerns.on(AlertAcknowledged)
def _acknowledged(event: AlertAcknowledged, recorded: RecordedEvent, work: Work) -> None:
    _fact("acknowledged", event, recorded, work)


@concerns.on(AlertDecided)
def _decided(event: AlertDecided, recorded: RecordedEvent, work: Work) -> None:
    _fact(
        "decided",
        event,
        recorded,
        work,
        text=_sealed(event, recorded, "decision"),
        words=event.unsealed,
        requested_by=event.requested_by,
        reason=recorded.metadata.reason,
        next_review=event.next_review,
    )


@concerns.on(AlertReviewed)
def _reviewed(event: AlertReviewed, recorded: RecordedEvent, work: Work) -> None:
    text = _sealed(event, recorded, "findings")
    _fact("reviewed", event, recorded, work, text=text, words=event.unsealed, next_review=event.next_review)


@concerns.on(ConcernClosed)
def _closed(event: ConcernClosed, recorded: RecordedEvent, work: Work) -> None:
    _fact("closed", event, recorded, work, text=_sealed(event, recorded, "outcome"), words=event.unsealed)


@concerns.on(ConcernRedacted)
def _redacted(event: ConcernRedacted, recorded: RecordedEvent, work: Work) -> None:
    on = recorded.metadata.effective_on
    work.put(redaction, urn=event.urn, concern=event.concern, fact=event.fact, rule=event.rule, redacted_on=on)
    _fact("redacted", event, recorded, work)


def _sealed(event: AlertDecided | AlertReviewed | ConcernClosed, recorded: RecordedEvent, field: str) -> str | None:
    text = getattr(event, field)
    return None if text is None else Sealed(event.person, recorded.event_id, field, text).pack()


def _fact(kind: str, event: _Concern, recorded: RecordedEvent, work: Work, **more: str | int | date | None) -> None:
    work.put(
        concern_fact,
        position=recorded.position,
        urn=event.urn,
        concern=event.concern,
        fact=recorded.version,
        kind=kind,
        day=recorded.metadata.effective_on,
        role=recorded.metadata.role,
        recorded_at=recorded.recorded_at,
        **more,
    )


@concerns.on(RiskRated)
def _rated(event: RiskRated, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        rating_fact,
        position=recorded.position,
        urn=event.urn,
        kind="rated",
        day=recorded.metadata.effective_on,
        role=recorded.metadata.role,
        rating=event.rating,
        words=event.rationale,
        direction=event.direction,
        criteria=event.criteria,
        next_review=event.next_review,
        de_escalation=event.de_escalation,
    )


@concerns.on(RatingDisputed)
def _disputed(event: RatingDisputed, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        rating_fact,
        position=recorded.position,
        urn=event.urn,
        kind="disputed",
        day=recorded.metadata.effective_on,
        role=recorded.metadata.role,
        rating=event.rating,
        words=event.words,
    )


@concerns.on(SchoolRegistered)
def _registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name, status=event.status)


@concerns.on(SchoolChanged)
def _changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    changes = {name: value for name in ("name", "status") if (value := getattr(event, name)) is not UNSET}
    if changes:
        work.change(school, (event.urn,), **changes)
