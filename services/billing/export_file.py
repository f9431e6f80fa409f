"""The file that goes to finance: the same lines always make the same bytes, so its digest proves it."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

HEADINGS = (
    "batch",
    "line",
    "charge",
    "urn",
    "academic_year",
    "item",
    "quantity",
    "months",
    "net",
    "vat_code",
    "tax_date",
    "school_status",
    "route",
    "purchase_order",
    "reverses",
)


class FileLine(Struct, frozen=True):
    """A line of the file. `months` is None for a whole year or a single service, `net` in pence (negative where a
    charge is taken back), `reverses` the charge that is taken back, or ""."""

    charge: str
    urn: int
    year: int
    item: str
    quantity: int
    months: int | None
    net: int
    tax_date: date
    school_status: str
    route: str
    vat_code: str
    purchase_order: str
    reverses: str


def export_file(batch: str, lines: Iterable[FileLine]) -> bytes:
    """CSV in UTF-8 (RFC 4180): one line for each charge, amounts in pounds with two decimals.

    No cell can be taken for a formula: each is an amount, a date, or begins with a letter or a figure."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number, line in enumerate(lines, 1):
        writer.writerow(
            (
                batch,
                number,
                line.charge,
                line.urn,
                f"{line.year}-{(line.year + 1) % 100:02d}",
                line.item,
                line.quantity,
                "" if line.months is None else line.months,
                _pounds(line.net),
                line.vat_code,
                line.tax_date.isoformat(),
                line.school_status,
                line.route,
                line.purchase_order,
                line.reverses,
            )
        )
    return text.getvalue().encode()


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def digest(file: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(file).hexdigest()
