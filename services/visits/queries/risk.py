"""The rating of a school as one reader may see it."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from services.core.audience import Audience
from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.visits.projections.concerns import rating_fact
from services.visits.risk_words import criteria_on


@query("visits.SchoolRisk")
class SchoolRisk(Query, frozen=True):
    """A school's rating, its earlier ones, and what the school said of them, as far as the reader may open them."""

    urn: Urn


class RatingFact(Struct, frozen=True):
    """A rating (`kind` rated, `words` its rationale), or the school's disagreement with one (disputed)."""

    kind: str
    day: date
    role: str
    rating: str
    words: str
    direction: str | None = None
    criteria: int | None = None
    next_review: date | None = None
    de_escalation: str | None = None


class RiskView(Struct, frozen=True):
    """`rating` is the one in force, None where there is none that the reader may open; `disputed` what the school said
    of it since. `facts` come last first. `criteria` is the version that a rating made on `on` must go by, with its
    words; None before the first."""

    urn: int
    on: date
    rating: RatingFact | None
    disputed: tuple[RatingFact, ...]
    overdue: bool
    facts: tuple[RatingFact, ...]
    criteria: int | None
    criteria_words: str | None


def school_risk(asked: SchoolRisk, reading: Reading) -> RiskView:
    viewer = reading.viewer()
    rows = reading.db.execute(
        select(rating_fact).where(rating_fact.c.urn == asked.urn).order_by(rating_fact.c.position)
    )
    facts = [rating_of(row) for row in rows if viewer.may_open(Audience.CONFIDENTIAL, asked.urn, row.day)]
    rating, disputed = in_force(facts)
    version = criteria_on(viewer.today)
    return RiskView(
        urn=asked.urn,
        on=viewer.today,
        rating=rating,
        disputed=disputed,
        overdue=is_overdue(rating, viewer.today),
        facts=tuple(reversed(facts)),
        criteria=version.version if version else None,
        criteria_words=version.words if version else None,
    )


def in_force(facts: list[RatingFact]) -> tuple[RatingFact | None, tuple[RatingFact, ...]]:
    """The last rating of these facts, and the disagreements with it."""
    last = max((place for place, fact in enumerate(facts) if fact.kind == "rated"), default=None)
    return (None, ()) if last is None else (facts[last], tuple(facts[last + 1 :]))


def is_overdue(rating: RatingFact | None, on: date) -> bool:
    return rating is not None and rating.next_review is not None and rating.next_review < on


def rating_of(row: Row[Any]) -> RatingFact:
    return RatingFact(
        kind=row.kind,
        day=row.day,
        role=row.role,
        rating=row.rating,
        words=row.words,
        direction=row.direction,
        criteria=row.criteria,
        next_review=row.next_review,
        de_escalation=row.de_escalation,
    )
