"""Targets beside the results that they were set for: what was known then, the target, and what came of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import and_, select

from services.analytics.area import NATIONAL
from services.analytics.measures import MEASURES
from services.analytics.projections.results import area_figure, school, school_figure
from services.analytics.projections.targets import target, target_version
from services.analytics.queries.cells import Cell, cell, meaning
from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.visits.events import is_small

ALL = "all"
"""Results are published for all pupils together; those of smaller groups are not held."""
AGREED_BY_ALL = 3


@query("analytics.TargetsAgainstResults")
class TargetsAgainstResults(Query, frozen=True):
    """Every cohort's targets of a school, with what was known when each was set and, once there is one, the result
    beside those of the local authority and England."""

    urn: Urn


@query("analytics.TargetsMet")
class TargetsMet(Query, frozen=True):
    """How many of the sanctioned targets for the tests of one summer were met, school by school."""

    cohort: Annotated[int, Meta(ge=2001, le=2101, description="The summer of the tests")]


class TargetBesideResult(Struct, frozen=True):
    """`published` tells whether results of such a measure and group are published here at all.

    `estimate`, `data_version` and `earlier` are what was known when the target was set, on `set_on`; the results
    carry the data version of their own. `difference` is the result less the target in points, `met` whether it was
    reached; both are None while there is no such number."""

    measure: str
    label: str
    group: str
    percentage: str
    count: int | None
    cohort_size: int | None
    published: bool
    set_on: date
    estimate: str | None
    data_version: str | None
    earlier: str | None
    result: Cell | None
    la: Cell | None
    national: Cell | None
    difference: str | None
    met: bool | None


class CohortTargets(Struct, frozen=True):
    """The latest version of a cohort's targets: provisional, proposed, agreed, or sanctioned (under `statute`)."""

    cohort: int
    version: int
    state: str
    sanctioned: date | None
    statute: str | None
    targets: tuple[TargetBesideResult, ...]


class Met(Struct, frozen=True):
    """So many `met` of the targets of a school that have a result."""

    urn: int
    met: int
    of: int


def targets_against_results(query: TargetsAgainstResults, reading: Reading) -> tuple[CohortTargets, ...]:
    """The latest cohort first, without what is about a small group where an outsider asks (TR7)."""
    latest = _latest_versions(reading, query.urn)
    la_code = reading.db.scalar(select(school.c.la_code).where(school.c.urn == query.urn))
    c = target.c
    rows = reading.db.execute(select(target).where(c.urn == query.urn).order_by(c.measure, c.pupil_group)).all()
    if any(is_small(row.cohort_size) for row in rows) and not reading.viewer().is_insider(query.urn):
        rows = [row for row in rows if not is_small(row.cohort_size)]
    own = _cells(reading, school_figure, school_figure.c.urn == query.urn)
    la = _cells(reading, area_figure, area_figure.c.area == la_code)
    national = _cells(reading, area_figure, area_figure.c.area == NATIONAL)

    def beside(row: Any, set_on: date) -> TargetBesideResult:
        key = row.cohort, row.measure
        published = row.pupil_group == ALL and row.measure in MEASURES
        result = own.get(key) if published else None
        measure = MEASURES.get(row.measure)
        return TargetBesideResult(
            measure=row.measure,
            label=measure.label if measure else row.measure,
            group=row.pupil_group,
            percentage=row.percentage,
            count=row.count,
            cohort_size=row.cohort_size,
            published=published,
            set_on=set_on,
            estimate=row.estimate,
            data_version=row.data_version,
            earlier=row.earlier,
            result=result,
            la=la.get(key) if published else None,
            national=national.get(key) if published else None,
            difference=_difference(row, result),
            met=_met(row, result),
        )

    return tuple(
        CohortTargets(
            cohort=version.cohort,
            version=version.version,
            state=_state(version),
            sanctioned=version.sanctioned,
            statute=version.statute,
            targets=tuple(
                beside(row, version.proposed)
                for row in rows
                if (row.cohort, row.version) == (version.cohort, version.version)
            ),
        )
        for version in sorted(latest.values(), key=lambda version: -version.cohort)
    )


def targets_met(query: TargetsMet, reading: Reading) -> tuple[Met, ...]:
    """In order of URN: schools are not ranked. A school without a sanctioned target that has a result is not there."""
    c, f = target.c, school_figure.c
    published = and_(f.urn == c.urn, f.year == c.cohort, f.measure == c.measure)
    rows = reading.db.execute(
        select(target, school_figure.c.value)
        .join_from(target, school_figure, published)
        .join(
            target_version,
            and_(*(target_version.c[name] == c[name] for name in ("urn", "cohort", "version"))),
        )
        .where(c.cohort == query.cohort, c.pupil_group == ALL, target_version.c.state == "sanctioned")
        .order_by(c.urn, c.version)
    )
    found: dict[int, dict[str, bool | None]] = {}
    for row in rows:  # a later sanctioned version takes the place of an earlier one
        found.setdefault(row.urn, {})[row.measure] = _reached(row, row.value)
    counted = {urn: [met for met in by_measure.values() if met is not None] for urn, by_measure in found.items()}
    return tuple(Met(urn, sum(mets), len(mets)) for urn, mets in counted.items() if mets)


def _latest_versions(reading: Reading, urn: int) -> Mapping[int, Any]:
    ordered = select(target_version).where(target_version.c.urn == urn).order_by(target_version.c.version)
    return {row.cohort: row for row in reading.db.execute(ordered)}


def _cells(reading: Reading, table: Any, whose: Any) -> dict[tuple[int, str], Cell]:
    return {(row.year, row.measure): cell(row) for row in reading.db.execute(select(table).where(whose))}


def _state(version: Any) -> str:
    if version.state == "proposed" and len(version.agreed_by.split()) == AGREED_BY_ALL:
        return "agreed"
    return str(version.state)


def _difference(row: Any, result: Cell | None) -> str | None:
    if result is None or result.meaning:
        return None
    return f"{Decimal(result.value) - Decimal(row.percentage):f}"


def _met(row: Any, result: Cell | None) -> bool | None:
    return None if result is None else _reached(row, result.value)


def _reached(row: Any, value: str) -> bool | None:
    """None for a marker. What is measured here is good when it is high."""
    return None if meaning(value) else Decimal(value) >= Decimal(row.percentage)
