"""A school's results over the sample county."""

import re

import pytest

from services.visits.events import Target, TargetsProposed
from tests.gateway.county import ACADEMY, MAINTAINED, County
from tests.gateway.facts import happened
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser

CHART = "The figures of this chart"
ALL = "Latest figure of each measure"
INSPECTIONS = "Ofsted inspections, latest first"
SMALL = 144972
"""Seven pupils in 2018."""
ONE_YEAR = 143459
PREDECESSOR, SUCCESSOR = 120783, 138642
"""Linked by a test."""
LATE, MARKUP = 121041, "<b>revised</b>"
"""Its results of 2017 are revised by a test."""


def test_the_headline_measure_stands_beside_norfolk_and_england_year_by_year(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{MAINTAINED}/results").text
    assert table(page, CHART) == [
        ["Tests of", "This school", "Norfolk", "England", "Data version"],
        ["2016", "83% of 18 pupils", "50%", "54%", "performance tables"],
        ["2017", "68% of 19 pupils", "57%", "61%", "performance tables"],
        ["2018", "65% of 20 pupils", "59%", "64%", "performance tables"],
    ]
    assert page.index("<svg") < page.index(CHART)
    assert "As at <time" in page
    assert "without a judgement" in page


def test_the_chart_is_told_in_words_without_a_judgement(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{MAINTAINED}/results").text
    told = re.search(r'<desc id="chosen-about">(.*?)</desc>', page)
    assert told
    assert told[1].startswith("This school: 83% in 2016, 68% in 2017, 65% in 2018.")
    assert "England: 54% in 2016" in told[1]
    assert not re.search(
        r"\b(above|below|better|worse|rising|falling|good|poor)\b", words(page[: page.index(INSPECTIONS)])
    )


def test_every_measure_can_be_chosen_by_its_link(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{MAINTAINED}/results").text
    links = re.findall(rf'href="(/schools/{MAINTAINED}/results\?measure=\w+)"', page)
    assert len(links) == len(table(page, ALL)) - 1 == 14
    for link in links:
        chosen = auditor.open(link)
        assert chosen.status_code == 200
        assert chosen.text.count('aria-current="true">') >= 1


def test_progress_has_its_sign_and_a_scale_round_nought(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{MAINTAINED}/results?measure=READPROG").text
    assert table(page, CHART)[-1][:3] == ["2019", "−0.1", "−1"]
    assert "<span>5</span><span>0</span><span>−5</span>" in page


def test_a_marker_is_words_and_breaks_the_line(auditor: Browser, county: County) -> None:
    figures = {"PTRWM_EXP": "SUPP", "TELIG": "4"}
    county.record("analytics.PublishResults", urn=LATE, year=2017, data_version=MARKUP, figures=figures)
    page = auditor.open(f"/schools/{LATE}/results").text
    row = table(page, CHART)[2]
    assert row[:2] == ["2017", "suppressed: 5 pupils or fewer"]
    assert row[-1].startswith("This school: <b>revised</b>; Norfolk: performance tables")
    assert "suppressed: 5 pupils or fewer in 2017" in page
    own_line = re.findall(r'chart__line--1" d="(M[^"]*)"', page)[-1]
    assert own_line.count("M") == 2
    assert MARKUP not in page


def test_a_small_year_group_is_said_to_be_one(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{SMALL}/results").text
    assert "43% of 7 pupils" in page
    assert "one pupil moves the percentage by" in page
    assert "one pupil moves the percentage by" not in auditor.open(f"/schools/{MAINTAINED}/results").text


def test_inspections_keep_the_words_of_their_framework(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{MAINTAINED}/results").text
    assert table(page, INSPECTIONS)[1] == ["17 June 2015", "Good", "Framework of September 2012"]
    assert "never compared" in words(page)


def test_results_under_the_urn_before_the_conversion_are_pointed_to(auditor: Browser, county: County) -> None:
    page = words(auditor.open(f"/schools/{ACADEMY}/results").text)
    assert "This school followed a school (URN 120778) on 20 August 2014." in page
    assert "none are held here" in page


def test_a_link_leads_to_them_where_they_are_held(auditor: Browser, county: County) -> None:
    link = {"predecessor": PREDECESSOR, "successor": SUCCESSOR, "link_type": "Successor"}
    county.record("scheduling.LinkSchools", **link, established="2012-09-01")
    page = auditor.open(f"/schools/{SUCCESSOR}/results").text
    assert f'href="/schools/{PREDECESSOR}/results">Earlier results are under school {PREDECESSOR}</a>' in page
    earlier = auditor.open(f"/schools/{PREDECESSOR}/results").text
    assert f"(URN {SUCCESSOR}) on 1 September 2012" in words(earlier)
    assert f'href="/schools/{SUCCESSOR}/results">Later results are under school {SUCCESSOR}</a>' in earlier


def test_one_year_makes_no_line_and_is_shown_as_bars(auditor: Browser) -> None:
    page = auditor.open(f"/schools/{ONE_YEAR}/results").text
    assert len(table(page, CHART)) == 2
    assert 'class="chart__value"' in page
    assert 'class="chart__lines"' not in page


def test_a_school_without_results_says_what_to_do(auditor: Browser) -> None:
    page = words(auditor.open("/schools/120796/results").text)
    assert "No key stage 2 results are held for this school." in page
    assert "ask the programme office to import them" in page


@pytest.mark.parametrize(
    "address", ["/schools/999999/results", "/schools/12/results", "/schools/120777/results?measure=X"]
)
def test_what_there_is_not_is_not_found(auditor: Browser, address: str) -> None:
    assert auditor.open(address).status_code == 404


def test_a_head_sees_their_own_school_only(county: County) -> None:
    head = county.visit("head141226")
    page = head.open(f"/schools/{ACADEMY}/results")
    assert page.status_code == 200
    assert "Earlier results are under school 120778: ask the programme office" in words(page.text)
    assert "/schools/120778" not in page.text
    refused = head.open(f"/schools/{MAINTAINED}/results")
    assert refused.status_code == 403
    assert "Only these roles may do this" in refused.text


def test_a_target_stands_beside_its_result_and_what_was_known_then(county: County, auditor: Browser) -> None:
    urn = 120830
    rwm = Target("PTRWM_EXP", "all", "65", 13, 20, estimate="62", data_version="estimates of 2016", earlier="60")
    proposed = TargetsProposed(urn, 2018, 1, (rwm, Target("PTRWM_EXP", "fsm", "50", 2, 4)), False)
    happened(county, f"visits.targets-{urn}-2018", proposed)
    page = auditor.open(f"/schools/{urn}/results").text
    (_, row) = table(page, "Targets for the tests of 2018: version 1, proposed")
    assert row[:3] == [
        "Expected standard in reading, writing and maths",
        "estimate: 62; earlier target: 60; data: estimates of 2016",
        "65%, 13 of 20 pupils",
    ]
    assert re.fullmatch(r"\d+%\. (Met|Not met)\.", row[3])
    assert row[6]
    assert "1 target for 2018 is for a smaller group of pupils" in " ".join(page.split())
