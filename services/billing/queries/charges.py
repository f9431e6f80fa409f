"""What a school and the county are charged, and the explanation of each line."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta
from sqlalchemy import select

from services.billing.explanation import Explanation, Unexplained, explain
from services.billing.projections.tables import charge, explaining, purchase_order, total
from services.billing.queries.deliveries import uncharged
from services.billing.queries.lines import SCHOOL_NAME, lines_of, lines_of_charges, lines_where
from services.billing.statements import CountyStatement, Line, Order, RouteTotal, Statement, totals_by_route
from services.core.commands import AcademicYear, Query, Reference, Urn, query
from services.core.envelope import RecordedEvent
from services.core.service import Reading

PAGE = 50
"""Lines on a page of the county's charges."""


@query("billing.SchoolStatement")
class SchoolStatement(Query, frozen=True):
    """A school's charges, of one academic year or of all."""

    urn: Urn
    year: AcademicYear | None = None


@query("billing.CountyCharges")
class CountyCharges(Query, frozen=True):
    """All schools' charges of an academic year, with totals by route: a page of lines, or (`whole`) every line."""

    year: AcademicYear
    page: Annotated[int, Meta(ge=1, le=10_000)] = 1
    whole: bool = False


@query("billing.ExplainCharge")
class ExplainCharge(Query, frozen=True):
    """One line of a school's account, down to the events behind it."""

    urn: Urn
    charge: Reference


def school_statement(query: SchoolStatement, reading: Reading) -> Statement:
    wanted = lines_of_charges().where(charge.c.urn == query.urn)
    orders = select(purchase_order.c.year, purchase_order.c.number).where(purchase_order.c.urn == query.urn)
    if query.year is not None:
        wanted = wanted.where(charge.c.year == query.year)
        orders = orders.where(purchase_order.c.year == query.year)
    lines = lines_of(reading, wanted.order_by(charge.c.year.desc(), charge.c.position))
    return Statement(
        urn=query.urn,
        year=query.year,
        lines=lines,
        totals=totals_by_route(lines),
        net=sum(line.net for line in lines),
        settled=sum(line.net for line in lines if line.settled),
        orders=tuple(Order(*row) for row in reading.db.execute(orders.order_by(purchase_order.c.year.desc()))),
    )


def county_charges(query: CountyCharges, reading: Reading) -> CountyStatement:
    by_route = select(total.c.route, total.c.charges, total.c.net).where(total.c.year == query.year)
    totals = tuple(RouteTotal(*row) for row in reading.db.execute(by_route.order_by(total.c.route)))
    charges = sum(route.charges for route in totals)
    wanted = (
        lines_of_charges().where(charge.c.year == query.year).order_by(SCHOOL_NAME, charge.c.urn, charge.c.position)
    )
    if not query.whole:
        wanted = wanted.limit(PAGE).offset((query.page - 1) * PAGE)
    return CountyStatement(
        year=query.year,
        totals=totals,
        charges=charges,
        net=sum(route.net for route in totals),
        lines=lines_of(reading, wanted),
        page=query.page,
        pages=-(-charges // PAGE),
        uncharged=len(uncharged(reading, query.year)),
    )


def explain_charge(query: ExplainCharge, reading: Reading) -> Explanation | None:
    """None when the school has no such line. Raises Unexplained when an event behind it can't be opened."""
    found = lines_where(reading, charge.c.charge == query.charge, charge.c.urn == query.urn)
    return _explained(found[0], reading) if found else None


def _explained(line: Line, reading: Reading) -> Explanation:
    position = reading.db.scalar(select(charge.c.position).where(charge.c.charge == line.charge))
    recorded = reading.recorded(position or 0)
    original = None
    if line.reverses is not None:
        (taken_back,) = lines_where(reading, charge.c.charge == line.reverses)
        original = _explained(taken_back, reading)
    return explain(line, recorded, original, lambda event_id: _opened(event_id, reading))


def _opened(event_id: UUID, reading: Reading) -> RecordedEvent:
    position = reading.db.scalar(select(explaining.c.position).where(explaining.c.event_id == event_id))
    if position is None:
        raise Unexplained(f"event {event_id} is not among those that explain charges")
    return reading.recorded(position)
