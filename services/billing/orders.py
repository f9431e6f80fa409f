"""The purchase order number that a school wants on its invoices of a year (BR7)."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from services.billing.events import PurchaseOrderRecorded
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider

OrderNumber = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9 /.-]{0,39}$",
        description="Up to 40 letters, figures, spaces, dots, hyphens and slashes, a letter or figure first",
    ),
]


@command("billing.RecordPurchaseOrder")
class RecordPurchaseOrder(Command, frozen=True):
    """Record the school's purchase order number for a year. It stands on what is exported from then on."""

    urn: Urn
    year: AcademicYear
    number: OrderNumber


def orders_stream(urn: int, year: int) -> str:
    return f"billing.orders-{urn}-{year}"


def _decide(command: RecordPurchaseOrder, number: str, context: Context) -> Sequence[PurchaseOrderRecorded]:
    if command.number == number:
        return []
    return [PurchaseOrderRecorded(command.urn, command.year, command.number)]


def _evolve(number: str, event: PurchaseOrderRecorded) -> str:
    return event.number


purchase_orders = Decider[str, RecordPurchaseOrder](initial="", decide=_decide, evolve=_evolve)
