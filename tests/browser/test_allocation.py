"""Advisers, their allocation, programmes and services in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window

URN = 120777
OFFICE = [
    "/advisers",
    "/advisers/demo-adviser-07",
    "/advisers/demo-adviser-07/train",
    "/advisers/demo-adviser-07/declare",
    "/advisers/demo-adviser-07/away",
    "/allocations",
    f"/schools/{URN}/adviser",
    f"/schools/{URN}/adviser/propose",
    f"/schools/{URN}/programme?year=2022",
    f"/schools/{URN}/programme/2022/stop",
    f"/schools/{URN}/services",
    f"/schools/{URN}/people",
    "/terms/2022",
    "/terms/2022/set",
]
HEAD = [
    f"/schools/{URN}/adviser",
    f"/schools/{URN}/programme?year=2022",
    f"/schools/{URN}/services/order",
]


@pytest.fixture
def officer_page(browser: Browser, county_address: str) -> Iterator[Page]:
    with window(browser, county_address) as page:
        sign_in(page, "officer")
        yield page


@pytest.mark.parametrize("path", OFFICE)
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(officer_page: Page, path: str) -> None:
    _stands_up(officer_page, path)


def test_axe_finds_nothing_for_a_head(browser: Browser, county_address: str) -> None:
    with window(browser, county_address) as page:
        sign_in(page, "head120777")
        for path in HEAD:
            _stands_up(page, path)


def test_a_proposal_with_mistakes_leads_to_them_and_works_without_script(browser: Browser, county_address: str) -> None:
    with window(browser, county_address, script=False) as page:
        sign_in(page, "officer")
        page.goto(f"/schools/{URN}/adviser/propose")
        page.get_by_role("button", name="Propose this adviser").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("Enter a")
        assert_fits(page)


def _stands_up(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 900})
    page.emulate_media(forced_colors="none")
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)
    assert_accessible(page)
    page.emulate_media(forced_colors="active")
    assert_accessible(page)
