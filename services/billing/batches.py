"""Charges go to finance in batches, each charge in one batch only, whoever exports and however often."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.billing.account import AccountLine, account_of, months_of, stream_of_charge
from services.billing.events import BatchExported, ChargeRaised, ChargeReversed, ExportedLine
from services.billing.export_file import FileLine, digest, export_file
from services.billing.orders import orders_stream, purchase_orders
from services.billing.part_years import academic_year_of
from services.billing.vat import VAT, VatCode, code_on, codes_in, vat_codes
from services.core.commands import Command, Reference, command
from services.core.deciders import Context, Decider, Refused
from services.core.service import ReadStream

EXPORTS = "billing.exports"
"""The one stream of all batches: two clerks at once can't both append to it."""

MOST_LINES = 5_000


@command("billing.ExportBatch")
class ExportBatch(Command, frozen=True):
    """Export these charges of a route as one file. `net` is the sum that the dry run showed for them, in pence."""

    route: Literal["journal", "invoice"]
    charges: Annotated[tuple[Reference, ...], Meta(min_length=1, max_length=MOST_LINES)]
    net: int


class Exports(Struct, frozen=True):
    """Which batch each charge went in, and how many batches there are by route and academic year."""

    batch_of: Mapping[str, str] = {}
    batches: Mapping[tuple[str, int], int] = {}


class Facts(Struct, frozen=True):
    """The lines that the accounts hold of those named, the VAT codes, and the purchase order of each school's year."""

    lines: Mapping[str, AccountLine]
    vat_codes: Sequence[VatCode]
    orders: Mapping[tuple[int, int], str]


def consult(command: ExportBatch, read: ReadStream) -> Facts:
    streams = dict.fromkeys(stream_of_charge(charge) for charge in command.charges)
    accounts = (account_of(read(stream)) for stream in streams)
    lines = {line.charge: line for account in accounts for line in account.lines}
    schools = {(lines[charge].urn, lines[charge].year) for charge in command.charges if charge in lines}
    orders = {school: purchase_orders.fold(read(orders_stream(*school))) for school in schools}
    return Facts(lines, codes_in(vat_codes.fold(read(VAT))), orders)


def _decide(command: ExportBatch, exports: Exports, context: Context) -> Sequence[BatchExported]:
    facts: Facts = context.facts
    lines = _checked(command, exports, facts)
    year = academic_year_of(context.today)
    number = exports.batches.get((command.route, year), 0) + 1
    batch = f"{command.route[0].upper()}-{year}-{number:03d}"
    in_file = [
        file_line(
            line,
            code_on(facts.vat_codes, line.item, line.school_status, line.tax_date),
            facts.orders[line.urn, line.year] if command.route == "invoice" else "",
        )
        for line in lines
    ]
    exported = tuple(ExportedLine(line.charge, line.vat_code, line.purchase_order) for line in in_file)
    return [BatchExported(batch, command.route, exported, command.net, digest(export_file(batch, in_file)))]


def _checked(command: ExportBatch, exports: Exports, facts: Facts) -> list[AccountLine]:
    """The lines named, in the order of the file. Raises Refused."""
    if len(set(command.charges)) < len(command.charges):
        raise Refused("A charge is named twice.", "charges")
    for charge in command.charges:
        if charge not in facts.lines:
            raise Refused(f"There is no charge {charge}.", "charges")
        if charge in exports.batch_of:
            said = f"Charge {charge} went to finance in batch {exports.batch_of[charge]}. Look at the dry run again."
            raise Refused(said, "charges")
        if facts.lines[charge].route != command.route:
            raise Refused(f"Charge {charge} goes by {facts.lines[charge].route}.", "charges")
    lines = [facts.lines[charge] for charge in command.charges]
    if sum(line.net for line in lines) != command.net:
        raise Refused("The charges do not add up to the sum of the dry run. Look at it again.", "net")
    return sorted(lines, key=lambda line: charge_order(line.charge))


def charge_order(charge: str) -> tuple[int, ...]:
    """By school, year and number, so that the tenth charge of an account follows the ninth."""
    return tuple(int(part) for part in charge.split("-"))


def file_line(line: AccountLine, vat_code: str, purchase_order: str) -> FileLine:
    return FileLine(
        charge=line.charge,
        urn=line.urn,
        year=line.year,
        item=line.item,
        quantity=line.quantity if isinstance(line, ChargeRaised) else 1,
        months=months_of(line),
        net=line.net,
        tax_date=line.tax_date,
        school_status=line.school_status,
        route=line.route,
        vat_code=vat_code,
        purchase_order=purchase_order,
        reverses=line.reverses if isinstance(line, ChargeReversed) else "",
    )


def _evolve(exports: Exports, event: BatchExported) -> Exports:
    key = event.route, int(event.batch.split("-")[1])
    return replace(
        exports,
        batch_of={**exports.batch_of, **{line.charge: event.batch for line in event.lines}},
        batches={**exports.batches, key: exports.batches.get(key, 0) + 1},
    )


batches = Decider[Exports, ExportBatch](initial=Exports(), decide=_decide, evolve=_evolve)


def exported_charges(read: ReadStream) -> frozenset[str]:
    """Every charge that went to finance so far. Raises Damaged."""
    return frozenset(batches.fold(read(EXPORTS)).batch_of)
