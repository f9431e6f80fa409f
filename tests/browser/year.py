"""A school's year as people live it: each has a window of their own all year long, and the test turns the clock."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from services.billing.price_list import load_price_list
from tests.browser.checks import assert_accessible
from tests.browser.conftest import served, sign_in, window
from tests.gateway.turned import turned
from tests.platform import SCHOOL, Platform

Said = str | date
"""An answer on a form: a day, or what is typed or chosen."""


class Year:
    """Whoever is asked for is signed in once; their window then stays open."""

    def __init__(self, platform: Platform, browser: Browser, address: str, windows: ExitStack) -> None:
        self.platform = platform
        self._browser, self._address, self._windows = browser, address, windows
        self._open: dict[str, Page] = {}

    def on(self, day: date, at: time = time(10)) -> None:
        """Make it that day and time in London."""
        self.platform.on(day, at)

    def of(self, person: str) -> Page:
        """The window of a person, by their identifier."""
        if person not in self._open:
            page = self._windows.enter_context(window(self._browser, self._address))
            sign_in(page, person)
            self._open[person] = page
        return self._open[person]

    def at(self, person: str, tab: str, urn: int = SCHOOL) -> Page:
        """A person's window, before one of the pages about the school."""
        page = self.of(person)
        page.goto(f"/schools/{urn}")
        page.get_by_role("navigation", name="This school").get_by_role("link", name=tab, exact=True).click()
        return page

    def before(self, person: str, section: str) -> Page:
        """A person's window, before one of the sections of the service."""
        page = self.of(person)
        page.goto("/")
        page.get_by_role("navigation", name="Sections").get_by_role("link", name=section, exact=True).click()
        return page


@contextmanager
def opened_year(directory: Path, browser: Browser) -> Iterator[Year]:
    """1 September 2011: a maintained school, its people and the price list, and nothing else."""
    with turned(directory) as pages, served(pages.app) as address, ExitStack() as windows:
        load_price_list(pages.platform.runtime.handle)
        pages.platform.runtime.settle()
        yield Year(pages.platform, browser, address, windows)


def follow(page: Page, link: str) -> Page:
    page.get_by_role("link", name=link, exact=True).first.click()
    return page


def act(page: Page, link: str, button: str, said: Mapping[str, Said] | None = None) -> None:
    """Follow a link to a form, answer its questions, and send it."""
    page.get_by_role("link", name=link, exact=True).or_(page.get_by_role("button", name=link, exact=True)).click()
    for question, answer in (said or {}).items():
        put(page, question, answer)
    send(page, button)


def send(page: Page, button: str) -> None:
    """Press the button; whatever is wrong with the form fails the test in the page's own words."""
    page.get_by_role("button", name=button, exact=True).click()
    problem = page.locator(".govuk-error-summary")
    assert not problem.count(), problem.inner_text()
    expect(page.get_by_role("alert")).to_contain_text("Saved")


def put(form: Page | Locator, question: str, said: Said) -> None:
    """Answer one question: a day in its three boxes, a choice by its words, anything else typed."""
    group = form.get_by_role("group", name=question, exact=True)
    if isinstance(said, date):
        for box, number in (("Day", said.day), ("Month", said.month), ("Year", said.year)):
            group.get_by_label(box, exact=True).fill(str(number))
    elif group.count():
        group.get_by_label(said, exact=True).check()
    else:
        box = form.get_by_label(question, exact=True)
        if box.evaluate("it => it.tagName") == "SELECT":
            choice = box.locator("option", has_text=said)
            box.select_option(choice.get_attribute("value"))
        else:
            box.fill(said)


def table(page: Page, name: str) -> list[list[str]]:
    """The words of a table's rows, without its heads."""
    found = page.get_by_role("table", name=name, exact=True)
    rows: list[list[str]] = found.evaluate("it => [...it.tBodies[0].rows].map(r => [...r.cells].map(c => c.innerText))")
    return rows


def fact(page: Page, key: str) -> Locator:
    """What stands beside a key in a list of facts."""
    return page.locator("dl.facts > div", has=page.get_by_text(key, exact=True)).locator("dd")


def looked_at(page: Page) -> None:
    """The page stands up to axe."""
    assert_accessible(page)
