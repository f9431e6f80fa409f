"""Home, finding a school and its first page in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window

PAGES = ["/", "/schools", "/schools?q=", "/schools?q=norwich", "/schools?q=zzz", "/schools/141226", "/schools/999999"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)
    county_page.emulate_media(forced_colors="active")
    assert_accessible(county_page)


def test_a_head_begins_at_their_school_and_is_told_what_they_may_not_open(
    browser: Browser, county_address: str
) -> None:
    with window(browser, county_address) as page:
        sign_in(page, "head120777")
        expect(page.get_by_role("heading", level=1)).to_have_text("Aldborough Primary School")
        assert_accessible(page)
        assert_fits(page)
        page.goto("/schools/141226")
        expect(page.get_by_role("heading", level=1)).to_have_text("You do not have access to this")
        assert_accessible(page)


def test_by_keyboard_alone_from_home_to_a_school(county_page: Page) -> None:
    county_page.goto("/")
    stops = tab_stops(county_page)
    assert stops[0] == "a Skip to main content"
    box = stops.index("input Name, town, postcode, URN or LAESTAB number")
    assert stops[box + 1] == "button Find"
    county_page.goto("/")
    for _ in range(box + 1):
        county_page.keyboard.press("Tab")
    county_page.keyboard.type("antingham")
    county_page.keyboard.press("Enter")
    expect(county_page.get_by_role("heading", level=2)).to_have_text("1 school found for “antingham”")
    while county_page.evaluate("document.activeElement.innerText") != "Antingham and Southrepps Primary School":
        county_page.keyboard.press("Tab")
    county_page.keyboard.press("Enter")
    expect(county_page.get_by_role("heading", level=1)).to_have_text("Antingham and Southrepps Primary School")


def test_the_mistake_in_the_box_takes_the_focus_and_leads_to_it(county_page: Page) -> None:
    county_page.goto("/schools")
    county_page.get_by_role("button", name="Find").click()
    expect(county_page.locator(".govuk-error-summary")).to_be_focused()
    county_page.get_by_role("link", name="Enter a few letters").click()
    expect(county_page.get_by_label("Name, town, postcode")).to_be_focused()


def test_the_page_being_read_is_told_from_the_other_tabs_without_colour(county_page: Page) -> None:
    county_page.emulate_media(forced_colors="active")
    county_page.goto("/schools/141226")
    line = "it => getComputedStyle(it).borderBottomColor"
    tabs = county_page.get_by_role("navigation", name="This school").get_by_role("link")
    here, other = tabs.nth(0), tabs.nth(1)
    assert here.get_attribute("aria-current") == "true"
    assert here.evaluate(line) != other.evaluate(line)
