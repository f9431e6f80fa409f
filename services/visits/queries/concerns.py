"""The concerns of one school, and the board of all: who is at risk, what was alerted, and what waits to be reviewed."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import get_args

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.visits.projections.concerns import concern_fact, rating_fact, school
from services.visits.queries.concern_view import STATES, ConcernView, concerns_of
from services.visits.queries.risk import RatingFact, in_force, is_overdue, rating_of
from services.visits.risk_words import Direction, Rating

RATINGS: tuple[str, ...] = get_args(Rating)
DIRECTIONS: tuple[str, ...] = get_args(Direction)


@query("visits.SchoolConcerns")
class SchoolConcerns(Query, frozen=True):
    """The concerns about a school, as far as the reader may open them."""

    urn: Urn


@query("visits.ConcernsBoard")
class ConcernsBoard(Query, frozen=True):
    """Every school that is rated or has an open concern, and every open concern; as of a day, or (null) today."""

    on: date | None = None


class SchoolAtRisk(Struct, frozen=True):
    """A school on the board; `rating` None where there is an open concern but no rating yet. A closed school
    (`open` false) is not reviewed any more, so its rating is never overdue."""

    urn: int
    school: str
    open: bool
    rating: RatingFact | None
    disputed: tuple[RatingFact, ...]
    overdue: bool
    concerns: int


class OpenConcern(Struct, frozen=True):
    """A concern on the board with its age in days since it was observed."""

    school: str
    age: int
    overdue: bool
    concern: ConcernView


class Board(Struct, frozen=True):
    """Overdue reviews come first, then the gravest ratings and the concerns that have come least far, oldest first.
    `ratings` counts open schools by rating, from the gravest on."""

    on: date
    schools: tuple[SchoolAtRisk, ...]
    concerns: tuple[OpenConcern, ...]
    ratings: tuple[tuple[str, int], ...]
    not_told: int
    not_alerted: int
    not_acknowledged: int
    overdue: int


def school_concerns(asked: SchoolConcerns, reading: Reading) -> tuple[ConcernView, ...]:
    return concerns_of(select(concern_fact).where(concern_fact.c.urn == asked.urn), reading)


def concerns_board(asked: ConcernsBoard, reading: Reading) -> Board:
    on = asked.on or reading.viewer().today
    named = {row.urn: (row.name, row.status != "Closed") for row in reading.db.execute(select(school))}
    concerns = [
        OpenConcern(
            school=named.get(concern.urn, (f"School {concern.urn}",))[0],
            age=(on - concern.observed).days if concern.observed else 0,
            overdue=concern.next_review is not None and concern.next_review < on,
            concern=concern,
        )
        for concern in concerns_of(select(concern_fact), reading)
        if not concern.closed
    ]
    concerns.sort(key=lambda each: (not each.overdue, STATES.index(each.concern.state), -each.age))
    schools = _schools(Counter(each.concern.urn for each in concerns), named, on, reading)
    rated = Counter(each.rating.rating for each in schools if each.rating and each.open)
    return Board(
        on=on,
        schools=schools,
        concerns=tuple(concerns),
        ratings=tuple((rating, rated[rating]) for rating in RATINGS),
        not_told=sum(each.concern.told_at is None for each in concerns),
        not_alerted=sum(each.concern.alerted_at is None for each in concerns),
        not_acknowledged=sum(
            each.concern.alerted_at is not None and each.concern.acknowledged is None for each in concerns
        ),
        overdue=sum(each.overdue for each in schools) + sum(each.overdue for each in concerns),
    )


def _schools(
    concerns: Mapping[int, int], named: Mapping[int, tuple[str, bool]], on: date, reading: Reading
) -> tuple[SchoolAtRisk, ...]:
    facts: dict[int, list[RatingFact]] = {urn: [] for urn in concerns}
    for row in reading.db.execute(select(rating_fact).order_by(rating_fact.c.position)):
        facts.setdefault(row.urn, []).append(rating_of(row))
    schools = []
    for urn, known in facts.items():
        name, is_open = named.get(urn, (f"School {urn}", True))
        rating, disputed = in_force(known)
        late = is_open and is_overdue(rating, on)
        schools.append(SchoolAtRisk(urn, name, is_open, rating, disputed, late, concerns.get(urn, 0)))
    return tuple(sorted(schools, key=_gravest_first))


def _gravest_first(each: SchoolAtRisk) -> tuple[bool, bool, int, int, str]:
    rating = RATINGS.index(each.rating.rating) if each.rating else len(RATINGS)
    direction = DIRECTIONS.index(each.rating.direction) if each.rating and each.rating.direction else 0
    return not each.overdue, not each.open, rating, direction, each.school
