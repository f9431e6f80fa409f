"""The school's history after the year: all of it, a day in the middle, and what late news changed about the past."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from gateway.words import moment, since
from services.analytics.entries import readable
from services.core.envelope import RecordedEvent
from services.core.times import from_micros, london_day
from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import follow, put, table
from tests.browser.school_year.spring import TOLD_ON
from tests.browser.school_year.year import Year
from tests.platform import SCHOOL

BEFORE = date(2012, 3, 31)
"""The last day before the conversion."""
HISTORY = "The history of the school"
Facts = Counter[tuple[str, str, str]]
"""From when each is true, what it says, and when it was recorded, in the words of the page."""


def history(year: Year) -> None:
    year.on(date(2012, 7, 11))
    page = year.at("auditor", "History")
    expect(page.get_by_role("heading", level=2).first).to_have_text("All that is known today")
    assert _shown(page) == _facts(year, lambda recorded: True)
    _known_in_the_middle(year)
    _late_news(year)
    assert year.platform.parked() == []


def _known_in_the_middle(year: Year) -> None:
    page = year.at("auditor", "History")
    put(page, "Known on", "1 March 2012")
    page.get_by_role("button", name="Set the dials").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("What was known on 1 March 2012")
    assert_accessible(page)
    picture = {row[0]: row[1:] for row in table(page, "The school as these facts show it")}
    assert picture["Link Adviser"] == ["Adviser-2", "The same"]
    assert picture["Status"] == ["Open", "Differs Closed"]
    assert picture["Charged in all"] == ["£2,650.00", "Differs £1,545.83"]
    assert picture["Open concerns"] == ["Quality of teaching (told)", "Differs Quality of teaching (acknowledged)"]
    assert picture["Visit 3, 2011-12"] == ["Nothing recorded", "Differs Held on 12 June 2012"]
    assert picture["Targets for 2013"] == ["Version 1 sanctioned", "The same"]
    shown = _shown(page)
    assert shown == _facts(year, lambda recorded: london_day(recorded.recorded_at) <= TOLD_ON)
    assert len(shown) > 50, "the middle of the year is well filled"


def _late_news(year: Year) -> None:
    """Of what was true by the day before the conversion, nothing came to be known later but its charges."""
    page = year.at("auditor", "History")
    follow(page, "Compare two settings of the dials: what changed between two dates")
    for number, name in enumerate(("First setting", "Second setting")):
        dials = page.get_by_role("group", name=name, exact=True)
        put(dials, "True on", "31 March 2012")
        if number == 0:
            put(dials, "Known on", "31 March 2012")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="2 facts only in the second")).to_be_visible()
    expect(page.get_by_role("heading", name="only in the first")).to_have_count(0)
    shown = _rows(page, "Facts only in the second setting")
    assert shown == _facts(year, _came_late)
    assert sorted(
        recorded.type for recorded in year.platform.recorded() if _about(recorded) and _came_late(recorded)
    ) == [
        "billing.ChargeReversed",
        "billing.PartYearCharged",
    ]
    assert_accessible(page)


def _came_late(recorded: RecordedEvent) -> bool:
    return recorded.metadata.effective_on <= BEFORE < london_day(recorded.recorded_at)


def _facts(year: Year, which: Callable[[RecordedEvent], bool]) -> Facts:
    """What the log itself holds about the school."""
    return Counter(
        (since(recorded.metadata.effective_on), readable(recorded).says(), moment(from_micros(recorded.recorded_at)))
        for recorded in year.platform.recorded()
        if _about(recorded) and which(recorded)
    )


def _about(recorded: RecordedEvent) -> bool:
    return SCHOOL in readable(recorded).concerns()


def _shown(page: Page) -> Facts:
    """What the pages of the history show under the dials, from the first to the last."""
    found = _rows(page, HISTORY)
    more = page.get_by_role("link", name="More facts", exact=True)
    while more.count():
        with page.expect_navigation():
            more.click()
        found += _rows(page, HISTORY)
    return found


def _rows(page: Page, name: str) -> Facts:
    return Counter((row[0], row[1].split("\n")[0], row[2]) for row in table(page, name))
