"""A school's results beside its authority and England, and its inspections."""

from datetime import date

from services.analytics.area import PublishAreaFigures
from services.analytics.inspections import RecordInspection
from services.analytics.queries.cells import Cell
from services.analytics.queries.results import Inspections, ResultsOfSchool, SchoolResults, YearCells
from services.analytics.results import PublishResults
from services.core.events import Event
from services.scheduling.events import SchoolChanged
from tests.analytics.desk import Desk

URN = 120777


def publish(desk: Desk, year: int, data_version: str, **figures: str) -> None:
    desk.handle(PublishResults(URN, year, data_version, figures))


def test_a_school_stands_beside_its_authority_and_england(desk: Desk) -> None:
    desk.register(URN)
    publish(desk, 2018, "tables", PTRWM_EXP="57", READPROG="-1.9")
    publish(desk, 2017, "tables", PTRWM_EXP="61")
    desk.handle(PublishAreaFigures("926", "Norfolk", 2018, "averages", {"PTRWM_EXP": "59"}))
    desk.handle(PublishAreaFigures("935", "Suffolk", 2018, "averages", {"PTRWM_EXP": "62"}))
    desk.handle(PublishAreaFigures("national", "England", 2018, "averages", {"PTRWM_EXP": "64"}))
    answer: ResultsOfSchool = desk.ask(SchoolResults(URN))
    assert (answer.la_code, answer.la_name, answer.years) == ("926", "Norfolk", (2017, 2018))
    expected, progress = answer.measures
    assert (expected.code, expected.unit, expected.higher_is_better) == ("PTRWM_EXP", "percent", True)
    assert expected.years == (
        YearCells(2017, Cell("61", "", "tables"), None, None),
        YearCells(2018, Cell("57", "", "tables"), Cell("59", "", "averages"), Cell("64", "", "averages")),
    )
    assert progress.years == (
        YearCells(2017, None, None, None),
        YearCells(2018, Cell("-1.9", "", "tables"), None, None),
    )


def test_a_marker_stays_a_marker_with_its_meaning_and_is_no_number(desk: Desk) -> None:
    desk.register(URN)
    publish(desk, 2018, "tables", TELIG="3", PTRWM_EXP="SUPP", READPROG="", MATPROG="LOWCOV")
    cells = {row.code: row.years[0].school for row in desk.ask(SchoolResults(URN)).measures}
    assert cells["PTRWM_EXP"] == Cell("SUPP", "suppressed: 5 pupils or fewer", "tables")
    assert cells["READPROG"] == Cell("", "no figure given", "tables")
    assert [cells[code].number for code in ("TELIG", "PTRWM_EXP", "READPROG", "MATPROG")] == [3.0, None, None, None]


def test_each_figure_tells_the_version_that_gave_it(desk: Desk) -> None:
    desk.register(URN)
    publish(desk, 2018, "provisional", TELIG="26", PTRWM_EXP="57")
    publish(desk, 2018, "revised", TELIG="26", PTRWM_EXP="58")
    cells = [row.years[0].school for row in desk.ask(SchoolResults(URN)).measures]
    assert cells == [Cell("26", "", "provisional"), Cell("58", "", "revised")]


def test_a_school_moves_to_another_authority_on_the_day_it_is_true_from_and_late_news_does_not_undo_it(
    desk: Desk,
) -> None:
    desk.register(URN)
    moves: list[tuple[Event, date]] = [
        (SchoolChanged(URN, la_code="935"), date(2021, 4, 1)),
        (SchoolChanged(URN, la_code="873"), date(2020, 4, 1)),
    ]
    for event, day in moves:
        desk.record(f"scheduling.school-{URN}", event.true_from(day))
    assert desk.ask(SchoolResults(URN)).la_code == "935"


def test_a_school_without_results_has_none(desk: Desk) -> None:
    assert desk.ask(SchoolResults(URN)) == ResultsOfSchool(URN, None, None, (), ())


def test_inspections_come_latest_first_each_in_its_framework(desk: Desk) -> None:
    desk.register(URN)
    desk.handle(RecordInspection(URN, date(2015, 6, 17), "Good"))
    desk.handle(RecordInspection(URN, date(2016, 6, 17), "Inadequate"))
    desk.handle(RecordInspection(URN, date(2009, 6, 17), "Satisfactory"))
    desk.handle(RecordInspection(URN, date(2015, 6, 17), "Requires improvement"))
    assert [(one.grade, one.framework) for one in desk.ask(Inspections(URN))] == [
        ("Inadequate", "framework of September 2015"),
        ("Requires Improvement", "framework of September 2012"),
        ("Satisfactory", "framework of September 2005"),
    ]
