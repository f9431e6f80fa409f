"""What finance and schools are shown of charges. Money is whole pence, net of VAT."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct


class Line(Struct, frozen=True):
    """One line of an account: a charge, or (`reverses`) the taking back of one, with a negative net.

    `school` is the name last recorded, "" when there is none; `months` the twelfths that are charged, None for a whole
    year or a single service; `vat_code` and `purchase_order` as exported, or as they would be now, "" when there is
    none; `batch` is None until it went to finance, `settled` until finance reported it."""

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
    months: int | None = None
    reverses: str | None = None
    reversed_by: str | None = None
    vat_code: str = ""
    purchase_order: str = ""
    batch: str | None = None
    settled: date | None = None
    reference: str | None = None


class RouteTotal(Struct, frozen=True):
    """How many lines went by a route (journal or invoice), and their sum."""

    route: str
    charges: int
    net: int


class Order(Struct, frozen=True):
    """The purchase order number that a school gave for a year."""

    year: int
    number: str


class Statement(Struct, frozen=True):
    """A school's account for one academic year or (year None) for all, newest year first: what was charged in all
    (`net`), and what of it finance has reported as settled."""

    urn: int
    year: int | None
    lines: tuple[Line, ...]
    totals: tuple[RouteTotal, ...]
    net: int
    settled: int = 0
    orders: tuple[Order, ...] = ()

    @property
    def owed(self) -> int:
        """What is still to settle; negative when the school is to get something back."""
        return self.net - self.settled


class CountyStatement(Struct, frozen=True):
    """Every school's lines for an academic year: totals over all, lines of one page in the order of school names.

    `uncharged` is how many subscriptions and deliveries have no charge."""

    year: int
    totals: tuple[RouteTotal, ...]
    charges: int
    net: int
    lines: tuple[Line, ...]
    page: int
    pages: int
    uncharged: int = 0


class PriceLine(Struct, frozen=True):
    """A price that holds from `begins` on, with who set it and when."""

    item: str
    school_status: str
    pence: int
    begins: date
    by: str
    recorded_at: datetime
    event_id: UUID


class VatCodeLine(Struct, frozen=True):
    """A VAT code that holds from `begins` on, with who set it and when."""

    item: str
    school_status: str
    code: str
    begins: date
    by: str
    recorded_at: datetime


def totals_by_route(lines: Iterable[Line]) -> tuple[RouteTotal, ...]:
    """The totals of these lines, in the order of the routes' names."""
    nets: dict[str, list[int]] = {}
    for line in lines:
        nets.setdefault(line.route, []).append(line.net)
    return tuple(RouteTotal(route, len(net), sum(net)) for route, net in sorted(nets.items()))
