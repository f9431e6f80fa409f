"""Cells are read strictly; what is refused names its column and what was there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.cells import BadCell, Cells, Firsts


def cells(text: str) -> Cells:
    return Cells({"it": "Its title"}, {"it": text})


@pytest.mark.parametrize("text", ["31-08-2022", "31/08/2022", "20220831", "2022-08-31", "2022-08-31 00:00:00"])
def test_quirk_11_every_known_form_of_a_day_is_read(text: str) -> None:
    assert cells(text).day("it") == date(2022, 8, 31)


@pytest.mark.parametrize("text", ["", "-", "NULL", "null", "NaN", "NA"])
def test_quirk_4_marks_for_nothing_read_as_blank(text: str) -> None:
    assert cells(text).day("it") is None
    assert cells(text).whole("it", 0, 9) is None
    assert cells(text).text("it") == ""
    assert cells(text).code("it", r"\d", "one figure") == ""


@pytest.mark.parametrize(
    "text",
    ["31-02-2022", "29/02/2022", "20221301", "00-01-2022", "31-08/2022", "2022-0831", "31-08-22", "44804",
     "01-01-0001", "99991231", "31-08-2022 12:30:00", "August 2022", "٣١-٠٨-٢٠٢٢"],
)  # fmt: skip
def test_quirk_11_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="Its title is "):
        cells(text).day("it")


def test_quirk_12_a_spreadsheets_point_nought_is_taken_off_whole_numbers_and_codes() -> None:
    assert cells("926.0").whole("it", 0, 999) == 926
    assert cells("926.0").code("it", r"\d{3}", "three figures") == "926"


def test_quirk_10_codes_keep_their_leading_zeros() -> None:
    assert cells("0200").code("it", r"\d{4}", "four figures") == "0200"


@pytest.mark.parametrize("text", ["-1", "10", "1.5", "1e3", "²", "٣", "one", "9" * 5000])
def test_a_number_out_of_bounds_or_form_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="a whole number from 0 to 9 is expected"):
        cells(text).whole("it", 0, 9)


@pytest.mark.parametrize("text", ["99999", "1000000", "12O777", "-", "NULL", "120777x", "1207770"])
def test_a_urn_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="Its title is "):
        cells(text).urn("it")


@pytest.mark.parametrize("text", ["", "NAT"])
def test_quirk_6_a_blank_or_national_urn_is_a_summary_row(text: str) -> None:
    with pytest.raises(BadCell, match="a summary row, not a school"):
        cells(text).urn("it")


def test_a_needed_cell_may_not_be_blank() -> None:
    with pytest.raises(BadCell, match="Its title is blank: it is needed"):
        cells("").needed("it")


def test_the_first_row_stands_the_same_again_is_known_and_another_is_refused() -> None:
    firsts = Firsts[str]()
    assert firsts.is_new("URN 1", "a", 2)
    assert not firsts.is_new("URN 1", "a", 3)
    with pytest.raises(BadCell, match="URN 1 is on line 2 already, with other details"):
        firsts.is_new("URN 1", "b", 4)


@given(st.text(max_size=30))
def test_any_text_is_a_day_a_number_a_urn_or_refused(text: str) -> None:
    for read in (
        lambda: cells(text).day("it"),
        lambda: cells(text).whole("it", 0, 999_999),
        lambda: cells(text).urn("it"),
        lambda: cells(text).code("it", r"\d{3}", "three figures"),
    ):
        try:
            read()
        except BadCell as refusal:
            reason = str(refusal)
        else:
            reason = "read"
        assert reason
