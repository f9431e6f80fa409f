"""What the finance team works with at the end of a month. Money is whole pence, net of VAT."""

from datetime import date, datetime

from msgspec import Struct

from services.billing.statements import Line


class CodeTotal(Struct, frozen=True):
    """A control total: the lines for schools of a status under a VAT code ("" where finance has set none)."""

    school_status: str
    vat_code: str
    lines: int
    net: int


class BatchSummary(Struct, frozen=True):
    """A file that went to finance. `digest` is its SHA-256 in hexadecimal."""

    batch: str
    route: str
    lines: int
    net: int
    digest: str
    exported_at: datetime
    by: str


class NextBatch(Struct, frozen=True):
    """What the next batch of a route would be, and how it differs from the last: `new` charges and lines that take one
    back (`reversed`), each with their sum; nothing is recorded."""

    route: str
    lines: tuple[Line, ...]
    net: int
    totals: tuple[CodeTotal, ...]
    new: tuple[int, int]
    reversed: tuple[int, int]
    last: BatchSummary | None


class BatchDetails(Struct, frozen=True):
    """A batch with its lines and control totals. `file` is made again from the lines; `intact` says that it has the
    digest that was recorded when it was exported."""

    summary: BatchSummary
    lines: tuple[Line, ...]
    totals: tuple[CodeTotal, ...]
    file: str
    intact: bool


class RouteWork(Struct, frozen=True):
    """What is to do for a route: lines not exported yet, and of these without a VAT code or an order."""

    route: str
    to_export: int
    net: int
    without_vat_code: int
    without_order: int
    last: BatchSummary | None


class Reconciled(Struct, frozen=True):
    """Delivered against billed against settled, for the programme or one service: deliveries, how many of them are not
    charged, lines and their sum, and how much of it was exported and settled."""

    item: str
    delivered: int
    uncharged: int
    lines: int
    net: int
    exported: int
    settled: int


class Workspace(Struct, frozen=True):
    """The finance team's year at a glance."""

    year: int
    years: tuple[int, ...]
    routes: tuple[RouteWork, ...]
    reconciled: tuple[Reconciled, ...]
    exceptions: int


class Finding(Struct, frozen=True):
    """Something that finance should look at: what kind, which school, which charge (if one), what happened on which
    day, and how many days later it became known."""

    kind: str
    urn: int
    school: str
    charge: str | None
    says: str
    day: date
    days_late: int = 0


class Exceptions(Struct, frozen=True):
    """Everything in an academic year that is not as usual, by kind and school."""

    year: int
    found: tuple[Finding, ...]
