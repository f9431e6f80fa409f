"""The price list and the VAT codes, as they were set."""

from sqlalchemy import select

from services.billing.projections.tables import price, vat_code
from services.billing.statements import PriceLine, VatCodeLine
from services.core.commands import Query, query
from services.core.service import Reading


@query("billing.PriceList")
class PriceList(Query, frozen=True):
    """Every price that has been set and not replaced."""


@query("billing.VatCodes")
class VatCodes(Query, frozen=True):
    """Every VAT code that has been set and not replaced."""


def price_list(query: PriceList, reading: Reading) -> tuple[PriceLine, ...]:
    rows = reading.db.execute(select(price).order_by(price.c.item, price.c.school_status, price.c.begins))
    lines = []
    for row in rows:
        recorded = reading.recorded(row.position)
        by, at = recorded.metadata.actor, recorded.recorded
        lines.append(PriceLine(row.item, row.school_status, row.pence, row.begins, by, at, recorded.id))
    return tuple(lines)


def vat_codes(query: VatCodes, reading: Reading) -> tuple[VatCodeLine, ...]:
    rows = reading.db.execute(select(vat_code).order_by(vat_code.c.item, vat_code.c.school_status, vat_code.c.begins))
    lines = []
    for row in rows:
        recorded = reading.recorded(row.position)
        by, at = recorded.metadata.actor, recorded.recorded
        lines.append(VatCodeLine(row.item, row.school_status, row.code, row.begins, by, at))
    return tuple(lines)
