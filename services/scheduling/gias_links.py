"""Reads GIAS links between schools: which succeeded which, by conversion, merger, amalgamation or split."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from services.core.cells import BadCell, Cells
from services.core.uploads import DEFAULT_LIMITS, Limits, RefusedRow, Table


class LinkRow(Struct, frozen=True, gc=False):
    """`link_urn` is the `link_type` (GIAS's words) of `urn`.

    A succession always runs from the predecessor (`urn`) to the "Successor..." (`link_urn`), whichever side
    the file tells it from. `link_name` is "" where the file tells it only from the successor's side.
    `established` is the first day of the successor, None where GIAS has no date.
    """

    urn: int
    link_urn: int
    link_name: str
    link_type: str
    established: date | None


class LinkExtract(Struct, frozen=True):
    """What one file held; `mirrored` counts rows that told a link again, from its other side or the same.

    `lines` says where each row begins."""

    rows: list[LinkRow]
    lines: list[int]
    refused: list[RefusedRow]
    mirrored: int


_WANTED = {
    "urn": ("URN",),
    "link_urn": ("LinkURN",),
    "link_name": ("LinkName",),
    "link_type": ("LinkType",),
    "established": ("LinkEstablishedDate",),
}


def read_links(upload: bytes | Path, limits: Limits = DEFAULT_LIMITS) -> LinkExtract:
    """Every link of a GIAS links file once, and every row that could not be taken with its reason.

    Raises UnreadableUpload where the file as a whole cannot be read as links.
    """
    table = Table(upload, _WANTED, key="urn", limits=limits)
    table.require("link_urn", "link_type")
    links: dict[tuple[int, int, str], LinkRow] = {}
    lines: list[int] = []
    mirrored = 0
    for row in table.rows():
        try:
            link = _link(Cells(table.titles, row.values))
        except BadCell as fault:
            table.refuse(row, str(fault))
            continue
        key = (link.urn, link.link_urn, link.link_type)
        if key in links:
            mirrored += 1
            link = _merged(links[key], link)
        else:
            lines.append(row.line)
        links[key] = link
    return LinkExtract(list(links.values()), lines, table.refused, mirrored)


def _link(cells: Cells) -> LinkRow:
    urn, link_urn = cells.urn("urn"), cells.urn("link_urn")
    if urn == link_urn:
        raise BadCell("it links a school to itself")
    name, link_type, day = cells.text("link_name"), cells.needed("link_type"), cells.day("established")
    if link_type.startswith("Predecessor"):
        return LinkRow(link_urn, urn, "", "Successor" + link_type.removeprefix("Predecessor"), day)
    return LinkRow(urn, link_urn, name, link_type, day)


def _merged(one: LinkRow, other: LinkRow) -> LinkRow:
    # The two sides are often a day apart: the last day of the old school and the first of the new.
    days = [link.established for link in (one, other) if link.established]
    name = one.link_name or other.link_name
    return LinkRow(one.urn, one.link_urn, name, one.link_type, max(days, default=None))
