"""Questions about the chargeable services of a school."""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.scheduling.extras import ExtraService
from services.scheduling.projections.extras import service


@query("scheduling.SchoolServices")
class SchoolServices(Query, frozen=True):
    """Every chargeable service recommended to a school or ordered by it."""

    urn: Urn


class State(StrEnum):
    RECOMMENDED = "recommended"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class ServiceLine(Struct, frozen=True):
    """`asked_by` is la or school; `quantity` and `delivered` count units of the price list. `reason` is why it was
    cancelled."""

    order: str
    year: int
    service: ExtraService
    purpose: str
    asked_by: str
    recommended: date | None
    ordered: date | None
    quantity: int
    delivered: int
    last_delivered: date | None
    cancelled: date | None
    reason: str | None

    @property
    def state(self) -> State:
        """Delivered is what was delivered whole."""
        if self.cancelled:
            return State.CANCELLED
        if self.ordered is None:
            return State.RECOMMENDED
        return State.DELIVERED if self.delivered == self.quantity else State.ORDERED


def school_services(asked: SchoolServices, reading: Reading) -> list[ServiceLine]:
    """The newest year first, in the order in which they were recommended or ordered."""
    columns = [service.c["number" if name == "order" else name] for name in ServiceLine.__struct_fields__]
    rows = select(*columns).where(service.c.urn == asked.urn)
    lines = [ServiceLine(*row) for row in reading.db.execute(rows)]
    return sorted(lines, key=lambda line: (-line.year, int(line.order.rpartition("-")[2])))
