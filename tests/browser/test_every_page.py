"""Every page of the service in a real browser, over a demonstration of a few schools: axe, keyboard, no script, 320
pixels, forced colours. A page that has no address in every_page.py fails the first test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window
from tests.browser.every_page import NO_PAGES, WATCHED, YEAR, Evening, evening
from tests.serving import served

PERSONAS = ("", "adviser", "head", "chair", "manager", "officer", "intervention", "dutymanager", "finance", "auditor")
WIDE: ViewportSize = {"width": 1200, "height": 900}
MISTAKES = {
    "adviser": [
        f"/schools/{WATCHED}/visits/{YEAR}/2/plan",
        f"/schools/{WATCHED}/actions/new/agree",
        f"/schools/{WATCHED}/concerns/new",
    ],
    "head": [f"/schools/{WATCHED}/services/order", f"/schools/{WATCHED}/rating/disagree"],
    "dutymanager": [f"/schools/{WATCHED}/calls/new", "/hours/holiday"],
    "manager": [f"/schools/{WATCHED}/people/appoint"],
    "finance": ["/finance/vat-codes/set"],
}
"""Forms that are sent as they stand, with something left out."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evening, str]]:
    with evening(tmp_path_factory.mktemp("every-page")) as staged, served(staged.app) as address:
        yield staged, address


def test_every_page_of_the_service_is_looked_at(shown: tuple[Evening, str]) -> None:
    routes = shown[0].app.url_map
    answered = {rule.endpoint for rule in routes.iter_rules() if "GET" in (rule.methods or ())}
    opened = {routes.bind("").match(path.partition("?")[0])[0] for paths in shown[0].pages.values() for path in paths}
    assert sorted(answered - opened - NO_PAGES) == []
    assert set(shown[0].pages) == set(PERSONAS)


@pytest.mark.parametrize("person", PERSONAS)
def test_every_page_stands_up(browser: Browser, shown: tuple[Evening, str], person: str) -> None:
    """By axe, by keyboard, at 320 pixels and in forced colours."""
    with window(browser, shown[1]) as page:
        if person:
            sign_in(page, person)
        for path in shown[0].pages[person]:
            page.set_viewport_size(WIDE)
            page.emulate_media(forced_colors="none")
            answer = page.goto(path)
            assert answer is not None, path
            assert answer.status == 200, path
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            _stands_up(page)


@pytest.mark.parametrize("person", PERSONAS)
def test_every_page_works_without_script(browser: Browser, shown: tuple[Evening, str], person: str) -> None:
    """Nothing that can be reached or answered is missing when no script runs."""
    with window(browser, shown[1]) as scripted, window(browser, shown[1], script=False) as plain:
        for page in (scripted, plain):
            if person:
                sign_in(page, person)
        for path in shown[0].pages[person]:
            assert _to_be_used(scripted, path) == _to_be_used(plain, path), path


@pytest.mark.parametrize("person", MISTAKES)
def test_a_form_with_a_mistake_stands_up_too(browser: Browser, shown: tuple[Evening, str], person: str) -> None:
    with window(browser, shown[1]) as page:
        sign_in(page, person)
        for path in MISTAKES[person]:
            page.set_viewport_size(WIDE)
            page.emulate_media(forced_colors="none")
            page.goto(path)
            page.locator("main form button").last.click()
            expect(page.locator(".govuk-error-summary")).to_be_focused()
            assert page.title().startswith("Error: "), path
            _stands_up(page)


def _stands_up(page: Page) -> None:
    _assert_reached_by_keyboard(page)
    assert_accessible(page)
    page.emulate_media(forced_colors="active")
    assert_accessible(page, rules=["color-contrast"])
    assert_fits(page)


def _assert_reached_by_keyboard(page: Page) -> None:
    """The first stop is the skip link, which leads into the content; from there on each press of Tab goes further, and
    what has the focus shows it."""
    if page.evaluate("document.activeElement === document.body"):  # an error summary takes the focus by itself
        page.keyboard.press("Tab")
        assert page.evaluate(_FOCUS)["words"] == "Skip to main content", page.url
    page.locator(".govuk-skip-link").press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content", page.url
    before = -1
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["place"] < 0:
            break
        assert focus["place"] > before, f"{page.url}: Tab goes back or stays at {focus['words']}"
        assert focus["seen"], f"{page.url}: nothing shows that {focus['words']} has the focus"
        before = focus["place"]


def _to_be_used(page: Page, path: str) -> list[str]:
    """The words of everything on a page that can be followed, pressed or filled in."""
    page.goto(path)
    found: list[str] = page.evaluate(_USABLE)
    return found


STEPS = 12
"""Presses of the Tab key on each page."""
_FOCUS = """() => {
  const it = document.activeElement
  const all = [...document.querySelectorAll('main *')]
  const style = getComputedStyle(it)
  const words = (it.labels?.[0]?.innerText || it.getAttribute('aria-label') || it.innerText || it.id).trim()
  const label = it.type === 'radio' || it.type === 'checkbox' || it.type === 'file'
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || label
  return {place: all.indexOf(it), words: words.split('\\n')[0], seen}
}"""
_USABLE = """() => [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea')]
  .filter(it => it.checkVisibility() && it.type !== 'hidden')
  .map(it => it.tagName + ' ' + (it.name || it.innerText).trim())"""
