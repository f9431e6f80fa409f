"""The read model of self-evaluation: when each form is due and came, and every grade that was ever given."""

from msgspec import UNSET
from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.projections import Projection
from services.core.times import london_day
from services.core.work import Work
from services.scheduling.events import (
    ProgrammeHandedOver,
    SchoolChanged,
    SchoolRegistered,
    VisitCancelled,
    VisitHeld,
    VisitMoved,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
)
from services.visits.events import (
    GradeAgreed,
    GradeDisputed,
    GradeModerated,
    LaGradeSet,
    SchoolGraded,
    SefDue,
    SefOverdue,
    SefReceived,
)

_metadata = MetaData()

form = Table(
    "form",
    _metadata,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit_day", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("notice_short", Boolean, nullable=False),
    Column("received", Date),
    Column("late_against", Date),
    Column("days_late", Integer),
    Index("form_year", "year"),
)
breach = Table(
    "breach",
    _metadata,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("due", Date, primary_key=True),
)
visit = Table(
    "visit",
    _metadata,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("put_off_on", Date),
    Column("handed_to", Integer),
)
grading = Table(
    "grading",
    _metadata,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("occasion", String, nullable=False),
    Column("framework", String, nullable=False),
    Column("heading", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("grade", String),
    Column("words", String),
    Column("school_grade", String),
    Column("school_words", String),
    Index("grading_school", "urn", "year"),
)
school = Table("school", _metadata, Column("urn", Integer, primary_key=True), Column("name", String, nullable=False))

sef = Projection("visits.sef", version=1, tables=[form, breach, visit, grading, school])


@sef.on(SefDue)
def _due(event: SefDue, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        form,
        urn=event.urn,
        year=event.year,
        visit_day=event.visit_day,
        due=event.due,
        notice_short=event.notice_short,
        received=None,
        late_against=None,
        days_late=None,
    )


@sef.on(SefOverdue)
def _overdue(event: SefOverdue, recorded: RecordedEvent, work: Work) -> None:
    work.put(breach, urn=event.urn, year=event.year, due=event.due)


@sef.on(SefReceived)
def _received(event: SefReceived, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.year
    work.change(form, key, received=event.received, late_against=event.due, days_late=event.days_late)


@sef.on(VisitPlanned, VisitMoved, VisitHeld, VisitPostponed, VisitCancelled, VisitPutOnHold)
def _visit(event: Event, recorded: RecordedEvent, work: Work) -> None:
    match event:
        case VisitPlanned() | VisitMoved() | VisitHeld():
            day = event.sittings[0].day
            work.put(visit, urn=event.urn, year=event.year, visit=event.visit, day=day, put_off_on=None, handed_to=None)
        case VisitPostponed() | VisitCancelled() | VisitPutOnHold():
            key = event.urn, event.year, event.visit
            work.change(visit, key, put_off_on=london_day(recorded.recorded_at))


@sef.on(ProgrammeHandedOver)
def _handed_over(event: ProgrammeHandedOver, recorded: RecordedEvent, work: Work) -> None:
    for each in event.visits:
        put_off_on = london_day(recorded.recorded_at)
        work.change(visit, (event.urn, event.year, each), put_off_on=put_off_on, handed_to=event.successor)


@sef.on(SchoolGraded)
def _graded(event: SchoolGraded, recorded: RecordedEvent, work: Work) -> None:
    _grade(event, recorded, work, kind="own", grade=event.grade, words=event.evidence)


@sef.on(GradeAgreed)
def _agreed(event: GradeAgreed, recorded: RecordedEvent, work: Work) -> None:
    _grade(event, recorded, work, kind="agreed", grade=event.grade, words=recorded.metadata.reason)


@sef.on(GradeDisputed)
def _disputed(event: GradeDisputed, recorded: RecordedEvent, work: Work) -> None:
    said = {"school_grade": event.school_grade, "school_words": event.school_words}
    _grade(event, recorded, work, kind="disputed", grade=event.adviser_grade, words=event.adviser_words, **said)


@sef.on(GradeModerated)
def _moderated(event: GradeModerated, recorded: RecordedEvent, work: Work) -> None:
    _grade(event, recorded, work, kind="moderated", grade=event.grade, words=event.words)


@sef.on(LaGradeSet)
def _la(event: LaGradeSet, recorded: RecordedEvent, work: Work) -> None:
    _grade(event, recorded, work, kind="la", grade=event.grade, words=event.rationale)


def _grade(
    event: SchoolGraded | GradeAgreed | GradeDisputed | GradeModerated | LaGradeSet,
    recorded: RecordedEvent,
    work: Work,
    **said: str | None,
) -> None:
    work.put(
        grading,
        position=recorded.position,
        urn=event.urn,
        year=event.year,
        occasion=event.occasion,
        framework=event.framework,
        heading=event.heading,
        day=recorded.metadata.effective_on,
        **said,
    )


@sef.on(SchoolRegistered)
def _registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name)


@sef.on(SchoolChanged)
def _changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.name is not UNSET:
        work.change(school, (event.urn,), name=event.name)
