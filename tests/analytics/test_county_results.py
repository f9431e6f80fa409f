"""One measure across the county: averages by pupils, bands, markers, and the order of the schools."""

from decimal import Decimal

import pytest

from services.analytics.area import PublishAreaFigures
from services.analytics.importing import import_area_figures, import_ks2
from services.analytics.measures import Unit
from services.analytics.queries.cells import Cell
from services.analytics.queries.county import CountyResults, Marked, ResultsOfCounty
from services.analytics.results import PublishResults
from services.analytics.spread import Band, bands, weighted
from services.core.schemas import Invalid
from tests.analytics.desk import Desk
from tests.analytics.sample import SAMPLE, urns_of


def test_schools_count_by_their_pupils_and_markers_do_not_count(desk: Desk) -> None:
    desk.register(120777, 120778, 120779, 120780)
    for urn, pupils, expected in [
        (120777, "10", "50"),
        (120778, "30", "100"),
        (120779, "3", "SUPP"),
        (120780, "", "60"),
    ]:
        desk.handle(PublishResults(urn, 2018, "tables", {"TELIG": pupils, "PTRWM_EXP": expected}))
    desk.handle(PublishAreaFigures("926", "Norfolk", 2018, "averages", {"PTRWM_EXP": "59"}))
    answer: ResultsOfCounty = desk.ask(CountyResults(2018))
    assert (answer.weighted, answer.schools_counted, answer.pupils_counted) == ("87.5", 2, 40)
    assert (answer.la_code, answer.la, answer.national) == ("926", Cell("59", "", "averages"), None)
    assert [(school.urn, school.value, school.pupils) for school in answer.schools] == [
        (120778, "100", 30),
        (120780, "60", None),
        (120777, "50", 10),
        (120779, "SUPP", 3),
    ]
    assert answer.marked == (Marked("suppressed: 5 pupils or fewer", 1),)
    assert [band.schools for band in answer.bands] == [1, 1, 0, 0, 1]
    assert answer.schools[0].name == "Thornage Primary School"


def test_a_year_without_results_is_empty(desk: Desk) -> None:
    desk.register(120777)
    desk.handle(PublishResults(120777, 2018, "tables", {"PTRWM_EXP": "57"}))
    answer: ResultsOfCounty = desk.ask(CountyResults(2019))
    assert (answer.years, answer.weighted, answer.bands, answer.schools) == ((2018,), None, (), ())


def test_a_measure_that_is_not_read_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid, match="measure: Choose one of: TELIG, PTRWM_EXP"):
        desk.ask(CountyResults(2018, "KS1"))


@pytest.mark.parametrize(
    ("year", "by_pupils", "norfolk"), [(2016, "50.1", "50"), (2017, "56.9", "57"), (2018, "59.6", "59")]
)
def test_norfolks_schools_together_give_norfolks_published_figures(
    desk: Desk, year: int, by_pupils: str, norfolk: str
) -> None:
    file = SAMPLE / f"ks2_{year}.csv"
    desk.register(*urns_of(file))
    import_ks2(*desk.importing(), file, year, "tables")
    import_area_figures(*desk.importing(), SAMPLE / "ks2_la_averages.csv", "averages")
    answer: ResultsOfCounty = desk.ask(CountyResults(year))
    assert (answer.weighted, answer.la, answer.pupils_counted > 8_000) == (
        by_pupils,
        Cell(norfolk, "", "averages"),
        True,
    )


@pytest.mark.parametrize(
    ("unit", "figures", "expected"),
    [
        ("percent", ["90", "100"], (Band(90, 100, 2),)),
        ("percent", ["9.9", "10", "29"], (Band(0, 10, 1), Band(10, 20, 1), Band(20, 30, 1))),
        ("progress", ["-1.9", "0.4"], (Band(-2, -1, 1), Band(-1, 0, 0), Band(0, 1, 1))),
        ("score", ["103", "104"], (Band(102, 104, 1), Band(104, 106, 1))),
        ("percent", [], ()),
    ],
)
def test_bands_hold_their_least_and_not_their_most(unit: Unit, figures: list[str], expected: tuple[Band, ...]) -> None:
    assert bands([Decimal(figure) for figure in figures], unit) == expected


def test_an_average_is_rounded_half_up_and_needs_pupils() -> None:
    assert weighted([(Decimal("50"), 1), (Decimal("50.1"), 1)]) == Decimal("50.1")
    assert weighted([]) is None


def test_a_marker_comes_after_the_lowest_figure(desk: Desk) -> None:
    desk.register(120777, 120778)
    desk.handle(PublishResults(120777, 2018, "tables", {"READPROG": "LOWCOV"}))
    desk.handle(PublishResults(120778, 2018, "tables", {"READPROG": "-5.1"}))
    answer: ResultsOfCounty = desk.ask(CountyResults(2018, "READPROG"))
    assert [school.value for school in answer.schools] == ["-5.1", "LOWCOV"]
