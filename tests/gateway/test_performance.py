"""Performance of a school and of the county on their pages."""

from datetime import date

import pytest

from services.visits.events import RecordAnswered, RecordIssued
from tests.gateway.county import County
from tests.gateway.facts import SCHOOL, YEAR, happened, hold_visit
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser

PAGE = f"/schools/{SCHOOL}/performance?year=2022"


@pytest.fixture(scope="module", autouse=True)
def autumn(county: County) -> None:
    """Two visits, one with governors; the record of one was issued a week later and answered."""
    hold_visit(county, "1", date(2022, 10, 3), governors=True)
    hold_visit(county, "ip", date(2022, 11, 7), governors=False)
    issued = RecordIssued(SCHOOL, YEAR, "1", 1, {"summary": 1}, ("headteacher", "chair_of_governors"))
    answered = RecordAnswered(SCHOOL, YEAR, "1", 1, "accurate")
    stream = f"visits.record-{SCHOOL}-{YEAR}-1"
    happened(county, stream, issued.true_from(date(2022, 10, 10)), answered.true_from(date(2022, 10, 12)))


def counts(page: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in table(page, "The counts behind this chart")}


def test_vr3_the_page_counts_governors_at_visits_with_the_share(auditor: Browser) -> None:
    page = auditor.open(PAGE).text
    found = counts(page)
    assert found["Visits in which governors took part"] == ["1", "2", "50%"]
    assert found["Records issued within 14 days of the visit"] == ["1", "2", "50%"]
    assert found["Issued records that the head answered"] == ["1", "1", "100%"]
    assert found["Actions closed by the day they were due"] == ["0", "0", "none to count yet"]
    assert "As at" in page
    assert [
        "Visit 1",
        "3 October 2022",
        "3 October 2022",
        "Took part",
        "10 October 2022",
        "Accurate",
        "Questions for Visit 1",
    ] in (table(page, "Visits of 2022-23"))


def test_the_chart_says_what_its_table_says(auditor: Browser) -> None:
    page = words(auditor.open(PAGE).text)
    assert "Visits in which governors took part: 1 of 2 visits, 50%." in page


def test_a_year_of_which_nothing_is_known_says_so(auditor: Browser) -> None:
    assert (
        "Nothing is planned or recorded for this school in 2031-32" in auditor.open(PAGE.replace("2022", "2031")).text
    )


def test_the_county_adds_up_and_names_schools_without_a_rank(auditor: Browser) -> None:
    page = auditor.open("/performance?year=2022").text
    assert counts(page)["Visits in which governors took part"][1] != "0"
    rows = table(page, "Counts of each school")[1:]
    names = [row[0] for row in rows]
    assert names == sorted(names)
    (own,) = [row for row in rows if row[0] == "Langham Village School"]
    assert own[1:] == ["2 of 2", "1 of 2", "–", "1 of 2", "1 of 1", "–", "–"]


def test_the_county_of_an_empty_year(auditor: Browser) -> None:
    assert "Nothing is planned or recorded for 2031-32" in auditor.open("/performance?year=2031").text
    assert auditor.open("/performance").status_code == 200
    assert auditor.open("/performance?year=1").status_code == 400


def test_the_school_sees_its_own_and_not_the_county(county: County) -> None:
    head = county.visit(county.add_sign_in(f"demo-head-{SCHOOL}"))
    assert head.open(PAGE).status_code == 200
    assert head.open("/performance").status_code == 403
    assert head.open("/schools/120777/performance").status_code == 403
