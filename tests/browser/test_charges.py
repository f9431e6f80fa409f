"""Charges, their explanation and the price list in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.county import ACADEMY, MAINTAINED

EXPLAINED = f"/schools/{ACADEMY}/charges/{ACADEMY}-2022-1"
PAGES = [f"/schools/{MAINTAINED}/charges", EXPLAINED, "/charges", "/charges?page=7", "/charges?year=2015", "/prices"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wide_or_narrow(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)


def test_from_the_county_down_to_the_events_and_the_history(county_page: Page) -> None:
    county_page.goto("/charges")
    county_page.get_by_role("link", name="Next").click()
    county_page.get_by_role("link", name="Explain").first.click()
    expect(county_page.get_by_text("Quantity times price is the net charge")).to_be_visible()
    county_page.get_by_role("link", name="The charge in the school’s history").click()
    expect(county_page.get_by_text("billing.ChargeRaised").first).to_be_visible()


def test_money_stands_right_in_figures_of_one_width(county_page: Page) -> None:
    county_page.goto("/charges")
    money = county_page.get_by_role("cell", name="£2,650.00").first
    assert money.evaluate("it => getComputedStyle(it).textAlign") == "right"
    assert money.evaluate("it => getComputedStyle(it).fontVariantNumeric") == "tabular-nums"


def test_the_keyboard_reaches_every_line(county_page: Page) -> None:
    county_page.goto(f"/schools/{ACADEMY}/charges")
    stops = tab_stops(county_page)
    assert any(stop.startswith("a Explain this line") for stop in stops)


def test_in_forced_colours_it_stays_accessible(county_page: Page) -> None:
    county_page.emulate_media(forced_colors="active")
    for path in ("/charges", EXPLAINED):
        county_page.goto(path)
        assert_accessible(county_page)


@pytest.mark.parametrize("script", [True, False])
def test_a_price_is_typed_corrected_checked_and_set_by_keyboard(
    browser: Browser, county_address: str, script: bool
) -> None:
    year = "2098" if script else "2097"
    with window(browser, county_address, script=script) as page:
        sign_in(page, "finance")
        page.goto("/prices")
        page.get_by_label("Service", exact=True).select_option(label="Full service")
        page.get_by_label("Not LA maintained").focus()
        page.keyboard.press("Space")
        for typed in ("x", "1", "9", year):
            page.keyboard.press("Tab")
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Enter an amount in pounds and pence, like 2,650.00")
        _check(page, script)
        page.get_by_label("Price in pounds").fill("2,900.00")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Check this price")).to_be_visible()
        _check(page, script)
        page.get_by_role("button", name="Set this price").press("Enter")
        expect(page.get_by_role("row", name=f"1 September {year} £2,900.00")).to_be_visible()


def _check(page: Page, script: bool) -> None:
    if script:  # axe is one
        assert_accessible(page)
    assert_fits(page)
