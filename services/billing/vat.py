"""VAT codes are finance's decision: dated data that is shown on lines and in files, and never worked out here (BR6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from services.billing.events import VatCodeSet
from services.billing.items import Item
from services.billing.school_status import StatusName
from services.core.commands import Command, command
from services.core.deciders import Context, Decider
from services.core.events import Dated

VAT = "billing.vat"
"""The one stream of all VAT codes."""

VatCodes = Mapping[tuple[str, str, date], str]
"""Codes by item, school status and first day."""


@command("billing.SetVatCode")
class SetVatCode(Command, frozen=True):
    """Set the VAT code of an item for schools of one status from a day on. Files already exported keep theirs."""

    item: Item
    school_status: StatusName
    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,10}$", description="Up to ten letters and figures")]
    begins: date


class VatCode(Struct, frozen=True):
    """A code that holds for an item and a status from `begins` on."""

    item: str
    school_status: str
    code: str
    begins: date


def code_on(codes: Iterable[VatCode], item: str, school_status: str, day: date) -> str:
    """The code that began last, on or before the day; "" when finance has set none."""
    begun = [each for each in codes if (each.item, each.school_status) == (item, school_status) and each.begins <= day]
    return max(begun, key=lambda each: each.begins).code if begun else ""


def codes_in(codes: VatCodes) -> tuple[VatCode, ...]:
    return tuple(VatCode(item, status, code, begins) for (item, status, begins), code in codes.items())


def _decide(command: SetVatCode, codes: VatCodes, context: Context) -> Sequence[Dated]:
    if codes.get((command.item, command.school_status, command.begins)) == command.code:
        return []
    event = VatCodeSet(command.item, command.school_status, command.code, command.begins)
    return [event.true_from(command.begins)]


def _evolve(codes: VatCodes, event: VatCodeSet) -> VatCodes:
    return {**codes, (event.item, event.school_status, event.begins): event.code}


vat_codes = Decider[VatCodes, SetVatCode](initial={}, decide=_decide, evolve=_evolve)
