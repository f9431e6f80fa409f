"""The actions of one school, and those of the county that are overdue or wait for a school to go on at."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, bindparam, or_, select

from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.visits.projections.actions import action, recommendation, review, school, succession


@query("visits.SchoolActions")
class SchoolActions(Query, frozen=True):
    """A school's recommendations and actions, the open ones first; overdue as of the day `on`, or (null) today."""

    urn: Urn
    on: date | None = None


@query("visits.CountyActions")
class CountyActions(Query, frozen=True):
    """The county's actions that are overdue on a day, or (null) today, or that wait for a school to go on at."""

    on: date | None = None


class Review(Struct, frozen=True):
    """How an action stood at a visit, by whose word (a role), with the evidence of its impact."""

    year: int
    visit: str
    status: str
    evidence: str
    role: str
    day: date


class ActionView(Struct, frozen=True):
    """An action. `outcome` is empty while it is open, else achieved, withdrawn, school_closed or moved.

    `to_be_moved`: it is still to be done, but another school followed this one, and nobody has said where it goes on.
    """

    urn: int
    school: str
    action: str
    year: int
    visit: str
    text: str
    owner: str
    due: date
    success: str
    status: str
    outcome: str
    overdue: bool
    to_be_moved: bool
    evidence: str | None
    reason: str | None
    over_on: date | None
    moved_to: int | None
    predecessor: int | None
    reviews: tuple[Review, ...] = ()


class Recommendation(Struct, frozen=True):
    recommendation: str
    year: int
    visit: str
    text: str


class ActionsOfSchool(Struct, frozen=True):
    """Open actions by due date, then what is over, last first. `successors` are the schools that followed this one."""

    on: date
    open: tuple[ActionView, ...]
    over: tuple[ActionView, ...]
    recommendations: tuple[Recommendation, ...]
    successors: tuple[int, ...]


class ActionsOfCounty(Struct, frozen=True):
    """By due date."""

    on: date
    overdue: tuple[ActionView, ...]
    to_be_moved: tuple[ActionView, ...]


_followed = select(succession.c.predecessor).distinct().subquery()
_ACTIONS: Select[Any] = (
    select(action, school.c.name, _followed.c.predecessor.label("followed"))
    .join_from(action, school, action.c.urn == school.c.urn, isouter=True)
    .join(_followed, action.c.urn == _followed.c.predecessor, isouter=True)
    .order_by(action.c.due, action.c.position)
)
_OWN = _ACTIONS.where(action.c.urn == bindparam("urn"))
_REVIEWS = select(review).where(review.c.urn == bindparam("urn")).order_by(review.c.position)
_MADE = select(recommendation).where(recommendation.c.urn == bindparam("urn")).order_by(recommendation.c.position)
_FOLLOWED_BY = (
    select(succession.c.successor).where(succession.c.predecessor == bindparam("urn")).order_by(succession.c.successor)
)


def school_actions(asked: SchoolActions, reading: Reading) -> ActionsOfSchool:
    on, here = asked.on or reading.viewer().today, {"urn": asked.urn}
    reviews: dict[str, list[Review]] = {}
    for row in reading.db.execute(_REVIEWS, here):
        seen = Review(row.year, row.visit, row.status, row.evidence, row.role, row.day)
        reviews.setdefault(row.action, []).append(seen)
    views = [_view(row, on, tuple(reviews.get(row.action, ()))) for row in reading.db.execute(_OWN, here)]
    return ActionsOfSchool(
        on,
        tuple(view for view in views if not view.outcome),
        tuple(sorted((view for view in views if view.outcome), key=lambda view: view.over_on or on, reverse=True)),
        tuple(
            Recommendation(row.recommendation, row.year, row.visit, row.text) for row in reading.db.execute(_MADE, here)
        ),
        tuple(reading.db.scalars(_FOLLOWED_BY, here)),
    )


def county_actions(asked: CountyActions, reading: Reading) -> ActionsOfCounty:
    on = asked.on or reading.viewer().today
    late = action.c.outcome == "", action.c.due < on
    left = action.c.outcome.in_(("", "school_closed")), _followed.c.predecessor.is_not(None)
    rows = reading.db.execute(_ACTIONS.where(or_(late[0] & late[1], left[0] & left[1])))
    views = [_view(row, on) for row in rows]
    return ActionsOfCounty(
        on,
        tuple(view for view in views if view.overdue),
        tuple(view for view in views if view.to_be_moved),
    )


def _view(row: Row[Any], on: date, reviews: tuple[Review, ...] = ()) -> ActionView:
    return ActionView(
        urn=row.urn,
        school=row.name or f"School {row.urn}",
        action=row.action,
        year=row.year,
        visit=row.visit,
        text=row.text,
        owner=row.owner,
        due=row.due,
        success=row.success,
        status=row.status,
        outcome=row.outcome,
        overdue=not row.outcome and row.due < on,
        to_be_moved=row.outcome in ("", "school_closed") and row.followed is not None,
        evidence=row.evidence,
        reason=row.reason,
        over_on=row.over_on,
        moved_to=row.moved_to,
        predecessor=row.predecessor,
        reviews=reviews,
    )
