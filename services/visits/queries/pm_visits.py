"""Visit 4 of a school's year: its day for everyone who may see the school, the rest for those who took part."""

from datetime import date
from typing import cast

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import AcademicYear, Query, Urn, query
from services.core.service import Reading
from services.visits.events import FeedbackFormReturned, Meeting, PmVisitHeld
from services.visits.feedback_questions import Question, questions_on
from services.visits.projections.pm_visits import pm_visit


@query("visits.PmVisit")
class PmVisit(Query, frozen=True):
    """What the reader may know of visit 4 of an academic year."""

    urn: Urn
    year: AcademicYear


class ForParticipants(Struct, frozen=True):
    """What those who took part see: the meetings, and the feedback form. `questions` are the form's statements;
    `answers` by their codes, None until it was returned."""

    adviser: str
    meetings: tuple[Meeting, ...]
    training_completed: date
    form_left: bool
    questions: tuple[Question, ...]
    answers: tuple[tuple[str, int], ...] | None


class PmVisitView(Struct, frozen=True):
    """`day` is None until it is logged. The head's review is due by `due`, 31 December (PR1): `late` when the visit was
    after that, `overdue` when that has passed without one. `inside` is None for all who did not take part."""

    urn: int
    year: int
    on: date
    due: date
    day: date | None = None
    late: bool = False
    overdue: bool = False
    inside: ForParticipants | None = None


def pm_visit_of_year(asked: PmVisit, reading: Reading) -> PmVisitView:
    viewer, due = reading.viewer(), date(asked.year, 12, 31)
    wanted = select(pm_visit).where(pm_visit.c.urn == asked.urn, pm_visit.c.year == asked.year)
    row = reading.db.execute(wanted).one_or_none()
    if row is None:
        return PmVisitView(asked.urn, asked.year, viewer.today, due, overdue=viewer.today > due)
    held = cast(PmVisitHeld, reading.recorded(row.held).data)
    inside = None
    if viewer.may_open(held.audience, asked.urn, row.day, held.known_to()):
        inside = ForParticipants(
            adviser=held.adviser,
            meetings=held.meetings,
            training_completed=held.training_completed,
            form_left=row.form_left is not None,
            questions=questions_on(held.day),
            answers=_answers(row.form_returned, reading),
        )
    return PmVisitView(asked.urn, asked.year, viewer.today, due, row.day, late=row.day > due, inside=inside)


def _answers(position: int | None, reading: Reading) -> tuple[tuple[str, int], ...] | None:
    if position is None:
        return None
    returned = cast(FeedbackFormReturned, reading.recorded(position).data)
    return tuple(returned.answers.items())
