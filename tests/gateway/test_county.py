"""The county overview over the sample county."""

import re

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser

HEADLINE = "Expected standard in reading, writing and maths, 2018: schools by figure"


def test_schools_are_counted_by_kind(auditor: Browser) -> None:
    page = auditor.open("/county").text
    assert "348 schools." in words(page)
    assert table(page, "Schools by type")[1:] == [
        ["Academies", "176"],
        ["Local authority maintained schools", "167"],
        ["Free Schools", "5"],
    ]
    assert sum(int(row[1]) for row in table(page, "Schools by status")[1:]) == 348
    assert table(page, "Schools by phase")[1:] == [["Primary", "348"]]
    assert page.count("As at <time") == 3


def test_the_results_of_the_last_year_that_has_any_are_spread_in_bands(auditor: Browser) -> None:
    page = auditor.open("/county").text
    rows = table(page, HEADLINE)[1:]
    assert ["60% to under 70%", "59"] in rows
    assert rows[-1][0] == "No figure given"
    assert "chart__value--beside" in page
    assert page.index("spread-title") < page.index(HEADLINE + "</caption>")


def test_the_average_stands_beside_the_published_figures(auditor: Browser) -> None:
    page = auditor.open("/county").text
    averages = table(page, "Averages of expected standard in reading, writing and maths, 2018")
    assert [row[0] for row in averages[1:]] == [
        "These schools",
        "The local authority, as published",
        "England, as published",
    ]
    assert [row[1] for row in averages[1:]] == ["60.4%", "59%", "64%"]
    assert averages[2][2] == "Data version: performance tables"


def test_year_and_measure_are_chosen_in_a_form(auditor: Browser) -> None:
    page = auditor.open("/county?year=2019&measure=READPROG").text
    assert "Progress in reading, 2019: schools by figure" in page
    assert re.search(r'<option value="READPROG" selected', page)
    assert "No school has a figure of this measure in 2019" in words(auditor.open("/county?year=2019").text)
    assert HEADLINE in auditor.open("/county?year=&measure=").text


@pytest.mark.parametrize("asked", ["measure=X<script>", "year=9", "year=2018&measure=X"])
def test_what_there_is_not_is_a_clear_answer(auditor: Browser, asked: str) -> None:
    page = auditor.open(f"/county?{asked}")
    assert page.status_code == 400
    assert "<script>" not in page.text.split("</head>")[1]


@pytest.mark.parametrize("username", ["head120777", "chair120777"])
def test_it_is_for_the_county(county: County, username: str) -> None:
    page = county.visit(username).open("/county")
    assert page.status_code == 403
    assert "Only these roles may do this" in page.text
