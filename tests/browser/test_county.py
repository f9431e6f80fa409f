"""The county overview and the imports in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from services.sample_county.loader import DATA
from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window


@pytest.mark.parametrize("path", ["/county", "/county?year=2019&measure=READPROG", "/county?year=2019"])
def test_axe_finds_nothing_wide_or_narrow(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)


def test_the_bands_are_drawn_in_the_brand_colour_as_long_as_their_schools(county_page: Page) -> None:
    county_page.goto("/county")
    bars = county_page.locator(".chart__value:not(.chart__value--beside)")
    assert set(bars.evaluate_all("them => them.map(it => getComputedStyle(it).fill)")) == {"rgb(18, 71, 74)"}
    widths = bars.evaluate_all("them => them.map(it => it.getBoundingClientRect().width)")
    counts = [int(words) for words in county_page.locator(".chart__words").all_inner_texts()][: len(widths)]
    longest = max(widths)
    assert longest > 200
    for width, count in zip(widths, counts, strict=True):
        assert width == pytest.approx(longest * count / max(counts), rel=0.02, abs=1.5)


def test_in_forced_colours_bars_are_drawn_in_the_colour_of_text(county_page: Page) -> None:
    county_page.emulate_media(forced_colors="active")
    county_page.goto("/county")
    text = county_page.evaluate("getComputedStyle(document.querySelector('main p')).color")
    assert county_page.locator(".chart__value").first.evaluate("it => getComputedStyle(it).fill") == text
    assert_accessible(county_page)


def test_year_and_measure_are_chosen_without_script(browser: Browser, county_address: str) -> None:
    with window(browser, county_address, script=False) as page:
        sign_in(page, "officer")
        page.goto("/county")
        page.get_by_label("Tests of").select_option("2017")
        page.get_by_label("Measure").select_option(label="Progress in maths")
        page.get_by_role("button", name="Show").press("Enter")
        expect(page.get_by_role("img", name="Progress in maths, 2017: schools by figure")).to_be_visible()
        page.get_by_text("Show as a table").click()
        expect(page.get_by_role("table", name="Progress in maths, 2017: schools by figure")).to_be_visible()


def test_a_file_is_checked_and_imported_by_keyboard(browser: Browser, county_address: str) -> None:
    with window(browser, county_address) as page:
        sign_in(page, "officer")
        page.goto("/imports")
        assert_accessible(page)
        page.get_by_role("link", name="Ofsted inspections").press("Enter")
        page.get_by_role("button", name="Check the file").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Choose a file")
        assert_accessible(page)
        assert_fits(page)
        page.get_by_label("The file").set_input_files(DATA / "ofsted_history.csv")
        page.get_by_role("button", name="Check the file").press("Enter")
        expect(page.get_by_role("heading", name="nothing is recorded yet")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
        page.get_by_role("button", name="Import").press("Enter")
        expect(page.get_by_role("table", name="What the import did")).to_be_visible()
