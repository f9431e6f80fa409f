"""Imports files of the register of schools (GIAS), and says what became of each row."""

from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from services.core.events import Dated
from services.core.import_run import Call, Handle, Progress, Rehearse, carry_out
from services.core.uploads import RefusedRow
from services.scheduling.events import SchoolChanged
from services.scheduling.gias import SchoolRow, read_schools
from services.scheduling.gias_links import read_links
from services.scheduling.link import LinkSchools
from services.scheduling.school import OPTIONAL, RecordSchool

_SUCCESSION = "Successor"
_NEEDED = ("urn", "name", "la_code", "establishment_number", "type_group", "status", "phase", "last_changed")
_COLUMN_OF = {"opened": "open_date", "closed": "close_date"}
"""Optional fields of the command whose column has another name in a row."""


class ChangedSchool(Struct, frozen=True):
    """A school whose row differed, and in which fields."""

    urn: int
    fields: tuple[str, ...]


class SchoolsReport(Struct):
    """What became of a list of schools. `repeated` counts rows that stand in it twice."""

    registered: int = 0
    changed: list[ChangedSchool] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


class LinksReport(Struct):
    """What became of a file of links. `passed_over` counts links that are not from a school to its successor;
    `mirrored` rows that told a link again from its other side."""

    linked: int = 0
    unchanged: int = 0
    passed_over: int = 0
    mirrored: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def import_schools(
    handle: Handle,
    rehearse: Rehearse,
    upload: bytes | Path,
    effective_on: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> SchoolsReport:
    """Record every school of a file. `effective_on` is the day of the file: a change is true from then when its row has
    no day of its own that is news.

    Raises UnreadableUpload where the file as a whole cannot be read as a list of schools."""
    extract = read_schools(upload)
    calls = [
        Call(RecordSchool.message_name, _school_data(row, extract.carried, effective_on), str(row.urn), line)
        for row, line in zip(extract.rows, extract.lines, strict=True)
    ]
    report = SchoolsReport(repeated=extract.repeated, refused=[*extract.refused])
    for call, decided in carry_out(calls, report.refused, handle, rehearse, dry_run, progress):
        match decided:
            case []:
                report.unchanged += 1
            case [Dated(event=SchoolChanged() as changed)]:
                report.changed.append(ChangedSchool(int(call.key), tuple(changed.changes())))
            case _:
                report.registered += 1
    return report


def import_links(
    handle: Handle,
    rehearse: Rehearse,
    upload: bytes | Path,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LinksReport:
    """Record every succession of a file of links. Raises UnreadableUpload."""
    extract = read_links(upload)
    calls = [
        Call(
            LinkSchools.message_name,
            {
                "predecessor": row.urn,
                "successor": row.link_urn,
                "link_type": row.link_type,
                "established": row.established,
            },
            str(row.urn),
            line,
        )
        for row, line in zip(extract.rows, extract.lines, strict=True)
        if row.link_type.startswith(_SUCCESSION)
    ]
    passed_over = len(extract.rows) - len(calls)
    report = LinksReport(passed_over=passed_over, mirrored=extract.mirrored, refused=[*extract.refused])
    for _, decided in carry_out(calls, report.refused, handle, rehearse, dry_run, progress):
        report.linked += bool(decided)
        report.unchanged += not decided
    return report


def _school_data(row: SchoolRow, carried: frozenset[str], effective_on: date) -> dict[str, Any]:
    """The row as the command's data: what the file has no column for is left out, and a blank becomes null."""
    columns = {name: _COLUMN_OF.get(name, name) for name in OPTIONAL}
    said = {name: getattr(row, column) for name, column in columns.items() if column in carried}
    return {
        **{name: getattr(row, name) for name in _NEEDED},
        **{name: None if value == "" else value for name, value in said.items()},
        "school_type": row.type_name,
        "effective_on": effective_on,
    }
