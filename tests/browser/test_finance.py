"""The finance workspace in a real browser: a month end with no spreadsheet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.county import ACADEMY, opened_county
from tests.serving import served

PAGES = [
    "/finance",
    "/finance?year=2015",
    "/finance/next/journal",
    "/finance/next/invoice",
    "/finance/exceptions",
    "/finance/vat-codes",
]


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a county of its own is served: what is exported is exported for everybody."""
    with opened_county(tmp_path_factory.mktemp("finance")) as county, served(county.app) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wide_or_narrow(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)


def test_the_keyboard_reaches_what_there_is_to_do(county_page: Page) -> None:
    county_page.goto("/finance")
    stops = tab_stops(county_page)
    assert "a Dry run" in stops


def test_in_forced_colours_it_stays_accessible(county_page: Page) -> None:
    county_page.emulate_media(forced_colors="active")
    for path in ("/finance", "/finance/next/journal"):
        county_page.goto(path)
        assert_accessible(county_page)


@pytest.mark.parametrize("script", [True, False])
def test_a_month_end_with_no_spreadsheet(browser: Browser, own_address: str, script: bool) -> None:
    route = "journal" if script else "invoice"
    with window(browser, own_address, script=script) as page:
        sign_in(page, "finance")
        page.get_by_role("link", name="Finance", exact=True).first.click()
        page.get_by_role("row", name=f"{route.capitalize()} 1").get_by_role("link", name="Dry run").click()
        expect(page.get_by_role("heading", name=f"Next batch by {route}")).to_be_visible()
        page.get_by_role("button", name="Export 1").press("Enter")
        expect(page.get_by_text("Saved")).to_be_visible()
        batch = page.get_by_role("link", name=f"{route[0].upper()}-").first
        batch.click()
        expect(page.get_by_text("has the digest that was recorded")).to_be_visible()
        if script:  # axe is one
            assert_accessible(page)
        assert_fits(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the file").click()
        assert saved.value.suggested_filename.startswith(f"{route[0].upper()}-")


def test_a_vat_code_and_an_order_number_are_typed_by_keyboard(browser: Browser, own_address: str) -> None:
    with window(browser, own_address) as page:
        sign_in(page, "finance")
        page.goto("/finance/vat-codes/set")
        page.get_by_label("Service").select_option(label="Full service")
        page.get_by_label("Not LA maintained").focus()
        page.keyboard.press("Space")
        for typed in ("T1", "1", "9", "2011"):
            page.keyboard.press("Tab")
            page.keyboard.type(typed)
        assert_accessible(page)
        assert_fits(page)
        page.keyboard.press("Enter")
        expect(page.get_by_role("row", name="Full service Non-maintained T1")).to_be_visible()
        page.goto(f"/schools/{ACADEMY}/charges/order/2022")
        page.get_by_label("Purchase order number").fill("PO 2022/17")
        assert_accessible(page)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Purchase order: PO 2022/17")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
