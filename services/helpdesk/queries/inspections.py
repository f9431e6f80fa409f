"""The inspection board: every inspection that was told to the desk and is not over, who goes, and when the feedback
is."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from services.core.commands import Query, query
from services.core.service import Reading
from services.core.times import LONDON, from_micros
from services.helpdesk.projections.tables import call, inspection, school
from services.helpdesk.queries.shown import Names, instant


@query("helpdesk.InspectionBoard")
class InspectionBoard(Query, frozen=True):
    """All inspections without an outcome yet."""


class Inspection(Struct, frozen=True):
    """`adviser_told_at` is None until the adviser was told, or the managers where the school had none. `feedback_at`
    is None until it is arranged for a day of the inspection as its days stand now."""

    call: str
    urn: int
    school: str
    kind: str
    begins: date
    ends: date
    received_at: datetime
    invites_authority: bool
    adviser: str | None
    adviser_name: str | None
    adviser_told_at: datetime | None
    attends: str | None
    attending: str | None
    attending_name: str | None
    feedback_at: datetime | None


LIVE = (
    select(
        inspection,
        call.c.urn,
        call.c.category.label("kind"),
        call.c.received_at,
        func.coalesce(school.c.name, "").label("school"),
    )
    .join_from(inspection, call, inspection.c.call == call.c.call)
    .join(school, call.c.urn == school.c.urn, isouter=True)
    .where(inspection.c.outcome.is_(None))
    .order_by(inspection.c.begins, call.c.received_at, call.c.call)
)


def inspection_board(asked: InspectionBoard, reading: Reading) -> tuple[Inspection, ...]:
    names = Names(reading)
    return tuple(_inspection(row, names) for row in reading.db.execute(LIVE))


def _inspection(row: Any, names: Names) -> Inspection:
    feedback = instant(row.feedback_at)
    arranged = feedback is not None and row.begins <= feedback.astimezone(LONDON).date() <= row.ends
    return Inspection(
        call=row.call,
        urn=row.urn,
        school=row.school,
        kind=row.kind,
        begins=row.begins,
        ends=row.ends,
        received_at=from_micros(row.received_at),
        invites_authority=row.invites_authority,
        adviser=row.adviser,
        adviser_name=names.of(row.adviser),
        adviser_told_at=instant(row.adviser_told_at),
        attends=row.attends if arranged else None,
        attending=row.attending if arranged else None,
        attending_name=names.of(row.attending) if arranged else None,
        feedback_at=feedback if arranged else None,
    )
