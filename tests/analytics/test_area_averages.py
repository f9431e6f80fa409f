"""Averages of areas as the Local Authority Interactive Tool gives them, its spreadsheet's ways included."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.area_averages import AreaExtract, AreaRow, read_area_averages
from services.analytics.markers import Marker
from services.core.uploads import Limits, UnreadableUpload

SAMPLE = Path(__file__).parents[2] / "services/sample_county/data/ks2_la_averages.csv"
HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region\n"
NORFOLK = "KS2RWM_Expected_STD,,2018,Norfolk,59,926,East of England\n"


def read(*rows: str) -> AreaExtract:
    return read_area_averages((HEADER + "".join(rows)).encode())


def test_the_sample_has_norfolk_england_and_ten_neighbours() -> None:
    extract = read_area_averages(SAMPLE)
    assert (len(extract.rows), extract.refused, extract.passed_over) == (1008, [], 0)
    assert len({row.area_code for row in extract.rows}) == 12
    figures = {(row.area_code, row.measure, row.year): row.figure for row in extract.rows}
    assert [figures["926", "PTRWM_EXP", year] for year in (2016, 2017, 2018)] == [50, 57, 59]
    assert figures["926", "READPROG", 2022] == Decimal("-1.16")
    assert figures["970", "PTRWM_EXP", 2020] == Marker("-")


def test_a_row_is_read_with_its_own_measure_area_and_year() -> None:
    assert read(NORFOLK).rows == [AreaRow(2018, "926", "Norfolk", "PTRWM_EXP", Decimal(59), "")]


def test_quirk_2_an_area_number_may_be_a_spreadsheets() -> None:
    assert read(NORFOLK.replace("926", "926.0")).rows[0].area_code == "926"


@pytest.mark.parametrize(
    ("years", "year", "version"),
    [
        ("2018", 2018, ""),
        ("2018 (Rev)", 2018, "revised"),
        ("2025 (prov)", 2025, "provisional"),
        ("2015/16", 2016, ""),
        ("2016-17 (OT)", 2017, "ot"),
        ("2018-2019", 2019, ""),
        ("201819", 2019, ""),
        ("202324", 2024, ""),
    ],
)
def test_quirk_11_every_form_of_year_is_the_year_of_the_tests(years: str, year: int, version: str) -> None:
    row = read(NORFOLK.replace("2018", years)).rows[0]
    assert (row.year, row.version) == (year, version)


@pytest.mark.parametrize("years", ["", "18", "2018/20", "2018-2018", "20189", "2018 Rev", "summer"])
def test_quirk_11_anything_else_is_refused(years: str) -> None:
    assert "Years is " in read(NORFOLK.replace("2018", years)).refused[0].reason


def test_quirk_12_a_spreadsheets_number_is_the_number_published() -> None:
    progress = "KS2R_Prog_VA,,2019,Suffolk,{},935,East of England\n"
    assert read(progress.format("-7.0000000000000007E-2")).rows[0].figure == Decimal("-0.07")
    assert read(progress.format("-4.0999999999999996")).rows[0].figure == Decimal("-4.1")


def test_commas_in_a_quoted_description_are_text_and_unquoted_ones_refuse_the_row() -> None:
    described = NORFOLK.replace(",,", ',"Reading, writing and maths",', 1)
    assert read(described).rows == read(NORFOLK).rows
    shifted = read(described.replace('"', ""), NORFOLK)
    assert shifted.refused[0].reason == "the row has 8 fields where 7 are expected"
    assert len(shifted.rows) == 1


def test_revised_and_provisional_figures_of_a_year_stand_side_by_side() -> None:
    extract = read(NORFOLK.replace("2018", "2018 (Prov)"), NORFOLK.replace("2018,Norfolk,59", "2018 (Rev),Norfolk,60"))
    figures = {row.version: row.figure for row in extract.rows}
    assert figures == {"provisional": Decimal(59), "revised": Decimal(60)}


def test_quirk_9_the_same_row_again_is_counted_and_another_refused() -> None:
    extract = read(NORFOLK, NORFOLK, NORFOLK.replace("59", "60"))
    assert (len(extract.rows), extract.repeated) == (1, 1)
    assert extract.refused[0].reason == "PTRWM_EXP of area 926 in 2018 is on line 2 already, with other details"


def test_indicators_that_are_not_read_are_passed_over_and_counted() -> None:
    extract = read("KS2_NEW_White_RWM,,2018,Norfolk,59,926,East of England\n", NORFOLK)
    assert (extract.passed_over, len(extract.rows), extract.refused) == (1, 1, [])


@given(st.binary(max_size=300))
def test_any_bytes_give_figures_or_a_clear_refusal(junk: bytes) -> None:
    for start in (b"", (HEADER + NORFOLK).encode()):
        try:
            extract = read_area_averages(start + junk, Limits(size=10_000, rows=20))
        except UnreadableUpload as refusal:
            answer = str(refusal)
        else:
            answer = str(len(extract.rows) + len(extract.refused))
        assert answer
