"""Lines of accounts in words: what was charged or taken back, by which route, and whether it was settled."""

from typing import Any

from flask import url_for

from gateway.exports import Cell, pounds
from gateway.words import academic_year, day, money

FILE_HEADS = (
    *("Charge", "URN", "School", "Academic year", "Service", "Quantity", "Net in pounds", "VAT code", "Status"),
    *("Route", "Purchase order", "As of", "Batch", "Settled", "Takes back"),
)


def item_words(item: str) -> str:
    """full-service as Full service"""
    return item.replace("-", " ").capitalize()


def service(line: Any) -> str:
    """What a line is for: Full service, 7 of 12 months"""
    words = item_words(line.item)
    if line.months is not None:
        words = f"{words}, {line.months} of 12 months"
    if line.quantity > 1:
        words = f"{words}, {line.quantity} times"
    return f"{words}, taken back" if line.reverses else words


def progress(line: Any) -> str:
    """How far a line has come with finance."""
    if line.settled:
        return f"Settled on {day(line.settled)}"
    return f"Exported in batch {line.batch}" if line.batch else "Not exported yet"


def explained_at(line: Any) -> str:
    """The address of its explanation."""
    return url_for("charges.explain", urn=line.urn, charge=line.charge)


def school_words(line: Any) -> str:
    return line.school or f"School {line.urn}"


def line_row(line: Any) -> tuple[str, ...]:
    """School, service, net, status, VAT code, order and day, then the addresses of statement and explanation."""
    return (
        line.charge,
        school_words(line),
        service(line),
        money(line.net),
        line.school_status.capitalize(),
        line.vat_code or "None",
        line.purchase_order or ("None" if line.route == "invoice" else "Not needed"),
        day(line.tax_date),
        url_for("charges.of_school", urn=line.urn),
        explained_at(line),
    )


def file_row(line: Any) -> tuple[Cell, ...]:
    """A line for a file, in the order of FILE_HEADS."""
    return (
        line.charge,
        line.urn,
        line.school,
        academic_year(line.year),
        service(line),
        line.quantity,
        pounds(line.net),
        line.vat_code,
        line.school_status,
        line.route,
        line.purchase_order,
        line.tax_date,
        line.batch,
        line.settled,
        line.reverses,
    )
