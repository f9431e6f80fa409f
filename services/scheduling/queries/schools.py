"""Questions about schools: find one, see one, see the county's."""

from collections import Counter
from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Select, bindparam, case, func, select

from services.core.commands import Query, ShortText, Urn, query
from services.core.service import Reading
from services.scheduling.events import SchoolRegistered
from services.scheduling.projections.schools import FIELDS, link, school, subscription
from services.scheduling.search_words import plain, start


def _linked(here: Any, there: Any) -> Select[Any]:
    """The schools at the other end of a school's links."""
    rows = select(there, school.c.name, link.c.link_type, link.c.established).select_from(link)
    rows = rows.outerjoin(school, school.c.urn == there).where(here == bindparam("urn"))
    return rows.order_by(link.c.established.nulls_first(), there)


_SCHOOL = select(school).where(school.c.urn == bindparam("urn"))
_PREDECESSORS = _linked(link.c.successor, link.c.predecessor)
_SUCCESSORS = _linked(link.c.predecessor, link.c.successor)


@query("scheduling.FindSchools")
class FindSchools(Query, frozen=True):
    """Schools by a few letters of their name, town or postcode, or by the beginning of their URN or LAESTAB number."""

    text: ShortText
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


@query("scheduling.SchoolByUrn")
class SchoolByUrn(Query, frozen=True):
    """Everything known of one school."""

    urn: Urn


@query("scheduling.CountySchools")
class CountySchools(Query, frozen=True):
    """Every school, and how many there are of each kind."""


class SchoolLine(Struct, frozen=True):
    """A school in a list. `laestab` is the authority's code and the school's number with a slash between."""

    urn: int
    name: str
    laestab: str
    school_type: str
    type_group: str
    status: str
    phase: str
    town: str | None
    postcode: str | None
    pupils: int | None


class LinkedSchool(Struct, frozen=True):
    """A school before or after another. `name` is None for one not registered here; `established` is the later one's
    first day."""

    urn: int
    name: str | None
    link_type: str
    established: date | None


class Subscription(Struct, frozen=True):
    """A school's subscription for the academic year that begins in `year`; `ends` is the first day without it."""

    year: int
    begins: date
    programme: str
    ends: date | None = None


class SchoolDetails(Struct, frozen=True):
    """A school's row as it is known now, in the shape of its registration, with what goes with it."""

    row: SchoolRegistered
    laestab: str
    predecessors: list[LinkedSchool]
    successors: list[LinkedSchool]
    subscriptions: list[Subscription]


class CountyOverview(Struct, frozen=True):
    """`subscriptions` counts schools by year and then by type group, which decides their price (BR1)."""

    schools: list[SchoolLine]
    by_type_group: dict[str, int]
    by_status: dict[str, int]
    by_phase: dict[str, int]
    subscriptions: dict[int, dict[str, int]]


_LINE = [school.c[field] for field in SchoolLine.__struct_fields__]


def find_schools(asked: FindSchools, reading: Reading) -> list[SchoolLine]:
    """Schools that have every word typed, as the beginning of one of theirs. Names that begin so come first."""
    typed = start(asked.text)
    if not typed:
        return []
    rank = case((school.c.start.like(f"{typed}%"), 0), (school.c.start.like(f"% {typed}%"), 1), else_=2)
    closed = school.c.status == "Closed"
    found = select(*_LINE).where(*(school.c.words.like(f"% {word}%") for word in plain(asked.text).split()))
    return _lines(reading, found.order_by(rank, closed, school.c.start, school.c.urn).limit(asked.limit))


_SUBSCRIPTIONS = (
    select(*(subscription.c[field] for field in Subscription.__struct_fields__))
    .where(subscription.c.urn == bindparam("urn"))
    .order_by(subscription.c.year)
)


def school_by_urn(asked: SchoolByUrn, reading: Reading) -> SchoolDetails | None:
    """None when no school has that URN."""
    here = {"urn": asked.urn}
    row = reading.db.execute(_SCHOOL, here).mappings().one_or_none()
    if row is None:
        return None
    return SchoolDetails(
        row=SchoolRegistered(**{field: row[field] for field in ("urn", *FIELDS)}),
        laestab=row["laestab"],
        predecessors=[LinkedSchool(*row) for row in reading.db.execute(_PREDECESSORS, here)],
        successors=[LinkedSchool(*row) for row in reading.db.execute(_SUCCESSORS, here)],
        subscriptions=[Subscription(*year) for year in reading.db.execute(_SUBSCRIPTIONS, here)],
    )


def county_schools(asked: CountySchools, reading: Reading) -> CountyOverview:
    schools = _lines(reading, select(*_LINE).order_by(school.c.start, school.c.urn))
    bought = (
        select(subscription.c.year, school.c.type_group, func.count())
        .join(school, school.c.urn == subscription.c.urn)
        .group_by(subscription.c.year, school.c.type_group)
        .order_by(subscription.c.year, school.c.type_group)
    )
    subscriptions: dict[int, dict[str, int]] = {}
    for year, type_group, count in reading.db.execute(bought):
        subscriptions.setdefault(year, {})[type_group] = count
    return CountyOverview(
        schools=schools,
        by_type_group=dict(Counter(line.type_group for line in schools).most_common()),
        by_status=dict(Counter(line.status for line in schools).most_common()),
        by_phase=dict(Counter(line.phase for line in schools).most_common()),
        subscriptions=subscriptions,
    )


def _lines(reading: Reading, rows: Select[Any]) -> list[SchoolLine]:
    return [SchoolLine(*row) for row in reading.db.execute(rows)]
