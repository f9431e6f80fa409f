"""A school's history and its dials in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window

HISTORY = "/schools/141226/history"
PAGES = [
    HISTORY,
    f"{HISTORY}?true-on=1/3/2018",
    f"{HISTORY}?known-on=1/3/2012",
    f"{HISTORY}?true-on=31/2/2018&known-on=soon",
    f"{HISTORY}/compare",
    f"{HISTORY}/compare?true-on=1/3/2018&other-true-on=1/3/2022",
    f"{HISTORY}/compare?true-on=soon",
    f"{HISTORY}/check",
]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)
    county_page.emulate_media(forced_colors="active")
    assert_accessible(county_page)


def test_a_fact_is_accessible_wide_and_narrow(county_page: Page) -> None:
    county_page.goto(HISTORY)
    county_page.get_by_role("link", name="Key stage 2 results for 2016").click()
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)


def test_without_script_from_signing_in_to_the_proof_of_a_fact(browser: Browser, county_address: str) -> None:
    with window(browser, county_address, script=False) as page:
        sign_in(page, "auditor")
        page.get_by_label("Name, town, postcode").fill("antingham")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="Antingham and Southrepps Primary School").click()
        page.get_by_role("link", name="History", exact=True).click()
        page.get_by_label("True on").fill("1 March 2018")
        page.get_by_label("Results, questions and inspections").check()
        page.get_by_role("button", name="Set the dials").click()
        expect(page.get_by_role("heading", level=2).first).to_contain_text("What had become true by 1 March 2018")
        expect(page.get_by_label("True on")).to_have_value("1 March 2018")
        page.get_by_role("link", name="Ofsted inspection on 13 September 2017").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("requires improvement")
        expect(page.get_by_text("Loading of the sample county")).to_be_visible()
        page.get_by_role("link", name="Back to the history").click()
        expect(page.get_by_label("True on")).to_have_value("1 March 2018")
        page.get_by_role("link", name="Clear them").click()
        expect(page.get_by_role("heading", level=2).first).to_have_text("All that is known today")


def test_the_dials_are_set_by_keyboard_alone(county_page: Page) -> None:
    county_page.goto(HISTORY)
    while county_page.evaluate("document.activeElement.id") != "true-on":
        county_page.keyboard.press("Tab")
    county_page.keyboard.type("1/3/2018")
    county_page.keyboard.press("Tab")
    county_page.keyboard.type("1/3/2012")
    county_page.keyboard.press("Enter")
    expect(county_page.get_by_text("The log begins on")).to_be_visible()
    expect(county_page.get_by_label("Known on")).to_have_value("1 March 2012")


def test_a_bad_dial_takes_the_focus_and_leads_to_its_box(county_page: Page) -> None:
    county_page.goto(f"{HISTORY}?known-on=soon")
    expect(county_page.locator(".govuk-error-summary")).to_be_focused()
    county_page.get_by_role("link", name="Enter a date").click()
    expect(county_page.get_by_label("Known on")).to_be_focused()


def test_on_a_narrow_screen_the_history_is_still_a_table_and_says_what_is_what(county_page: Page) -> None:
    county_page.set_viewport_size({"width": 320, "height": 640})
    county_page.goto(HISTORY)
    table = county_page.get_by_role("table", name="The history of the school")
    expect(table.get_by_role("row")).to_have_count(12)
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(table.get_by_role("rowheader").first).to_contain_text("Charged £2,820.00")
    cell = table.get_by_role("cell").first
    assert "True from" in cell.evaluate("it => getComputedStyle(it, '::before').content")


def test_printed_the_history_has_its_facts_and_no_buttons(county_page: Page) -> None:
    county_page.goto(HISTORY)
    county_page.emulate_media(media="print")
    expect(county_page.get_by_role("link", name="Charged £2,820.00")).to_be_visible()
    expect(county_page.get_by_role("button", name="Set the dials")).to_be_hidden()
    expect(county_page.get_by_role("navigation", name="This school")).to_be_hidden()


def test_two_dates_are_compared_and_the_history_is_checked_without_script(
    browser: Browser, county_address: str
) -> None:
    with window(browser, county_address, script=False) as page:
        sign_in(page, "auditor")
        page.goto(f"{HISTORY}?true-on=1/3/2018")
        page.get_by_role("link", name="Compare this setting with another").click()
        expect(page.get_by_label("True on").first).to_have_value("1 March 2018")
        page.get_by_label("True on").nth(1).fill("1/3/2022")
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("table", name="Facts only in the second setting")).to_be_visible()
        page.get_by_role("link", name="History").last.click()
        page.get_by_role("link", name="Check every fact now").click()
        expect(page.get_by_text("all as recorded")).to_be_visible()
