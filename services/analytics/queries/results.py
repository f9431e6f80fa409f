"""A school's key stage 2 results beside its authority and England, and its inspections."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import ColumnElement, Table, select, true

from services.analytics.area import NATIONAL
from services.analytics.frameworks import framework_on
from services.analytics.measures import MEASURES, Measure
from services.analytics.projections.results import area, area_figure, inspection, school, school_figure
from services.analytics.queries.cells import Cell, cell
from services.core.commands import Query, Urn, query
from services.core.service import Reading


@query("analytics.SchoolResults")
class SchoolResults(Query, frozen=True):
    """A school's results, measure by measure (or one only) and year by year, beside its local authority and England."""

    urn: Urn
    measure: Annotated[str, Meta(description="The code of a measure")] | None = None


@query("analytics.Inspections")
class Inspections(Query, frozen=True):
    """The overall grades of a school's inspections, the latest first."""

    urn: Urn


class YearCells(Struct, frozen=True):
    """One measure in one year; None where nothing was published."""

    year: int
    school: Cell | None
    la: Cell | None
    national: Cell | None


class MeasureRow(Struct, frozen=True):
    """One measure in each of the answer's years, in order."""

    code: str
    label: str
    unit: str
    higher_is_better: bool | None
    years: tuple[YearCells, ...]


class ResultsOfSchool(Struct, frozen=True):
    """The years and measures in which the school has results; no authority for a school that is not registered."""

    urn: int
    la_code: str | None
    la_name: str | None
    years: tuple[int, ...]
    measures: tuple[MeasureRow, ...]


class Inspection(Struct, frozen=True):
    """Grades of different frameworks can't be compared."""

    inspected: date
    grade: str
    framework: str


def school_results(query: SchoolResults, reading: Reading) -> ResultsOfSchool:
    def cells(table: Table, whose: ColumnElement[bool]) -> dict[tuple[int, str], Cell]:
        of_measure = true() if query.measure is None else table.c.measure == query.measure
        return {
            (row.year, row.measure): cell(row) for row in reading.db.execute(select(table).where(whose, of_measure))
        }

    own = cells(school_figure, school_figure.c.urn == query.urn)
    beside = select(school.c.la_code, area.c.name).join_from(
        school, area, area.c.area == school.c.la_code, isouter=True
    )
    la_code, la_name = reading.db.execute(beside.where(school.c.urn == query.urn)).one_or_none() or (None, None)
    of_la = cells(area_figure, area_figure.c.area == la_code)
    national = cells(area_figure, area_figure.c.area == NATIONAL)
    years = tuple(sorted({year for year, _ in own}))

    def row(measure: Measure) -> MeasureRow:
        keys = [(year, measure.code) for year in years]
        cells = tuple(YearCells(k[0], own.get(k), of_la.get(k), national.get(k)) for k in keys)
        return MeasureRow(measure.code, measure.label, measure.unit, measure.higher_is_better, cells)

    measured = {code for _, code in own}
    measures = tuple(row(measure) for code, measure in MEASURES.items() if code in measured)
    return ResultsOfSchool(query.urn, la_code, la_name, years, measures)


def inspections(query: Inspections, reading: Reading) -> tuple[Inspection, ...]:
    latest_first = select(inspection).where(inspection.c.urn == query.urn).order_by(inspection.c.inspected.desc())
    return tuple(_inspection(row.inspected, row.grade) for row in reading.db.execute(latest_first))


def _inspection(inspected: date, grade: str) -> Inspection:
    framework = framework_on(inspected)
    return Inspection(inspected, grade, framework.name if framework else "")
