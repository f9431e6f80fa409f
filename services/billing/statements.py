"""What finance and schools are shown of charges. Money is whole pence, net of VAT."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct


class Line(Struct, frozen=True):
    """One charge. `school` is the name last recorded, "" when there is none."""

    charge: str
    urn: int
    school: str
    year: int
    item: str
    quantity: int
    net: int
    tax_date: date
    school_status: str
    route: str


class RouteTotal(Struct, frozen=True):
    """How many charges went by a route (journal or invoice), and their sum."""

    route: str
    charges: int
    net: int


class Statement(Struct, frozen=True):
    """A school's charges for one academic year or (year None) for all, newest year first."""

    urn: int
    year: int | None
    lines: tuple[Line, ...]
    totals: tuple[RouteTotal, ...]
    net: int


class CountyStatement(Struct, frozen=True):
    """Every school's charges for an academic year: totals over all, lines of one page in the order of school names."""

    year: int
    totals: tuple[RouteTotal, ...]
    charges: int
    net: int
    lines: tuple[Line, ...]
    page: int
    pages: int


class PriceLine(Struct, frozen=True):
    """A price that holds from `begins` on, with who set it and when."""

    item: str
    school_status: str
    pence: int
    begins: date
    by: str
    recorded_at: datetime
    event_id: UUID


def totals_by_route(lines: Iterable[Line]) -> tuple[RouteTotal, ...]:
    """The totals of these lines, in the order of the routes' names."""
    nets: dict[str, list[int]] = {}
    for line in lines:
        nets.setdefault(line.route, []).append(line.net)
    return tuple(RouteTotal(route, len(net), sum(net)) for route, net in sorted(nets.items()))
