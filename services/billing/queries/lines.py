"""Lines of accounts, as every page shows them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from services.billing.projections.tables import charge, purchase_order, school, vat_code
from services.billing.statements import Line
from services.billing.vat import VatCode, code_on
from services.core.service import Reading

SCHOOL_NAME = func.coalesce(school.c.name, "")
_OWN = ("vat_code", "purchase_order", "school")
_LINE: Select[Any] = (
    select(
        *(charge.c[name] for name in Line.__struct_fields__ if name not in _OWN),
        SCHOOL_NAME.label("school"),
        charge.c.vat_code.label("exported_code"),
        charge.c.purchase_order.label("exported_order"),
        purchase_order.c.number,
    )
    .join_from(charge, school, charge.c.urn == school.c.urn, isouter=True)
    .join(
        purchase_order,
        (charge.c.urn == purchase_order.c.urn) & (charge.c.year == purchase_order.c.year),
        isouter=True,
    )
)


def lines_where(reading: Reading, *wanted: ColumnElement[bool]) -> tuple[Line, ...]:
    """The lines that fulfil these conditions, in the order in which they were recorded."""
    return lines_of(reading, lines_of_charges().where(*wanted).order_by(charge.c.position))


def lines_of_charges() -> Select[Any]:
    """Every line, to be narrowed and put in order."""
    return _LINE


def lines_of(reading: Reading, wanted: Select[Any]) -> tuple[Line, ...]:
    codes = vat_codes(reading)
    return tuple(_line(row, codes) for row in reading.db.execute(wanted).mappings())


def vat_codes(reading: Reading) -> list[VatCode]:
    """Every VAT code that was set and not replaced."""
    wanted = select(vat_code.c.item, vat_code.c.school_status, vat_code.c.code, vat_code.c.begins)
    return [VatCode(*row) for row in reading.db.execute(wanted)]


def _line(row: Any, codes: list[VatCode]) -> Line:
    values = {name: row[name] for name in Line.__struct_fields__ if name not in _OWN}
    if row["batch"] is not None:
        return Line(**values, school=row["school"], vat_code=row["exported_code"], purchase_order=row["exported_order"])
    code = code_on(codes, row["item"], row["school_status"], row["tax_date"])
    order = row["number"] if row["route"] == "invoice" and row["number"] else ""
    return Line(**values, school=row["school"], vat_code=code, purchase_order=order)
