"""Questions that the data suggest: the largest gaps, like with like only."""

import pytest

from services.analytics.area import NATIONAL, PublishAreaFigures
from services.analytics.queries.suggestions import SuggestedQuestions, Suggestion
from services.analytics.results import PublishResults
from tests.analytics.desk import Desk

URN = 120777


def publish(desk: Desk, year: int, own: dict[str, str], england: dict[str, str], la: dict[str, str]) -> None:
    desk.handle(PublishResults(URN, year, "revised", own))
    for area, name, figures in ((NATIONAL, "England", england), ("926", "Norfolk", la)):
        if figures:
            desk.handle(PublishAreaFigures(area, name, year, "averages", figures))


def suggested(desk: Desk) -> list[Suggestion]:
    return list(desk.ask(SuggestedQuestions(URN)))


def test_the_largest_gap_of_each_measure_comes_first_with_figures_and_versions(desk: Desk) -> None:
    desk.register(URN)
    own = {"PTREAD_EXP": "50", "PTMAT_EXP": "70", "READPROG": "-4", "PTGPS_EXP": "SUPP", "TELIG": "14"}
    england = {"PTREAD_EXP": "75", "PTMAT_EXP": "75", "READPROG": "0", "PTGPS_EXP": "78", "TELIG": "600000"}
    publish(desk, 2018, own, england, {"PTREAD_EXP": "70", "PTMAT_EXP": "60"})
    found = suggested(desk)
    assert [(each.measure, each.against, each.gap) for each in found] == [
        ("READPROG", "national", "-4"),
        ("PTREAD_EXP", "national", "-25"),
        ("PTMAT_EXP", "la", "10"),
    ]
    assert found[1].own.data_version == "revised"
    assert found[1].other.data_version == "averages"
    assert found[1].text == (
        "Expected standard in reading, 2018: 50% here, 75% in England. What explains it, and what is being done?"
    )
    assert found[2].text.endswith("What explains it, and will it last?")


@pytest.mark.parametrize(
    ("measure", "year", "suggests"),
    [
        ("PTMAT_EXP", 2018, True),
        ("PTWRITTA_EXP", 2018, False),
        ("PTWRITTA_EXP", 2019, True),
        ("PTSCITA_EXP", 2019, False),
    ],
)
def test_years_are_not_compared_where_what_is_assessed_was_changed(
    desk: Desk, measure: str, year: int, suggests: bool
) -> None:
    desk.register(URN)
    publish(desk, year - 1, {measure: "50"}, {}, {})
    publish(desk, year, {measure: "60"}, {}, {})
    assert [(each.against, each.gap) for each in suggested(desk)] == ([("earlier", "10")] if suggests else [])


def test_a_school_without_results_has_no_suggestions(desk: Desk) -> None:
    desk.register(URN)
    assert suggested(desk) == []
