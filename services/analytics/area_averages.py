"""Reads averages of authorities, regions and England from DfE's Local Authority Interactive Tool (LAIT)."""

import re
from pathlib import Path

from msgspec import Struct

from services.analytics.figures import Figure, figure
from services.analytics.measures import BY_LAIT
from services.core.cells import BadCell, Cells, Firsts
from services.core.uploads import DEFAULT_LIMITS, Limits, RefusedRow, Table

# 2018, "2018 (Rev)", 2017/18, 2017-2018, 201718: the year meant is always the later, the year of the tests.
_YEARS = re.compile(r"(20\d\d)(?:[-/]?(?:20)?(\d\d))?(?: ?\(([^()]{1,20})\))?", re.ASCII)
_VERSIONS = {
    "": "",
    "rev": "revised",
    "revised": "revised",
    "prov": "provisional",
    "provisional": "provisional",
}


class AreaRow(Struct, frozen=True):
    """One figure of one area: `year` is the calendar year of the tests, `measure` a code of `MEASURES`.

    `area_code` is a local authority's code, or LAIT's own for a region or England (970).
    `version` is "revised", "provisional", "" where the file does not say, or the file's own word.
    """

    year: int
    area_code: str
    area_name: str
    measure: str
    figure: Figure
    version: str


class AreaExtract(Struct, frozen=True):
    """What one file held; `passed_over` counts rows of indicators that are not among `MEASURES`."""

    rows: list[AreaRow]
    refused: list[RefusedRow]
    repeated: int
    passed_over: int


_WANTED = {
    "indicator": ("Short Desc",),
    "years": ("Years",),
    "area_name": ("LA and Regions",),
    "value": ("Values",),
    "area_code": ("LA Number",),
}


def read_area_averages(upload: bytes | Path, limits: Limits = DEFAULT_LIMITS) -> AreaExtract:
    """Every figure of a LAIT file, and every row that could not be taken with its reason.

    Raises UnreadableUpload where the file as a whole cannot be read as LAIT figures.
    """
    table = Table(upload, _WANTED, key="indicator", limits=limits)
    table.require(*_WANTED)
    rows: list[AreaRow] = []
    firsts = Firsts[AreaRow]()
    repeated = passed_over = 0
    for row in table.rows():
        if row.values["indicator"] not in BY_LAIT:
            passed_over += 1
            continue
        try:
            area = _area(Cells(table.titles, row.values))
            about = f"{area.measure} of area {area.area_code} in {area.year} {area.version}".rstrip()
            if firsts.is_new(about, area, row.line):
                rows.append(area)
            else:
                repeated += 1
        except BadCell as fault:
            table.refuse(row, str(fault))
    return AreaExtract(rows, table.refused, repeated, passed_over)


def _area(cells: Cells) -> AreaRow:
    measure = BY_LAIT[cells.needed("indicator")]
    year, version = _year(cells)
    code = cells.needed("area_code") and cells.code("area_code", r"\d{3}", "a three-figure code")
    name = cells.needed("area_name")
    return AreaRow(year, code, name, measure.code, figure(cells.raw("value"), measure), version)


def _year(cells: Cells) -> tuple[int, str]:
    match = _YEARS.fullmatch(cells.needed("years"))
    if match is None or (match[2] and (int(match[1]) + 1) % 100 != int(match[2])):
        cells.refuse("years", "a year such as 2018, 2018 (Rev) or 2017/18 is expected")
    word = (match[3] or "").strip().casefold()
    return int(match[1]) + bool(match[2]), _VERSIONS.get(word, word)
