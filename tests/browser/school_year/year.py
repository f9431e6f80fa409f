"""A school's year as people live it: each has a window of their own all year long, and the test turns the clock."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, time, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from services.billing.price_list import load_price_list
from tests.browser.conftest import sign_in, window
from tests.gateway.turned import turned
from tests.platform import SCHOOL, Platform
from tests.serving import served


class Year:
    """Whoever is asked for is signed in once; their window then stays open."""

    def __init__(self, platform: Platform, browser: Browser, address: str, windows: ExitStack) -> None:
        self.platform = platform
        self._browser, self._address, self._windows = browser, address, windows
        self._open: dict[str, Page] = {}
        self.today = date(2011, 9, 1)

    def on(self, day: date, at: time = time(10)) -> None:
        """Make it that day and time in London."""
        self.today = day
        self.platform.on(day, at)

    def next_day(self) -> None:
        """Make it the next working day."""
        self.on(self.today + timedelta(days={4: 3, 5: 2}.get(self.today.weekday(), 1)))

    def of(self, person: str) -> Page:
        """The window of a person, by their identifier."""
        if person not in self._open:
            page = self._windows.enter_context(window(self._browser, self._address))
            sign_in(page, person)
            self._open[person] = page
        return self._open[person]

    def at(self, person: str, place: str, urn: int = SCHOOL) -> Page:
        """A person's window, before one of the pages about the school."""
        page, school = self.of(person), f"/schools/{urn}"
        link = page.get_by_role("link", name=place, exact=True)
        if school not in page.url or not link.count():
            page.goto(school)
        link.first.click()
        return page

    def before(self, person: str, *sections: str) -> Page:
        """A person's window, before a section of the service, or one under another."""
        page = self.of(person)
        for section in sections:
            page.get_by_role("navigation").get_by_role("link", name=section, exact=True).first.click()
        return page


@contextmanager
def opened_year(directory: Path, browser: Browser) -> Iterator[Year]:
    """1 September 2011: a maintained school, its people and the price list, and nothing else."""
    with turned(directory) as pages, served(pages.app) as address, ExitStack() as windows:
        load_price_list(pages.platform.runtime.handle)
        pages.platform.runtime.settle()
        yield Year(pages.platform, browser, address, windows)
