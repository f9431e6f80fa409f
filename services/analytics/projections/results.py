"""Key stage 2 figures of schools and areas as they now stand, markers kept, the targets that they were meant to reach,
inspection grades, and the overall grades that school and adviser agreed before."""

from datetime import date

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table

from services.analytics.events import (
    AreaFiguresPublished,
    InspectionGraded,
    Ks2ResultsPublished,
    Ks2ResultsRevised,
)
from services.analytics.projections import agreed_grades, targets
from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.visits.events import (
    GradeAgreed,
    GradeDisputed,
    GradeModerated,
    TargetsAgreed,
    TargetsProposed,
    TargetsSanctioned,
)

_tables = MetaData()
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("la_code", String, nullable=False),
    Column("name_from", Date, nullable=False, comment="the day from which the name is true"),
    Column("la_code_from", Date, nullable=False, comment="the same"),
)
area = Table("area", _tables, Column("area", String, primary_key=True), Column("name", String, nullable=False))
school_figure = Table(
    "school_figure",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("value", String, nullable=False, comment="a number, or a marker's code"),
    Column("data_version", String, nullable=False),
    Index("school_figure_of_year", "year", "measure"),
)
area_figure = Table(
    "area_figure",
    _tables,
    Column("area", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("value", String, nullable=False, comment="a number, or a marker's code"),
    Column("data_version", String, nullable=False),
)
inspection = Table(
    "inspection",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("inspected", Date, primary_key=True),
    Column("grade", String, nullable=False),
)

RESULTS = Projection(
    "analytics.results",
    version=2,
    tables=[
        school,
        area,
        school_figure,
        area_figure,
        inspection,
        targets.target_version,
        targets.target,
        agreed_grades.agreed_grade,
    ],
)
RESULTS.on(TargetsProposed)(targets.proposed)
RESULTS.on(TargetsAgreed)(targets.agreed)
RESULTS.on(TargetsSanctioned)(targets.sanctioned)
RESULTS.on(GradeAgreed)(agreed_grades.agreed)
RESULTS.on(GradeDisputed)(agreed_grades.disputed)
RESULTS.on(GradeModerated)(agreed_grades.moderated)


@RESULTS.on(SchoolRegistered)
def registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name, la_code=event.la_code, name_from=date.min, la_code_from=date.min)


@RESULTS.on(SchoolChanged)
def changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    row = work.row(school, (event.urn,))
    if row is None:
        return
    day = recorded.metadata.effective_on
    for field, value in event.changes().items():
        # Late news of an earlier day does not undo what is known of a later one.
        if field in ("name", "la_code") and row[f"{field}_from"] <= day:
            work.change(school, (event.urn,), **{field: value, f"{field}_from": day})


@RESULTS.on(Ks2ResultsPublished)
def published(event: Ks2ResultsPublished, recorded: RecordedEvent, work: Work) -> None:
    _figures(event, work)


@RESULTS.on(Ks2ResultsRevised)
def revised(event: Ks2ResultsRevised, recorded: RecordedEvent, work: Work) -> None:
    _figures(event, work)


def _figures(event: Ks2ResultsPublished | Ks2ResultsRevised, work: Work) -> None:
    key = {"urn": event.urn, "year": event.year, "data_version": event.data_version}
    for measure, value in event.figures.items():
        work.put(school_figure, **key, measure=measure, value=value)


@RESULTS.on(AreaFiguresPublished)
def area_figures(event: AreaFiguresPublished, recorded: RecordedEvent, work: Work) -> None:
    work.put(area, area=event.area, name=event.area_name)
    key = {"area": event.area, "year": event.year, "data_version": event.data_version}
    for measure, value in event.figures.items():
        work.put(area_figure, **key, measure=measure, value=value)


@RESULTS.on(InspectionGraded)
def graded(event: InspectionGraded, recorded: RecordedEvent, work: Work) -> None:
    work.put(inspection, urn=event.urn, inspected=event.inspected, grade=event.grade)
