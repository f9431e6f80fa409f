"""Importing files: checked first, then imported, by the programme's office."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from gateway.held_files import HeldFiles
from services.sample_county.loader import DATA
from tests.gateway.county import MAINTAINED, County
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser, hidden_fields

HEADER = (DATA / "schools.csv").read_text().splitlines()[0]
WOULD, DID = "What the import would do", "What the import did"
LEFT_OUT = "Rows that would be left out"
GRADED = 120788
"""Inspected on 1 March 2022 by a test."""


@pytest.fixture
def officer(county: County) -> Browser:
    return county.visit("officer")


def send(browser: Browser, kind: str, content: bytes | None, **typed: str) -> TestResponse:
    """Choose a file on the page of its kind and have it checked."""
    fields = hidden_fields(browser.open(f"/imports/{kind}"))
    file = {} if content is None else {"file": (io.BytesIO(content), "upload.csv")}
    return browser.client.post(f"/imports/{kind}", data={**fields, **typed, **file})


def school_row(**changes: str) -> bytes:
    """A file with one row of the sample county, changed."""
    titles = HEADER.split(",")
    row = dict(zip(titles, (DATA / "schools.csv").read_text().splitlines()[1].split(","), strict=True))
    return "\n".join([HEADER, ",".join((row | changes).values())]).encode()


DAY = {"effective_on-day": "1", "effective_on-month": "7", "effective_on-year": "2022"}


def counts(page: str, caption: str) -> dict[str, str]:
    return {row[0]: row[1] for row in table(page, caption)[1:]}


def test_the_list_of_schools_again_is_no_news(officer: Browser, county: County) -> None:
    before = county.runtime.log.head()
    page = send(officer, "schools", (DATA / "schools.csv").read_bytes(), **DAY)
    assert page.status_code == 200
    assert counts(page.text, WOULD)["Unchanged"] == "348"
    assert counts(page.text, WOULD)["Refused"] == "0"
    assert "No row would be left out." in page.text
    assert county.runtime.log.head() == before


def test_what_was_checked_is_imported_and_twice_is_once(officer: Browser, county: County) -> None:
    content = f"URN,Rating,Inspection Date\n{GRADED},Good,01/03/2022\n999999,Good,01/03/2022\n".encode()
    before = county.runtime.log.head()
    check = send(officer, "inspections", content)
    assert county.runtime.log.head() == before
    assert counts(check.text, WOULD)["Refused"] == "1"
    [refused] = table(check.text, LEFT_OUT)[1:]
    assert refused[:2] == ["3", "999999"]
    assert "no school with URN 999999" in refused[2]
    fields = hidden_fields(check)
    done = officer.send("/imports/inspections", **fields, step="import")
    assert counts(done.text, DID)["Published"] == "1"
    assert county.runtime.log.head() == before + 1
    again = officer.send("/imports/inspections", **fields, step="import")
    assert counts(again.text, DID)["Unchanged"] == "1"
    assert county.runtime.log.head() == before + 1
    assert "1 March 2022" in officer.open(f"/schools/{GRADED}/results").text


def test_results_need_their_year_and_version(officer: Browser) -> None:
    content = (DATA / "ks2_2018.csv").read_bytes()
    page = send(officer, "results", content, year="two thousand", data_version="")
    assert page.status_code == 422
    assert "Enter a year, such as 2018" in page.text
    assert "which publication this is" in page.text
    page = send(officer, "results", content, year="2018", data_version="performance tables")
    assert page.status_code == 200
    assert int(counts(page.text, WOULD)["Unchanged"]) > 250


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        ("URN\n1".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02", "no CSV file has"),
        (b"Name,Town\nA,B\n", "no column named URN"),
        (b"URN,URN\n1,2\n", "Two columns have the same name"),
        (HEADER.encode(), "column names and no rows"),
        (HEADER.encode() + b'\n"120777,\nrest\n', "quotation mark"),
        (None, "Choose a file"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_clear_answer(officer: Browser, content: bytes | None, says: str) -> None:
    page = send(officer, "schools", content, **DAY)
    assert page.status_code == 422
    assert says in words(page.text)
    assert "<title>Error: Import: Schools" in page.text
    assert '<a href="#file">' in page.text


def test_ragged_duplicate_and_impossible_rows_are_named_by_line(officer: Browser) -> None:
    content = school_row() + b"\n120777,too,short\n" + school_row(URN="12").splitlines()[1]
    page = send(officer, "schools", content, **DAY)
    rows = table(page.text, LEFT_OUT)[1:]
    assert [row[:2] for row in rows] == [["3", "120777"], ["4", "12"]]
    assert "3 fields where" in rows[0][2]


def test_markup_and_windows_text_in_a_row_are_text(officer: Browser) -> None:
    content = school_row(URN="<script>alert(1)</script>", Town="Caf\u00e9").decode().encode("cp1252")
    page = send(officer, "schools", content, **DAY)
    assert table(page.text, LEFT_OUT)[1][1] == "<script>alert(1)</script>"
    assert "<script>alert" not in page.text


def test_a_file_too_large_gets_a_page(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(county.app.config, "MAX_CONTENT_LENGTH", 100_000)
    page = send(county.visit("officer"), "schools", b"x" * 200_000, **DAY)
    assert page.status_code == 413
    assert "Send a smaller file" in page.text


def test_a_file_no_longer_held_is_asked_for_again(officer: Browser, county: County) -> None:
    content = f"URN,Rating,Inspection Date\n{MAINTAINED},Good,01/03/2019\n".encode()
    fields = hidden_fields(send(officer, "inspections", content))
    another = county.visit("manager").send("/imports/inspections", **fields, step="import")
    assert another.status_code == 400  # the form of one person is worth nothing to another
    send(officer, "inspections", content)
    page = officer.send("/imports/inspections", **fields, step="import")
    assert page.status_code == 422
    assert "The file is no longer held here. Choose it again" in page.text


def test_held_files_are_private_and_one_for_each_person() -> None:
    held = HeldFiles()
    first = held.hold("a", FileStorage(io.BytesIO(b"one")))
    path = held.fetch("a", first)
    assert path is not None
    assert path.read_bytes() == b"one"
    assert held.fetch("b", first) is None
    second = held.hold("a", FileStorage(io.BytesIO(b"two")))
    assert held.fetch("a", first) is None
    assert not path.exists()
    assert held.fetch("a", second) is not None


@pytest.mark.parametrize("username", ["head120777", "chair120777", "adviser07", "finance", "auditor", "duty", "dpo"])
def test_only_the_office_imports(county: County, username: str) -> None:
    browser = county.visit(username)
    for page in (browser.open("/imports"), browser.open("/imports/schools")):
        assert page.status_code == 403
        assert "Only the programme manager and the programme officer import files." in page.text
    token = hidden_fields(browser.open("/", follow_redirects=True))["csrf_token"]
    assert browser.send("/imports/schools", csrf_token=token).status_code == 403


def test_the_kinds_of_file_are_listed(officer: Browser) -> None:
    page = officer.open("/imports").text
    for kind in ("schools", "links", "results", "averages", "inspections"):
        assert f'href="/imports/{kind}"' in page
        assert officer.open(f"/imports/{kind}").status_code == 200
    assert officer.open("/imports/nothing").status_code == 404
