"""The duty desk in a real browser, on Thursday 8 March 2012: the help-line is open, and a school rings about Ofsted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from services.scheduling.events import AdviserAllocated
from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.turned import Turned, turned
from tests.helpdesk.calls import SCHOOL, fields, ofsted_fields
from tests.helpdesk.streams import record
from tests.serving import served

CALLS = f"/schools/{SCHOOL}/calls"
PAGES = [
    "/desk",
    "/desk/service-levels",
    "/inspections",
    "/hours",
    "/hours/week",
    "/hours/holiday",
    "/hours/target",
    "/calls/new?q=zzz&kind=ofsted",
    "/calls/new?q=&kind=other",
    CALLS,
    f"{CALLS}/new",
    f"{CALLS}/ofsted",
    f"{CALLS}/o1",
    f"{CALLS}/c1",
    f"{CALLS}/c1/contact",
    f"{CALLS}/c1/answer",
    f"{CALLS}/o1/feedback",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Turned, str]]:
    """A desk with a call whose contact nobody confirmed, an inspection, and one call of the night."""
    with turned(tmp_path_factory.mktemp("desk")) as desk, served(desk.app) as address:
        platform = desk.platform.on(date(2012, 3, 8), time(9, 30))
        record(
            platform,
            f"scheduling.allocation-{SCHOOL}",
            AdviserAllocated(SCHOOL, 1, "adviser", date(2011, 9, 5), "accepted"),
        )
        target: dict[str, Any] = {"category": "day_to_day", "minutes": "90", "begins": "2012-03-01"}
        platform.do("helpdesk.SetResponseTarget", by="manager", **target)
        platform.do("helpdesk.SetHoliday", by="manager", day="2012-04-06", name="Good Friday")
        platform.do("helpdesk.ReceiveCall", by="duty", **fields("night", received_at="2012-03-07T20:00:00Z"))
        platform.do("helpdesk.ReceiveCall", by="duty", **fields())
        contact: dict[str, Any] = {"call": "c1", "manager": "duty-manager", "contacted_at": "2012-03-08T09:05:00Z"}
        platform.do("helpdesk.ContactManager", by="duty", **contact)
        platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
        yield desk, address


@contextmanager
def visiting(browser: Browser, desk: tuple[Turned, str], person: str, *, script: bool = True) -> Iterator[Page]:
    with window(browser, desk[1], script=script) as page:
        sign_in(page, person)
        yield page


def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(browser: Browser, desk: tuple[Turned, str]) -> None:
    with visiting(browser, desk, "duty-manager") as page:
        for path in PAGES:
            page.goto(path)
            page.set_viewport_size({"width": 1200, "height": 900})
            assert_accessible(page)
            assert_fits(page)
            assert_accessible(page)
            page.emulate_media(forced_colors="active")
            assert_accessible(page)
            page.emulate_media(forced_colors="none")


def test_the_ofsted_button_comes_first_by_keyboard(browser: Browser, desk: tuple[Turned, str]) -> None:
    with visiting(browser, desk, "duty") as page:
        page.goto("/desk")
        stops = tab_stops(page)
        box = stops.index("input School that calls")
        assert stops[box + 1 : box + 3] == ["button Ofsted call", "button Any other call"]


@pytest.mark.parametrize("script", [True, False])
def test_hr2_an_ofsted_call_reaches_the_adviser_and_the_managers_confirm_it(
    browser: Browser, desk: tuple[Turned, str], script: bool
) -> None:
    with visiting(browser, desk, "duty", script=script) as page:
        page.goto("/desk")
        page.get_by_label("School that calls").fill("aldb")
        page.get_by_role("button", name="Ofsted call").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ofsted call")
        page.get_by_label("Theme inspection").check()
        for legend, day in (("First day in the school", "15"), ("Last day in the school", "16")):
            box = page.get_by_role("group", name=legend)
            for label, typed in (("Day", day), ("Month", "3"), ("Year", "2012")):
                box.get_by_label(label).fill(typed)
        page.get_by_label("Name of the caller").fill("Sam Reed")
        page.get_by_role("button", name="Record the call and tell the adviser").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ofsted theme inspection")
        expect(page.get_by_role("main")).to_contain_text("Adviser told 8 March 2012 at 9:30am")
        address = page.url
        page.goto("/desk")
        row = (
            page.get_by_role("row").filter(has=page.locator(f'a[href="{address[address.index("/schools") :]}"]')).first
        )
        row.get_by_role("button", name="Manager contacted").click()
        expect(row).to_contain_text("Not confirmed for under a minute")
    with visiting(browser, desk, "adviser", script=script) as page:
        page.goto("/inspections")
        own = page.get_by_role("table", name="Inspections of your schools")
        expect(own).to_contain_text("15 March 2012")
        if script:
            assert_accessible(page)
    with visiting(browser, desk, "duty-manager", script=script) as page:
        page.goto("/desk")
        row = (
            page.get_by_role("row").filter(has=page.locator(f'a[href="{address[address.index("/schools") :]}"]')).first
        )
        row.get_by_role("button", name="I was contacted").click()
        expect(row).to_contain_text("confirmed 9:30am")
