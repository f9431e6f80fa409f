"""A figure is an exact number or a marker, and nothing else passes for one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.figures import figure
from services.analytics.markers import Marker
from services.analytics.measures import BOUNDS, BY_LAIT, MEASURES
from services.core.cells import BadCell


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("PTRWM_EXP", "57%", "57"),
        ("PTRWM_EXP", "0%", "0"),
        ("PTRWM_EXP", "100 %", "100"),
        ("PTRWM_EXP", "57", "57"),
        ("PTRWM_EXP", "57.0", "57"),
        ("READPROG", "-4.2", "-4.2"),
        ("READPROG", "+0.5", "0.5"),
        ("READPROG", "-0.0", "0"),
        ("READPROG", "7.0000000000000007E-2", "0.07"),
        ("READPROG", "-4.0999999999999996", "-4.1"),
        ("READ_AVERAGE", "104", "104"),
        ("TELIG", "649249", "649249"),
    ],
)
def test_quirks_5_and_12_numbers_are_read_exactly_as_published(code: str, text: str, value: str) -> None:
    assert str(figure(text, MEASURES[code])) == value


@pytest.mark.parametrize("text", ["SUPP", "NA", "LOWCOV", "-", " ", "z"])
def test_quirk_4_a_marker_is_never_a_number(text: str) -> None:
    assert figure(text, MEASURES["PTRWM_EXP"]) == Marker(text.strip())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PTRWM_EXP", "101%"),
        ("PTRWM_EXP", "-1%"),
        ("PTRWM_EXP", "%"),
        ("PTRWM_EXP", "57%%"),
        ("READPROG", "5%"),
        ("READPROG", "1E9"),
        ("READPROG", "1E99999999"),
        ("READPROG", "Infinity"),
        ("READPROG", "١"),
        ("READ_AVERAGE", "4B"),
        ("READ_AVERAGE", "121"),
        ("TELIG", "14.5"),
        ("TELIG", "-1"),
    ],
)
def test_what_a_measure_cannot_be_is_refused(code: str, text: str) -> None:
    with pytest.raises(BadCell, match=f"^{code} is "):
        figure(text, MEASURES[code])


def test_each_measure_is_declared_once_with_words_and_its_own_code_elsewhere() -> None:
    assert all(measure.label and code == measure.code for code, measure in MEASURES.items())
    assert len({measure.label for measure in MEASURES.values()}) == len(MEASURES)
    assert len(BY_LAIT) == sum(bool(measure.lait) for measure in MEASURES.values())


@given(st.decimals(-50, 50, places=2))
def test_a_number_survives_being_written_and_read(value: Decimal) -> None:
    assert figure(str(value), MEASURES["READPROG"]) == value


@given(st.sampled_from(sorted(MEASURES)), st.text(max_size=30))
def test_any_text_is_a_figure_within_bounds_or_refused(code: str, text: str) -> None:
    least, most = BOUNDS[MEASURES[code].unit]
    try:
        read = figure(text, MEASURES[code])
    except BadCell:
        return
    assert isinstance(read, Marker) or least <= read <= most
