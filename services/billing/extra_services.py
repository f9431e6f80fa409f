"""A chargeable service beside the programme is charged when it was delivered (BR2)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from services.billing.account import Account, account_stream, charged, evolve
from services.billing.items import ServiceItem
from services.billing.quotes import Quote, quote
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated
from services.core.service import ReadStream


@command("billing.ChargeService")
class ChargeService(Command, frozen=True):
    """Charge a delivered service by the price and status of its day; `delivery_event` is the delivery."""

    urn: Urn
    year: AcademicYear
    item: ServiceItem
    quantity: Annotated[int, Meta(ge=1, le=1_000)]
    delivered: date
    delivery_event: UUID


def stream(command: ChargeService) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeService, read: ReadStream) -> Quote:
    return quote(read, command.urn, [command.item], command.delivered)


def _decide(command: ChargeService, account: Account, context: Context) -> Sequence[Dated]:
    if command.delivery_event in account.deliveries:
        return []
    quoted: Quote = context.facts
    due = quoted.due(command.item, command.delivery_event, command.quantity)
    return charged(account, command.urn, command.year, [due])


service_charge = Decider[Account, ChargeService](initial=Account(), decide=_decide, evolve=evolve)
