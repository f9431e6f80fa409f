"""Finance reports what was paid or journalled."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from services.billing.account import Account, account_stream, evolve
from services.billing.batches import exported_charges
from services.billing.events import ChargeSettled
from services.core.commands import AcademicYear, Command, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.core.service import ReadStream


@command("billing.SettleCharge")
class SettleCharge(Command, frozen=True):
    """Record that a charge (or a reversal) was paid or journalled on a day, under finance's own reference."""

    urn: Urn
    year: AcademicYear
    charge: Reference
    settled: date
    reference: Annotated[str, Meta(min_length=1, max_length=40)]


def stream(command: SettleCharge) -> str:
    return account_stream(command.urn, command.year)


def consult(command: SettleCharge, read: ReadStream) -> frozenset[str]:
    return exported_charges(read)


def _decide(command: SettleCharge, account: Account, context: Context) -> Sequence[Dated]:
    if command.charge not in {line.charge for line in account.lines}:
        raise Refused(f"There is no charge {command.charge} on this account.", "charge")
    exported: frozenset[str] = context.facts
    if command.charge not in exported:
        raise Refused(f"Charge {command.charge} has not gone to finance yet. Export it first.", "charge")
    if command.settled > context.today:
        raise Refused("Enter a day that is not in the future.", "settled")
    settled = ChargeSettled(command.urn, command.year, command.charge, command.settled, command.reference)
    if settled in account.settled:
        return []
    for known in account.settled:
        if known.charge == command.charge:
            said = f"This charge was settled on {known.settled:%-d %B %Y} already (reference {known.reference})."
            raise Refused(said, "charge")
    return [settled.true_from(command.settled)]


settlement = Decider[Account, SettleCharge](initial=Account(), decide=_decide, evolve=evolve)
