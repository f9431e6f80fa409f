"""A real browser before a real server, with the fake runtime behind it."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from gateway.server import listen, make_server
from tests.gateway.conftest import Settings, accounts
from tests.gateway.fakes import FakeRuntime
from tests.gateway.patterns import patterns

__all__ = ["accounts"]

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
    """Where the gateway is served for the browser."""
    sock = listen("127.0.0.1", 0)
    host, port = sock.getsockname()
    app = create_app(Clients(FakeRuntime()), accounts, replace(Settings(), port=port))
    app.register_blueprint(patterns)
    server = make_server(app, sock, Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://{host}:{port}"
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(server.close)
    thread.join(5)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh window in which nobody has signed in; a fault in the console fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 900})
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


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill("adviser07")
    page.get_by_label("Password").fill(DEMONSTRATION_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
