"""What a file of results, averages or inspections calls for: one command for each school or area that it is about."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.analytics.area import NATIONAL, PublishAreaFigures
from services.analytics.area_averages import AreaRow, read_area_averages
from services.analytics.figures import Figure
from services.analytics.import_run import Report, carry_out
from services.analytics.inspection_history import read_inspections
from services.analytics.inspections import RecordInspection
from services.analytics.performance_tables import AreaResult, read_results
from services.analytics.publication import as_text
from services.analytics.results import PublishResults
from services.core.import_run import Call, Handle, Progress, Rehearse
from services.core.uploads import DEFAULT_LIMITS, Table

ENGLAND = "970"
"""England among the areas of DfE's Local Authority Interactive Tool."""
NO_LINE = 0
"""The line of a refusal that concerns several lines."""
_ALL_SCHOOLS = "all schools"
"""England with its independent schools: not what the authorities' averages are compared with."""


def import_ks2(
    handle: Handle,
    rehearse: Rehearse,
    upload: bytes | Path,
    year: int,
    data_version: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Publish the key stage 2 results of a performance table: its schools, authorities and England.

    Raises UnreadableUpload where the file as a whole cannot be read."""
    extract = read_results(upload, year)
    published = {"year": year, "data_version": data_version}
    lines = _lines_of_schools(upload)
    calls = [
        Call(
            PublishResults.message_name,
            published | {"urn": school.urn, "figures": _texts(school.figures)},
            str(school.urn),
            lines[school.urn],
        )
        for school in extract.schools
    ]
    areas = [area for area in extract.areas if area.code != _ALL_SCHOOLS]
    calls += [_area_call(*_area_of(area), _texts(area.figures), published) for area in areas]
    passed_over = len(extract.areas) - len(areas)
    report = Report(unchanged=extract.repeated, refused=[*extract.refused], passed_over=passed_over)
    return carry_out(calls, report, handle, rehearse, dry_run, progress)


def import_area_figures(
    handle: Handle,
    rehearse: Rehearse,
    upload: bytes | Path,
    data_version: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Publish the averages of a file of DfE's Local Authority Interactive Tool, all figures of an area's year together.

    A version that the file itself states is added to `data_version`. Raises UnreadableUpload."""
    extract = read_area_averages(upload)
    together: dict[tuple[str, int, str], list[AreaRow]] = {}
    for row in extract.rows:
        together.setdefault((row.area_code, row.year, row.version), []).append(row)
    calls = []
    for (code, year, version), rows in together.items():
        published = {"year": year, "data_version": f"{data_version} ({version})" if version else data_version}
        area = NATIONAL if code == ENGLAND else code
        calls.append(_area_call(area, rows[0].area_name, _texts({row.measure: row.figure for row in rows}), published))
    report = Report(unchanged=extract.repeated, refused=[*extract.refused], passed_over=extract.passed_over)
    return carry_out(calls, report, handle, rehearse, dry_run, progress)


def import_inspections(
    handle: Handle,
    rehearse: Rehearse,
    upload: bytes | Path,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Record the inspection grades of a file. Raises UnreadableUpload."""
    extract = read_inspections(upload)
    calls = [
        Call(
            RecordInspection.message_name,
            {"urn": row.urn, "inspected": row.inspected.isoformat(), "grade": row.grade},
            str(row.urn),
            row.line,
        )
        for row in extract.rows
    ]
    report = Report(unchanged=extract.repeated, refused=[*extract.refused])
    return carry_out(calls, report, handle, rehearse, dry_run, progress)


def _area_of(area: AreaResult) -> tuple[str, str]:
    """Code and name. England is its state-funded schools, as in the authorities' own averages."""
    return (NATIONAL, "England") if area.level == "national" else (area.code, f"Local authority {area.code}")


def _area_call(area: str, name: str, figures: Mapping[str, str], published: Mapping[str, Any]) -> Call:
    # A blank in a summary row says only that this file has no such figure, where another file may have it.
    given = {code: text for code, text in figures.items() if text}
    data = {**published, "area": area, "area_name": name, "figures": given}
    return Call(PublishAreaFigures.message_name, data, name, NO_LINE)


def _texts(figures: Mapping[str, Figure]) -> dict[str, str]:
    return {code: as_text(figure) for code, figure in figures.items()}


def _lines_of_schools(upload: bytes | Path) -> dict[int, int]:
    """The first line of each school, for refusals that come from the rules and not from the reading of the row."""
    lines: dict[int, int] = {}
    for row in Table(upload, {"urn": ("URN",)}, key="urn", limits=DEFAULT_LIMITS).rows():
        if (urn := row.values["urn"].removesuffix(".0")).isdecimal():
            lines.setdefault(int(urn), row.line)
    return lines
