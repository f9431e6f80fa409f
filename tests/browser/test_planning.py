"""A school's visits, one visit and the planning board in a real browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window
from tests.gateway.turned import Turned, turned
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, OTHER, SPRING, YEAR, act, add_school, at, plan, prepare
from tests.serving import served

VISITS = f"/schools/{SCHOOL}/visits"
COVER = f"/planning/cover?year={YEAR}&adviser=adviser&begins=2011-10-03&ends=2011-10-14"
PAGES = {
    "officer": [
        "/planning",
        "/planning?adviser=nobody",
        "/planning/cover",
        COVER,
        f"{VISITS}/{YEAR}/2/plan",
        f"{VISITS}/{YEAR}/1/move",
        f"{VISITS}/{YEAR}/1/reassign",
    ],
    "adviser": [
        "/calendar",
        f"{VISITS}/{YEAR}/ip/papers",
        f"{VISITS}/{YEAR}/ip/received",
        f"{VISITS}/{YEAR}/ip/answer",
        f"{VISITS}/{YEAR}/ip/agree",
        f"{VISITS}/{YEAR}/3/held",
    ],
    "head": [
        VISITS,
        f"{VISITS}/{YEAR}/1",
        f"{VISITS}/{YEAR}/4",
        f"{VISITS}/{YEAR}/ip",
        f"{VISITS}/{YEAR}/ip/agenda",
        f"{VISITS}/{YEAR}/1/postpone",
        f"/schools/{SCHOOL}/calendar",
    ],
}


def begin(gate: Turned) -> None:
    """Visits in many states, and an adviser who is to be away."""
    platform = gate.platform
    prepare(platform)
    add_school(platform)
    plan(platform, "3", at(date(2011, 9, 1), "08:00", "09:30"), because="Brought forward")
    plan(platform, "1", at(AUTUMN))
    plan(platform, "1", at(AUTUMN, "13:00", "16:00"), urn=OTHER)
    plan(platform, "4", at(AUTUMN, "16:00", "17:30"))
    plan(platform, "ip", at(SPRING, "09:00", "11:30"), at(SPRING, "13:00", "15:30"), because="A split day in spring")
    items = [{"title": "Reading", "source": "school", "minutes": 300, "slot": "school", "aspect": "teaching"}]
    act(platform, "ProposeAgenda", "ip", by="head", items=items)
    act(platform, "RequestPapers", "ip", by="adviser", titles=["School development plan"], due="2012-01-23")
    platform.do("scheduling.RecordAbsence", by="officer", person="adviser", begins="2011-10-01", ends="2011-10-14")


@pytest.fixture(scope="module")
def gate_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory: Path = tmp_path_factory.mktemp("planning")
    with turned(directory) as gate:
        begin(gate)
        with served(gate.app) as address:
            yield address


@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(browser: Browser, gate_address: str, person: str) -> None:
    with window(browser, gate_address) as page:
        sign_in(page, person)
        for path in PAGES[person]:
            _stands_up(page, path)


def test_an_agenda_is_negotiated_by_keyboard_and_without_script(browser: Browser, gate_address: str) -> None:
    with window(browser, gate_address, script=False) as page:
        sign_in(page, "head")
        page.goto(f"{VISITS}/{YEAR}/ip/agenda")
        page.get_by_label("What it is about").first.fill("Learning walks")
        page.get_by_label("Minutes").first.fill("200")
        page.keyboard.press("Enter")
        expect(page.locator(".govuk-error-summary")).to_contain_text("The IP day stays at 5 hours")
        page.get_by_label("Minutes").first.fill("300")
        page.keyboard.press("Enter")
        expect(page.get_by_role("table", name="Agenda, 300 minutes")).to_contain_text("Learning walks")


def test_an_absent_advisers_fortnight_is_handed_over(browser: Browser, gate_address: str) -> None:
    with window(browser, gate_address) as page:
        sign_in(page, "officer")
        page.goto("/planning")
        page.get_by_role("link", name="Find somebody for an absent adviser's visits").click()
        page.get_by_label("Adviser who is away").select_option("Adviser")
        for box, day in (("From", ("1", "10", "2011")), ("To", ("14", "10", "2011"))):
            for part, typed in zip(("Day", "Month", "Year"), day, strict=True):
                page.get_by_role("group", name=box).get_by_label(part).fill(typed)
        page.get_by_role("button", name="Show their visits").click()
        expect(page.get_by_role("heading", name="3 visits to hand over")).to_be_visible()
        for choice in page.get_by_label("Adviser for").all():
            choice.select_option(index=1)
        page.get_by_label("Why somebody else comes").fill("Adviser is ill")
        page.get_by_role("button", name="Hand these visits over").click()
        expect(page.get_by_role("region", name="What became of each").get_by_text("handed to")).to_have_count(3)
        assert_accessible(page)


def _stands_up(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 900})
    page.emulate_media(forced_colors="none")
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert "Page not found" not in page.title(), path
    assert_accessible(page)
    assert_fits(page)
    assert_accessible(page)
    page.emulate_media(forced_colors="active")
    assert_accessible(page)
