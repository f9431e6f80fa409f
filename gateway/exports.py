"""Any table as CSV or XLSX, in which nothing that somebody typed can become a formula.

XLSX is written by XlsxWriter: it only writes, has no dependencies, and takes text for text where it is told so."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flask import Response, abort, request
from xlsxwriter import Workbook  # type: ignore[import-untyped]

Cell = str | int | Decimal | date | None
"""Text, a number (money in pounds as Decimal), a day, or nothing."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV injection)."""
MOST_IN_A_CELL = 32_767
"""Characters; a longer text ends there in XLSX, because no spreadsheet takes more."""
KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pounds(pence: int) -> Decimal:
    """265000 as 2650.00, to be added up in a spreadsheet."""
    return Decimal(pence).scaleb(-2)


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 (RFC 4180). Text that a spreadsheet would work out gets an apostrophe before it; a negative number
    stays a number."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_plain(head) for head in heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def xlsx_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet of an XLSX file: text as text, numbers as numbers, days as days, and no formula."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Table")
        bold, day, money = (book.add_format({key: value}) for key, value in _FORMATS)
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                match cell:
                    case str():
                        sheet.write_string(line, column, cell[:MOST_IN_A_CELL])
                    case Decimal():
                        sheet.write_number(line, column, cell, money)
                    case int():
                        sheet.write_number(line, column, cell)
                    case date():
                        sheet.write_datetime(line, column, cell, day)
    return file.getvalue()


_FORMATS = (("bold", True), ("num_format", "d mmmm yyyy"), ("num_format", "#,##0.00"))
_WRITERS = {"csv": csv_of, "xlsx": xlsx_of}


def table_file(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A table to be saved as `name`.csv or `name`.xlsx. Not found for another kind."""
    if kind not in KINDS:
        abort(404, "Tables can be saved as CSV or as XLSX.")
    return download(_WRITERS[kind](heads, rows), f"{name}.{kind}", KINDS[kind])


def asked_as_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response | None:
    """The table of a page as a file, where its address ends in as=csv or as=xlsx; what has no head is left out."""
    kind = request.args.get("as")
    return table_file(kind, name, heads, (row[: len(heads)] for row in rows)) if kind else None


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved under that name, which is ours and plain."""
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _plain(cell: Cell) -> str | int | Decimal:
    match cell:
        case str():
            return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
        case date():
            return cell.isoformat()
    return "" if cell is None else cell
