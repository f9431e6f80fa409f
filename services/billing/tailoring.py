"""A tailored programme: the full charge is taken back and the visits agreed are charged instead (BR2)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec.structs import replace

from services.billing.account import Account, Due, account_stream, evolve, replaced
from services.billing.items import items_of
from services.billing.part_years import share
from services.billing.quotes import Quote, quote
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated
from services.core.service import ReadStream


@command("billing.ChargeTailored")
class ChargeTailored(Command, frozen=True):
    """Charge the programme that a school settled on: full, or the `visits` of a tailored one, in force from `begins`;
    `delivery_event` is the settlement."""

    urn: Urn
    year: AcademicYear
    programme: Literal["full", "tailored"]
    visits: tuple[str, ...]
    begins: date
    delivery_event: UUID


def stream(command: ChargeTailored) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeTailored, read: ReadStream) -> Quote:
    return quote(read, command.urn, items_of(command.programme, command.visits), command.begins)


def _decide(command: ChargeTailored, account: Account, context: Context) -> Sequence[Dated]:
    if not account.programme or command.delivery_event in account.deliveries:
        return []  # a programme that is not charged yet is charged as settled by then
    items = items_of(command.programme, command.visits)
    if {charge.item for charge in account.standing} == set(items):
        return []
    quoted: Quote = context.facts
    months = account.months
    due = [quoted.due(item, command.delivery_event) for item in items if months != 0]
    if months is not None:
        due = [_part(each, account.first_month, months) for each in due]
    return replaced(account, command.urn, command.year, due, command.delivery_event)


def _part(due: Due, first: int, months: int) -> Due:
    return replace(due, net=share(due.net, first, first + months), months=months)


tailored_charge = Decider[Account, ChargeTailored](initial=Account(), decide=_decide, evolve=evolve)
