"""Reads key stage 2 results by school, and the summary rows among them, from DfE's performance tables."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from services.analytics.figures import Figure, figure
from services.analytics.measures import MEASURES
from services.core.cells import BadCell, Cells, Firsts
from services.core.uploads import DEFAULT_LIMITS, Limits, RefusedRow, Row, Table, UnreadableUpload

FIRST_YEAR = 2016
"""The first academic year (2015/16) of scaled scores; results before it are levels."""


class SchoolResult(Struct, frozen=True):
    """One school's figures by measure code.

    `special` is None where the file does not say: keep True out of mainstream averages.
    """

    urn: int
    special: bool | None
    figures: dict[str, Figure]


class AreaResult(Struct, frozen=True):
    """A summary row: `code` is a local authority's code, "all schools" or "state-funded schools"."""

    level: Literal["la", "national"]
    code: str
    figures: dict[str, Figure]


class ResultExtract(Struct, frozen=True):
    """What one file held for `year`, the calendar year of the tests: 2018 is academic year 2017/18.

    `measures` are the codes that the file has columns for; `repeated` counts rows that were the same again.
    """

    year: int
    measures: tuple[str, ...]
    schools: list[SchoolResult]
    areas: list[AreaResult]
    refused: list[RefusedRow]
    repeated: int


_WANTED = {
    "urn": ("URN",),
    "record_type": ("RECTYPE",),
    "la_code": ("LEA", "LA", "LA (code)"),
    **{code: (code,) for code in MEASURES},
}
_SCHOOLS = {"1": False, "2": True}
_NATIONAL = {"4": "all schools", "5": "state-funded schools"}


def read_results(upload: bytes | Path, year: int, limits: Limits = DEFAULT_LIMITS) -> ResultExtract:
    """Every school and summary row of a file, and every row that could not be taken with its reason.

    Raises UnreadableUpload where the file as a whole cannot be read as key stage 2 results.
    """
    if year < FIRST_YEAR:
        raise UnreadableUpload(f"Results before {FIRST_YEAR} are levels, which cannot be compared with later ones.")
    table = Table(upload, _WANTED, key="urn", limits=limits)
    measures = tuple(code for code in MEASURES if code in table.titles)
    if not measures:
        raise UnreadableUpload(f"The file has none of the results that are read: {', '.join(MEASURES)}.")
    schools: list[SchoolResult] = []
    areas: list[AreaResult] = []
    firsts = Firsts[SchoolResult | AreaResult]()
    repeated = 0
    for row in table.rows():
        try:
            result = _result(row, Cells(table.titles, row.values), measures)
            about = f"URN {result.urn}" if isinstance(result, SchoolResult) else f"the row of {result.code}"
            if not firsts.is_new(about, result, row.line):
                repeated += 1
            elif isinstance(result, SchoolResult):
                schools.append(result)
            else:
                areas.append(result)
        except BadCell as fault:
            table.refuse(row, str(fault))
    return ResultExtract(year, measures, schools, areas, table.refused, repeated)


def _result(row: Row, cells: Cells, measures: tuple[str, ...]) -> SchoolResult | AreaResult:
    record_type = cells.text("record_type")
    if record_type in _SCHOOLS or not cells.has("record_type"):
        urn = cells.urn("urn")
        return SchoolResult(urn, _SCHOOLS.get(record_type), _figures(row, measures))
    if record_type in _NATIONAL:
        return AreaResult("national", _NATIONAL[record_type], _figures(row, measures))
    if record_type == "3":
        code = cells.needed("la_code") and cells.code("la_code", r"\d{3}", "a three-figure code")
        return AreaResult("la", code, _figures(row, measures))
    return cells.refuse("record_type", "1 to 5 is expected")


def _figures(row: Row, measures: tuple[str, ...]) -> dict[str, Figure]:
    return {code: figure(row.values[code], MEASURES[code]) for code in measures}
