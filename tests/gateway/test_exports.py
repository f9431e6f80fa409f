"""Tables as CSV and XLSX: what was there comes back, and nothing in them is a formula."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import NotFound

from gateway.exports import FORMULA_STARTS, Cell, csv_of, pounds, table_file, xlsx_of

HEADS = ("School", "Net", "Lines", "Since")
DANGEROUS = ["=1+1", "+44 1603", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', "= 1"]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXT, st.sampled_from(DANGEROUS), st.integers(-(10**9), 10**9), st.dates(date(1900, 3, 1)), st.none()
)


def sheet(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def strings(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return parts.read("xl/sharedStrings.xml").decode()


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=5))
def test_no_cell_of_an_xlsx_file_is_a_formula_and_every_text_is_text(rows: list[tuple[Cell, ...]]) -> None:
    made = sheet(xlsx_of(HEADS, rows))
    assert "<f>" not in made
    assert "<f " not in made
    texts = sum(isinstance(cell, str) for row in rows for cell in row)
    assert len(re.findall(r'<c [^>]*t="s"', made)) == texts + len(HEADS)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=5))
def test_no_cell_of_a_csv_file_is_a_formula_but_a_number_may_be_negative(rows: list[tuple[Cell, ...]]) -> None:
    _, *read = csv.reader(io.StringIO(csv_of(HEADS, rows).decode(), newline=""))
    assert len(read) == len(rows)
    for row, given_row in zip(read, rows, strict=True):
        for cell, given_cell in zip(row, given_row, strict=True):
            if isinstance(given_cell, str):
                assert not cell.startswith(FORMULA_STARTS)
                assert cell in (given_cell, f"'{given_cell}")
            else:
                assert cell == ("" if given_cell is None else str(given_cell))


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_kept_as_text(text: str) -> None:
    assert csv_of(["x"], [[text]]).decode().splitlines()[1].lstrip('"').startswith("'")
    assert "<f" not in sheet(xlsx_of(["x"], [[text]]))


def test_money_and_days_are_numbers_to_a_spreadsheet() -> None:
    made = xlsx_of(HEADS, [["Holt", pounds(-265_000), 3, date(2022, 9, 1)]])
    numbers = [float(value) for value in re.findall(r'<c r="[BCD]2"[^>]*><v>([^<]*)</v>', sheet(made))]
    assert numbers == [-2650, 3, 44805]
    assert "Holt" in strings(made)
    assert csv_of(HEADS, [["Höhe £", pounds(265_001), 3, date(2022, 9, 1)]]) == (
        "School,Net,Lines,Since\r\nHöhe £,2650.01,3,2022-09-01\r\n".encode()
    )
    assert pounds(1) == Decimal("0.01")


def test_a_text_longer_than_a_cell_ends_where_the_cell_does() -> None:
    assert len(strings(xlsx_of(["x"], [["y" * 40_000]]))) < 33_500


def test_a_file_is_offered_to_be_saved_under_its_name() -> None:
    response = table_file("xlsx", "charges-120777", ["x"], [["y"]])
    assert response.headers["Content-Disposition"] == 'attachment; filename="charges-120777.xlsx"'
    assert response.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert table_file("csv", "x", ["x"], []).content_type == "text/csv; charset=utf-8"
    with pytest.raises(NotFound):
        table_file("exe", "x", ["x"], [])
