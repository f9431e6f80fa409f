"""Reads a table of inspection grades: URN, grade and date, a row for each inspection."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from services.core.cells import BadCell, Cells, Firsts
from services.core.uploads import DEFAULT_LIMITS, Limits, RefusedRow, Table

_WANTED = {
    "urn": ("URN",),
    "grade": ("Rating", "Overall effectiveness"),
    "inspected": ("Inspection Date", "Inspection start date"),
}


class InspectionRow(Struct, frozen=True):
    """One inspection, and the line of the file that it stands on."""

    line: int
    urn: int
    inspected: date
    grade: str


class InspectionExtract(Struct, frozen=True):
    """What one file held; `repeated` counts rows that were the same again."""

    rows: list[InspectionRow]
    refused: list[RefusedRow]
    repeated: int


def read_inspections(upload: bytes | Path, limits: Limits = DEFAULT_LIMITS) -> InspectionExtract:
    """Every inspection of a file, and every row that could not be taken with its reason.

    Raises UnreadableUpload where the file as a whole cannot be read as inspection grades.
    """
    table = Table(upload, _WANTED, key="urn", limits=limits)
    table.require(*_WANTED)
    rows: list[InspectionRow] = []
    firsts = Firsts[str]()
    repeated = 0
    for row in table.rows():
        cells = Cells(table.titles, row.values)
        try:
            urn, grade = cells.urn("urn"), cells.needed("grade")
            inspected = cells.day("inspected") or cells.refuse("inspected", "it is needed")
            if firsts.is_new(f"the inspection of URN {urn} on {inspected}", grade, row.line):
                rows.append(InspectionRow(row.line, urn, inspected, grade))
            else:
                repeated += 1
        except BadCell as fault:
            table.refuse(row, str(fault))
    return InspectionExtract(rows, table.refused, repeated)
