"""The questions that billing answers."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta
from sqlalchemy import Row, Select, func, select

from services.billing.explanation import Explanation, Unexplained, explain
from services.billing.projections import charge, explaining, price, school, total
from services.billing.statements import (
    CountyStatement,
    Line,
    PriceLine,
    RouteTotal,
    Statement,
    totals_by_route,
)
from services.core.commands import AcademicYear, Query, Reference, Urn, query
from services.core.envelope import RecordedEvent
from services.core.service import Reading

PAGE = 50
"""Lines on a page of the county's charges."""

_SCHOOL = func.coalesce(school.c.name, "")
_LINE: Select[Any] = select(
    *(_SCHOOL if name == "school" else charge.c[name] for name in Line.__struct_fields__)
).join_from(charge, school, charge.c.urn == school.c.urn, isouter=True)


@query("billing.SchoolStatement")
class SchoolStatement(Query, frozen=True):
    """A school's charges, of one academic year or of all."""

    urn: Urn
    year: AcademicYear | None = None


@query("billing.CountyCharges")
class CountyCharges(Query, frozen=True):
    """All schools' charges of an academic year, with totals by route."""

    year: AcademicYear
    page: Annotated[int, Meta(ge=1, le=10_000)] = 1


@query("billing.ExplainCharge")
class ExplainCharge(Query, frozen=True):
    """One charge of a school, down to the events behind it."""

    urn: Urn
    charge: Reference


@query("billing.PriceList")
class PriceList(Query, frozen=True):
    """Every price that has been set and not replaced."""


def school_statement(query: SchoolStatement, reading: Reading) -> Statement:
    wanted = _LINE.where(charge.c.urn == query.urn).order_by(charge.c.year.desc(), charge.c.position)
    if query.year is not None:
        wanted = wanted.where(charge.c.year == query.year)
    lines = _lines(reading, wanted)
    return Statement(query.urn, query.year, lines, totals_by_route(lines), sum(line.net for line in lines))


def county_charges(query: CountyCharges, reading: Reading) -> CountyStatement:
    by_route = select(total.c.route, total.c.charges, total.c.net).where(total.c.year == query.year)
    totals = tuple(RouteTotal(*row) for row in reading.db.execute(by_route.order_by(total.c.route)))
    charges = sum(route.charges for route in totals)
    page = (
        _LINE.where(charge.c.year == query.year)
        .order_by(_SCHOOL, charge.c.charge)
        .limit(PAGE)
        .offset((query.page - 1) * PAGE)
    )
    return CountyStatement(
        year=query.year,
        totals=totals,
        charges=charges,
        net=sum(route.net for route in totals),
        lines=_lines(reading, page),
        page=query.page,
        pages=-(-charges // PAGE),
    )


def explain_charge(query: ExplainCharge, reading: Reading) -> Explanation | None:
    """None when the school has no such charge. Raises Unexplained when an event behind it can't be opened."""
    wanted = charge.c.charge == query.charge, charge.c.urn == query.urn
    position = reading.db.scalar(select(charge.c.position).where(*wanted))
    if position is None:
        return None
    (line,) = _lines(reading, _LINE.where(*wanted))
    return explain(line, reading.recorded(position), lambda event_id: _opened(event_id, reading))


def price_list(query: PriceList, reading: Reading) -> tuple[PriceLine, ...]:
    rows = reading.db.execute(select(price).order_by(price.c.item, price.c.school_status, price.c.begins))
    return tuple(_price_line(row, reading.recorded(row.position)) for row in rows)


def _lines(reading: Reading, wanted: Select[Any]) -> tuple[Line, ...]:
    return tuple(Line(*row) for row in reading.db.execute(wanted))


def _opened(event_id: UUID, reading: Reading) -> RecordedEvent:
    position = reading.db.scalar(select(explaining.c.position).where(explaining.c.event_id == event_id))
    if position is None:
        raise Unexplained(f"event {event_id} is not among those that explain charges")
    return reading.recorded(position)


def _price_line(row: Row[Any], recorded: RecordedEvent) -> PriceLine:
    return PriceLine(
        item=row.item,
        school_status=row.school_status,
        pence=row.pence,
        begins=row.begins,
        by=recorded.metadata.actor,
        recorded_at=recorded.recorded,
        event_id=recorded.id,
    )
