import pytest

from gateway.figures import figure_words, number_words, range_words, scale_for, versions_words
from services.analytics.queries.cells import Cell
from services.analytics.spread import Band

TWENTY = Cell("20", "", "final")
SUPPRESSED = Cell("SUPP", "suppressed: 5 pupils or fewer", "final")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("57", "percent", "57%"),
        ("104", "score", "104"),
        ("1.2", "progress", "+1.2"),
        ("-0.7", "progress", "−0.7"),
        ("0", "progress", "0"),
        ("0.0", "progress", "0.0"),
    ],
)
def test_numbers_carry_their_unit_and_progress_its_sign(value: str, unit: str, words: str) -> None:
    assert number_words(value, unit) == words


def test_a_percentage_comes_with_the_number_of_pupils_where_that_is_known() -> None:
    assert figure_words(Cell("65", "", "final"), "percent", TWENTY) == "65% of 20 pupils"
    assert figure_words(Cell("100", "", "final"), "percent", Cell("1", "", "final")) == "100% of 1 pupil"
    assert figure_words(Cell("65", "", "final"), "percent", SUPPRESSED) == "65%"
    assert figure_words(Cell("104", "", "final"), "score", TWENTY) == "104"


def test_what_is_no_number_is_said_in_words() -> None:
    assert figure_words(SUPPRESSED, "percent", TWENTY) == "suppressed: 5 pupils or fewer"
    assert figure_words(None, "percent") == "not held"


def test_data_versions_are_named_once_or_each() -> None:
    revised = Cell("60", "", "revised")
    assert versions_words([("This school", TWENTY), ("England", TWENTY), ("Norfolk", None)]) == "final"
    assert versions_words([("This school", TWENTY), ("Norfolk", revised)]) == "This school: final; Norfolk: revised"


def test_a_scale_holds_every_figure_that_can_be() -> None:
    assert (scale_for("progress", [-1, 4.9]).least, scale_for("progress", [-12.3]).most) == (-5, 20)
    assert scale_for("score", [91, 109]) != scale_for("score", [85])
    for unit, extremes in {"percent": (0, 100), "score": (80, 120), "progress": (-50, 50)}.items():
        assert scale_for(unit, extremes).holds(extremes)


def test_bands_say_which_ends_they_hold() -> None:
    assert range_words(Band(50, 60, 3), "percent") == "50% to under 60%"
    assert range_words(Band(90, 100, 3), "percent") == "90% to 100%"
    assert range_words(Band(-1, 0, 3), "progress") == "−1 to under 0"
