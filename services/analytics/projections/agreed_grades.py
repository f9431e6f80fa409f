"""The overall grade that school and adviser agreed on each occasion: the only heading that an inspection also grades
here. There is none while they do not agree."""

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

from services.analytics.frameworks import OVERALL
from services.core.envelope import RecordedEvent
from services.core.work import Work
from services.visits.events import GradeAgreed, GradeDisputed, GradeModerated

agreed_grade = Table(
    "agreed_grade",
    MetaData(),
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("occasion", String, primary_key=True),
    Column("framework", String, primary_key=True),
    Column("grade", String, nullable=False),
    Column("day", Date, nullable=False),
)


def agreed(event: GradeAgreed, recorded: RecordedEvent, work: Work) -> None:
    _stands(event, event.grade, recorded, work)


def disputed(event: GradeDisputed, recorded: RecordedEvent, work: Work) -> None:
    _stands(event, None, recorded, work)


def moderated(event: GradeModerated, recorded: RecordedEvent, work: Work) -> None:
    _stands(event, event.grade, recorded, work)


def _stands(
    event: GradeAgreed | GradeDisputed | GradeModerated, grade: str | None, recorded: RecordedEvent, work: Work
) -> None:
    if event.heading != OVERALL:
        return
    key = event.urn, event.year, event.occasion, event.framework
    if grade is None:
        work.delete(agreed_grade, key)
        return
    day = recorded.metadata.effective_on
    urn, year, occasion, framework = key
    work.put(agreed_grade, urn=urn, year=year, occasion=occasion, framework=framework, grade=grade, day=day)
