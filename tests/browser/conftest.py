"""A real browser before a real server: `page` with the fake runtime behind it, `county_page` with the sample county."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from tests.gateway.conftest import Settings, accounts
from tests.gateway.county import opened_county
from tests.gateway.fakes import FakeRuntime
from tests.gateway.patterns import patterns
from tests.serving import served

__all__ = ["accounts"]

pytest.register_assert_rewrite("tests.browser.school_year")

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM} on this machine")
    if not AXE.exists():
        pytest.skip(f"{AXE.relative_to(ROOT)} is not installed: make test installs it")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(accounts: Accounts) -> Iterator[str]:
    """Where the gateway alone is served for the browser."""
    app = create_app(Clients(FakeRuntime()), accounts, Settings())
    app.register_blueprint(patterns)
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def county_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample county is served for the browser."""
    with opened_county(tmp_path_factory.mktemp("county")) as county, served(county.app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh window in which nobody has signed in; a fault in the console fails the test."""
    with window(browser, address) as page:
        yield page


@pytest.fixture
def county_page(browser: Browser, county_address: str) -> Iterator[Page]:
    """The same before the sample county, with the auditor signed in."""
    with window(browser, county_address) as page:
        sign_in(page, "auditor")
        yield page


@contextmanager
def window(browser: Browser, address: str, *, script: bool = True) -> Iterator[Page]:
    """A window that is closed when the block ends, if the console was silent."""
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not [fault for fault in faults if "the server responded with a status of" not in fault]


@pytest.fixture
def adviser(page: Page) -> Page:
    sign_in(page)
    return page


def sign_in(page: Page, username: str = "adviser07") -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(DEMONSTRATION_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
