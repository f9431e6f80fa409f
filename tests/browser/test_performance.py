"""Performance, questions and calibration in a real browser, over a school with an autumn behind it."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from services.analytics.events import InspectionGraded
from services.analytics.frameworks import OVERALL
from services.visits.events import GradeAgreed, RecordAnswered, RecordIssued
from tests.analytics.viewers import pm_visit, rated
from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window
from tests.gateway.county import County, opened_county
from tests.gateway.facts import SCHOOL, YEAR, allocate, happened, hold_visit
from tests.serving import served

QUESTIONS = f"/schools/{SCHOOL}/questions/{YEAR}/1"
PERFORMANCE = f"/schools/{SCHOOL}/performance?year={YEAR}"
AUDITOR_SEES = [
    PERFORMANCE,
    f"/performance?year={YEAR}",
    "/performance?year=2031",
    "/calibration",
    QUESTIONS,
    f"/schools/{SCHOOL}/history",
    f"/schools/{SCHOOL}/history/compare?true-on=1/10/2022",
]


def autumn(county: County) -> None:
    """Two visits and visit 4, a record answered, a rating, and a grade that an inspection followed."""
    allocate(county)
    hold_visit(county, "1", date(2022, 10, 3), governors=True)
    hold_visit(county, "ip", date(2022, 11, 7), governors=False)
    issued = RecordIssued(SCHOOL, YEAR, "1", 1, {"summary": 1}, ("headteacher", "chair_of_governors"))
    answered = RecordAnswered(SCHOOL, YEAR, "1", 1, "accurate")
    happened(county, "test.record", issued.true_from(date(2022, 10, 10)), answered.true_from(date(2022, 10, 12)))
    happened(county, "test.pm", pm_visit(SCHOOL, f"demo-head-{SCHOOL}").true_from(date(2022, 9, 6)))
    happened(county, "test.risk", rated(SCHOOL).true_from(date(2022, 9, 7)))
    grade = GradeAgreed(SCHOOL, 2015, "2", "2015-09", OVERALL, "Good")
    happened(county, "test.sef", grade.true_from(date(2016, 2, 1)))
    for day in (date(2016, 3, 1), date(2019, 10, 1)):
        happened(county, "test.inspections", InspectionGraded(SCHOOL, day, "Good").true_from(day))


@pytest.fixture(scope="module")
def autumn_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with opened_county(tmp_path_factory.mktemp("autumn")) as county:
        autumn(county)
        with served(county.app) as address:
            yield address


@pytest.fixture
def auditor(browser: Browser, autumn_address: str) -> Iterator[Page]:
    with window(browser, autumn_address) as page:
        sign_in(page, "auditor")
        yield page


@pytest.mark.parametrize("path", AUDITOR_SEES)
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(auditor: Page, path: str) -> None:
    auditor.goto(path)
    assert_accessible(auditor)
    assert_fits(auditor)
    assert_accessible(auditor)
    auditor.emulate_media(forced_colors="active")
    assert_accessible(auditor)


def test_an_adviser_draws_a_question_from_the_data_and_answers_it_without_script(
    browser: Browser, autumn_address: str
) -> None:
    with window(browser, autumn_address, script=False) as page:
        sign_in(page)
        page.goto(PERFORMANCE)
        page.get_by_role("link", name="Questions").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Questions for visit 1, 2022-23")
        page.get_by_role("table").get_by_role("link").first.click()
        page.get_by_label("Question").fill("Which pupils does this concern?")
        page.get_by_role("button", name="Prepare this question").click()
        expect(page.get_by_role("heading", name="Which pupils does this concern?")).to_be_visible()
        page.get_by_role("button", name="Send them to the school").click()
        page.get_by_role("button", name="Send them", exact=True).click()
        page.get_by_role("link", name="Answer").filter(has_text="Which pupils").click()
        page.get_by_label("Still open").check()
        page.get_by_label("How you know").fill("Two of five books seen")
        page.get_by_role("button", name="Record this answer").click()
        expect(page.get_by_text("Two of five books seen")).to_be_visible()


def test_the_pages_of_an_adviser_are_accessible(browser: Browser, autumn_address: str) -> None:
    with window(browser, autumn_address) as page:
        sign_in(page)
        for path in (QUESTIONS, f"{QUESTIONS}/prepare", f"{QUESTIONS}/send"):
            page.goto(path)
            assert_accessible(page)
            assert_fits(page)
            assert_accessible(page)
            page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(f"{QUESTIONS}/prepare")
        page.get_by_role("button", name="Prepare this question").click()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        assert_accessible(page)
