"""The results page of real schools in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.county import ACADEMY, MAINTAINED

ADDRESS = f"/schools/{MAINTAINED}/results"
PAGES = [
    ADDRESS,
    f"{ADDRESS}?measure=READPROG",
    f"/schools/{ACADEMY}/results",
    "/schools/143459/results",
    "/schools/120796/results",
]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wide_or_narrow(county_page: Page, path: str) -> None:
    county_page.goto(path)
    assert_accessible(county_page)
    assert_fits(county_page)
    assert_accessible(county_page)


def test_the_three_lines_are_seen_in_three_colours_and_dashes(county_page: Page) -> None:
    county_page.goto(ADDRESS)
    lines = county_page.locator(".chart__lines .chart__line")
    expect(lines).to_have_count(3)
    looks = lines.evaluate_all(
        "them => them.map(it => [getComputedStyle(it).stroke, getComputedStyle(it).strokeDasharray])"
    )
    assert len({tuple(look) for look in looks}) == 3
    assert all(stroke not in ("none", "rgb(0, 0, 0)") for stroke, _ in looks)
    drawn = county_page.locator(".chart__lines").bounding_box()
    assert drawn is not None
    assert min(drawn["width"] / 3, drawn["height"]) > 100
    for box in lines.evaluate_all("them => them.map(it => it.getBBox().height + it.getBBox().width)"):
        assert box > 0


def test_the_chart_has_a_name_and_its_figures_follow(county_page: Page) -> None:
    county_page.goto(ADDRESS)
    chart = county_page.get_by_role("img", name="Expected standard in reading, writing and maths")
    table = county_page.get_by_role("table", name="The figures of this chart")
    expect(chart).to_be_visible()
    expect(table).to_be_visible()
    above, below = chart.bounding_box(), table.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_another_measure_is_reached_by_keyboard(county_page: Page) -> None:
    county_page.goto(ADDRESS)
    stops = tab_stops(county_page)
    assert stops.index("a Choose another of 14 measures") < stops.index("a Progress in reading")
    link = county_page.get_by_role("link", name="Progress in reading")
    link.focus()
    county_page.keyboard.press("Enter")
    expect(county_page.get_by_role("img", name="Progress in reading")).to_be_visible()


def test_in_forced_colours_lines_are_drawn_in_the_colour_of_text(county_page: Page) -> None:
    county_page.emulate_media(forced_colors="active")
    county_page.goto(ADDRESS)
    text = county_page.evaluate("getComputedStyle(document.querySelector('main p')).color")
    for stroke in county_page.locator(".chart__lines .chart__line").evaluate_all(
        "them => them.map(it => getComputedStyle(it).stroke)"
    ):
        assert stroke == text
    assert_accessible(county_page)


def test_it_works_without_script(browser: Browser, county_address: str) -> None:
    with window(browser, county_address, script=False) as page:
        sign_in(page, "head120777")
        page.goto(ADDRESS)
        page.get_by_role("link", name="Progress in maths").click()
        expect(page.get_by_role("img", name="Progress in maths")).to_be_visible()
