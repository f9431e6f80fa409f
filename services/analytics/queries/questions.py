"""The questions for a visit: all of them for the authority, those that were sent for the school."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from services.analytics.measures import MEASURES
from services.analytics.projections.questions import question
from services.analytics.questions import QuestionedVisit
from services.core.authorisation import IN_CONFIDENCE
from services.core.commands import AcademicYear, Query, Urn, query
from services.core.service import Reading


@query("analytics.VisitQuestions")
class VisitQuestions(Query, frozen=True):
    """The questions for one visit of a school."""

    urn: Urn
    year: AcademicYear
    visit: QuestionedVisit


class QuestionShown(Struct, frozen=True):
    """A question, where it comes from, and what the visit found: supported, not_supported or open."""

    question: str
    text: str
    measure: str | None
    label: str | None
    group: str | None
    data_version: str | None
    prepared: date
    withdrawn: bool
    sent: date | None
    finding: str | None
    words: str | None
    answered: date | None


def visit_questions(query: VisitQuestions, reading: Reading) -> tuple[QuestionShown, ...]:
    c = question.c
    asked = select(question).where(c.urn == query.urn, c.year == query.year, c.visit == query.visit)
    if not reading.viewer().has(*IN_CONFIDENCE):
        asked = asked.where(c.sent.is_not(None))
    return tuple(map(_shown, reading.db.execute(asked.order_by(c.question))))


def _shown(row: Any) -> QuestionShown:
    measure = MEASURES.get(row.measure)
    return QuestionShown(
        question=str(row.question),
        text=row.text,
        measure=row.measure,
        label=measure.label if measure else None,
        group=row.pupil_group,
        data_version=row.data_version,
        prepared=row.prepared,
        withdrawn=row.withdrawn,
        sent=row.sent,
        finding=row.finding,
        words=row.words,
        answered=row.answered,
    )
