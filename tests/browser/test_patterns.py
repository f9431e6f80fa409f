"""The frame and the macros in a real browser: axe, keyboard, narrow screens, forced colours, no script, print."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in

PAGES = ["/", "/patterns/form", "/patterns/results", "/no-such-page", "/patterns/broken"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_any_page_wide_or_narrow(adviser: Page, path: str) -> None:
    adviser.goto(path)
    assert_accessible(adviser)
    assert_fits(adviser)
    assert_accessible(adviser)


def test_signing_in_is_accessible_before_and_after_a_mistake(page: Page) -> None:
    page.goto("/sign-in")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your user name")
    assert_accessible(page)
    assert_fits(page)


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter your password").click()
    expect(page.get_by_label("Password")).to_be_focused()


def test_the_keyboard_goes_through_a_page_in_its_order(adviser: Page) -> None:
    adviser.goto("/patterns/form")
    assert tab_stops(adviser) == [
        "a Skip to main content",
        "a Norfolk",
        "button Sign out",
        "a Home",
        "a Your day",
        "a Find a school",
        "a Planning",
        "a Advisers",
        "a Quality assurance",
        "a Actions",
        "a Inspections",
        "input Unique Reference Number",
        "input Day",
        "input Month",
        "input Year",
        "input Autumn",
        "select Purpose",
        "textarea Note",
        "button Subscribe",
    ]


def test_the_skip_link_leads_to_the_content(adviser: Page) -> None:
    adviser.goto("/patterns/form")
    adviser.keyboard.press("Tab")
    adviser.keyboard.press("Enter")
    adviser.keyboard.press("Tab")
    expect(adviser.get_by_label("Unique Reference Number")).to_be_focused()


def test_everything_works_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto("/patterns/form")
    page.get_by_label("Autumn").check()
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved")
    expect(page.get_by_role("img", name="Pupils meeting the expected standard, 2019")).to_be_visible()
    page.get_by_text("Show as a table").click()
    expect(page.get_by_role("table", name="Expected standard by year")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()


def test_in_forced_colours_bars_and_lines_are_drawn_in_the_colour_of_text(adviser: Page) -> None:
    adviser.emulate_media(forced_colors="active")
    adviser.goto("/patterns/results")
    text = adviser.evaluate("getComputedStyle(document.querySelector('main p')).color")
    for part, painted in ((".chart__value", "fill"), (".chart__lines .chart__line", "stroke")):
        drawn = adviser.locator(part).first.evaluate(f"it => getComputedStyle(it).{painted}")
        assert drawn == text
    assert_accessible(adviser)


def test_charts_are_drawn_in_the_brand_colour_and_not_in_black(adviser: Page) -> None:
    adviser.goto("/patterns/results")
    fill = adviser.locator(".chart__value").first.evaluate("it => getComputedStyle(it).fill")
    assert fill == "rgb(18, 71, 74)"
    assert adviser.locator(".chart__line").first.evaluate("it => getComputedStyle(it).fill") == "none"


def test_a_printed_page_has_the_content_and_no_buttons(adviser: Page) -> None:
    adviser.goto("/patterns/form")
    adviser.emulate_media(media="print")
    expect(adviser.get_by_role("heading", name="Subscribe")).to_be_visible()
    expect(adviser.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(adviser.get_by_text("Demonstration data:")).to_be_visible()


def test_a_printed_chart_comes_with_its_table(adviser: Page) -> None:
    adviser.goto("/patterns/results")
    adviser.emulate_media(media="print")
    expect(adviser.get_by_role("cell", name="SUPP").last).to_be_visible()
    height = adviser.get_by_role("table", name="Expected standard by year").evaluate("it => it.offsetHeight")
    assert height > 0
