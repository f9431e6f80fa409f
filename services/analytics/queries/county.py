"""One measure of one year across the county: the schools' own average beside the published one, and how they spread."""

from collections import Counter
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import and_, func, select

from services.analytics.area import NATIONAL
from services.analytics.measures import MEASURES
from services.analytics.projections.results import area_figure, school, school_figure
from services.analytics.publication import TestYear
from services.analytics.queries.cells import Cell, cell, meaning
from services.analytics.spread import Band, bands, weighted
from services.core.commands import Query, query
from services.core.schemas import Invalid
from services.core.service import Reading


@query("analytics.CountyResults")
class CountyResults(Query, frozen=True):
    """One measure of one year across the county; without a year, the latest in which a school has the measure."""

    year: TestYear | None = None
    measure: Annotated[str, Meta(description="The code of a measure")] = "PTRWM_EXP"


class Marked(Struct, frozen=True):
    """Schools that have a marker in place of a figure."""

    meaning: str
    schools: int


class SchoolFigure(Struct, frozen=True):
    """One school's figure; `meaning` is empty for a number, `pupils` None where the source does not give it."""

    urn: int
    name: str
    value: str
    meaning: str
    pupils: int | None

    @property
    def number(self) -> Decimal | None:
        """None for a marker."""
        return None if self.meaning else Decimal(self.value)


class ResultsOfCounty(Struct, frozen=True):
    """`year` is None when no school has the measure; `years` are all that hold results.

    `weighted` is the average by pupils, to one decimal place, of the schools that this platform knows; `la` is the
    published figure of all that the authority had. `schools` are highest first, those with a marker last."""

    year: int | None
    years: tuple[int, ...]
    measure: str
    label: str
    unit: str
    la_code: str | None
    weighted: str | None
    schools_counted: int
    pupils_counted: int
    la: Cell | None
    national: Cell | None
    bands: tuple[Band, ...]
    marked: tuple[Marked, ...]
    schools: tuple[SchoolFigure, ...]


def county_results(query: CountyResults, reading: Reading) -> ResultsOfCounty:
    """Raises Invalid for a measure that is not read."""
    measure = MEASURES.get(query.measure)
    if measure is None:
        raise Invalid({"measure": [f"Choose one of: {', '.join(MEASURES)}"]})
    year = query.year or _latest(measure.code, reading)
    schools = _schools(year, measure.code, reading)
    numbers = [row.number for row in schools if row.number is not None]
    counted = [(row.number, row.pupils) for row in schools if row.number is not None and row.pupils]
    average = weighted(counted)
    la_code = _la_code(reading)
    return ResultsOfCounty(
        year=year,
        years=tuple(reading.db.scalars(select(school_figure.c.year).distinct().order_by(school_figure.c.year))),
        measure=measure.code,
        label=measure.label,
        unit=measure.unit,
        la_code=la_code,
        weighted=None if average is None else str(average),
        schools_counted=len(counted),
        pupils_counted=sum(pupils for _, pupils in counted),
        la=None if la_code is None else _area_cell(la_code, year, measure.code, reading),
        national=_area_cell(NATIONAL, year, measure.code, reading),
        bands=bands(numbers, measure.unit),
        marked=tuple(Marked(*pair) for pair in Counter(s.meaning for s in schools if s.meaning).most_common()),
        schools=schools,
    )


def _latest(measure: str, reading: Reading) -> int | None:
    years = select(func.max(school_figure.c.year)).where(school_figure.c.measure == measure)
    latest: int | None = reading.db.scalar(years)
    return latest


def _schools(year: int | None, measure: str, reading: Reading) -> tuple[SchoolFigure, ...]:
    figure, telig = school_figure.alias("figure"), school_figure.alias("telig")
    pupils = and_(telig.c.urn == figure.c.urn, telig.c.year == figure.c.year, telig.c.measure == "TELIG")
    rows = reading.db.execute(
        select(figure.c.urn, school.c.name, figure.c.value, telig.c.value.label("pupils"))
        .join_from(figure, school, school.c.urn == figure.c.urn)
        .join(telig, pupils, isouter=True)
        .where(figure.c.year == year, figure.c.measure == measure)
    )
    schools = [
        SchoolFigure(urn, name, value, meaning(value), int(pupils) if pupils and not meaning(pupils) else None)
        for urn, name, value, pupils in rows
    ]
    return tuple(sorted(schools, key=lambda s: (s.number is None, -(s.number or 0), s.name, s.urn)))


def _la_code(reading: Reading) -> str | None:
    """The authority that most of the schools belong to: a few near its border may belong to another."""
    most = select(school.c.la_code).group_by(school.c.la_code).order_by(func.count().desc(), school.c.la_code)
    code: str | None = reading.db.scalar(most.limit(1))
    return code


def _area_cell(area: str, year: int | None, measure: str, reading: Reading) -> Cell | None:
    c = area_figure.c
    found = select(area_figure).where(c.area == area, c.year == year, c.measure == measure)
    row = reading.db.execute(found).one_or_none()
    return None if row is None else cell(row)
