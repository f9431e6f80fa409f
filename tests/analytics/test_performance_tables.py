"""Key stage 2 results: schools, special schools and summary rows kept apart, markers kept as markers."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.markers import Marker
from services.analytics.performance_tables import ResultExtract, read_results
from services.core.uploads import Limits, RefusedRow, UnreadableUpload

SAMPLE = Path(__file__).parents[2] / "services/sample_county/data"
HEADER = "RECTYPE,LEA,URN,TELIG,PTRWM_EXP,READPROG\n"
SCHOOL = "1,926,120777,14,71%,-1.9\n"


def read(*rows: str, header: str = HEADER) -> ResultExtract:
    return read_results((header + "".join(rows)).encode(), 2018)


def weighted(extract: ResultExtract, code: str) -> Decimal:
    pairs = [(school.figures["TELIG"], school.figures[code]) for school in extract.schools]
    known = [(n, value) for n, value in pairs if isinstance(n, Decimal) and isinstance(value, Decimal)]
    average = sum((n * value for n, value in known), Decimal(0)) / sum(n for n, _ in known)
    return average.quantize(Decimal("0.1"))


@pytest.mark.parametrize(
    ("year", "schools", "expected"), [(2016, 321, "50.1"), (2017, 329, "56.9"), (2018, 317, "59.6")]
)
def test_the_sample_results_weighted_by_pupils_give_norfolks_figures(year: int, schools: int, expected: str) -> None:
    extract = read_results(SAMPLE / f"ks2_{year}.csv", year)
    assert (extract.year, len(extract.schools), extract.refused) == (year, schools, [])
    assert weighted(extract, "PTRWM_EXP") == Decimal(expected)
    for school in extract.schools:
        pupils = school.figures["TELIG"]
        if isinstance(pupils, Decimal) and 0 < pupils < 6:
            assert isinstance(school.figures["PTRWM_EXP"], Marker)


def test_the_sample_of_2019_is_progress_only_and_tells_special_schools_apart() -> None:
    extract = read_results(SAMPLE / "ks2_2019.csv", 2019)
    assert extract.measures == ("READPROG", "WRITPROG", "MATPROG")
    assert [sum(school.special is kind for school in extract.schools) for kind in (False, True)] == [304, 13]
    assert sum(school.figures["READPROG"] == Marker("SUPP") for school in extract.schools) == 18


@pytest.mark.parametrize(("year", "expected"), [(2017, 61), (2018, 64), (2019, 65)])
def test_the_sample_national_rows_are_areas_not_schools(year: int, expected: int) -> None:
    extract = read_results(SAMPLE / f"ks2_national_{year}.csv", year)
    assert (extract.schools, extract.refused) == ([], [])
    assert {(area.level, area.code) for area in extract.areas} == {
        ("national", "all schools"),
        ("national", "state-funded schools"),
    }
    state = next(area for area in extract.areas if area.code == "state-funded schools")
    assert state.figures["PTRWM_EXP"] == Decimal(expected)
    assert state.figures["READPROG"] == Marker("")


def test_quirks_6_and_7_every_record_type_goes_to_its_own_place() -> None:
    extract = read(
        SCHOOL,
        "2,926,121258,9,SUPP,LOWCOV\n",
        "3,926, ,8900,59%, \n",
        "4, , ,624151,64%, \n",
        "5, , ,1,64%,\n",
    )
    assert [(school.urn, school.special) for school in extract.schools] == [(120777, False), (121258, True)]
    assert [area.code for area in extract.areas] == ["926", "all schools", "state-funded schools"]
    assert extract.schools[1].figures["PTRWM_EXP"] == Marker("SUPP")
    assert not extract.refused


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,926, ,14,71%,0\n", "a summary row, not a school"),
        ("1,NAT,NAT,14,71%,0\n", "a summary row, not a school"),
        ("6,926,120777,14,71%,0\n", "RECTYPE is '6': 1 to 5 is expected"),
        ("NULL,926,120777,14,71%,0\n", "RECTYPE is 'NULL': 1 to 5 is expected"),
        ("3, , ,14,71%,0\n", "LEA is blank"),
        ("1,926,120777,14,seventy,0\n", "PTRWM_EXP is 'seventy': neither a number nor a known marker"),
        ("1,926,120777,14,171%,0\n", "PTRWM_EXP is '171%': a number from 0 to 100 is expected"),
        ("1,926,120777,14.5,71%,0\n", "TELIG is '14.5': a whole number"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_reason(row: str, says: str) -> None:
    extract = read(row, SCHOOL)
    assert len(extract.schools) == 1
    assert says in extract.refused[0].reason


def test_quirk_6_without_record_types_a_row_without_a_urn_is_a_summary() -> None:
    extract = read("NAT,14,71%\n", "120777,14,71%\n", header="URN,TELIG,PTRWM_EXP\n")
    assert [(school.urn, school.special) for school in extract.schools] == [(120777, None)]
    assert extract.refused == [RefusedRow(2, "NAT", "a summary row, not a school")]


def test_quirk_8_ragged_rows_are_refused_by_line() -> None:
    extract = read("1,926\n", SCHOOL)
    assert extract.refused == [RefusedRow(2, "", "the row has 2 fields where 6 are expected")]
    assert len(extract.schools) == 1


def test_quirk_9_the_same_row_again_is_counted_and_another_refused() -> None:
    extract = read(SCHOOL, SCHOOL, SCHOOL.replace("71%", "72%"))
    assert (len(extract.schools), extract.repeated) == (1, 1)
    assert extract.refused[0].reason == "URN 120777 is on line 2 already, with other details"


def test_a_file_without_results_or_from_before_scaled_scores_is_refused() -> None:
    with pytest.raises(UnreadableUpload, match="none of the results that are read: TELIG"):
        read_results(b"URN,SCHNAME\n120777,A\n", 2018)
    with pytest.raises(UnreadableUpload, match="before 2016 are levels"):
        read_results((HEADER + SCHOOL).encode(), 2015)


@given(st.binary(max_size=300))
def test_any_bytes_give_results_or_a_clear_refusal(junk: bytes) -> None:
    for start in (b"", (HEADER + SCHOOL).encode(), b"URN,TELIG\n120777,14\n"):
        try:
            extract = read_results(start + junk, 2018, Limits(size=10_000, rows=20))
        except UnreadableUpload as refusal:
            answer = str(refusal)
        else:
            answer = str(len(extract.schools) + len(extract.refused))
        assert answer
