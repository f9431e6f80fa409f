"""Pages as people use them: links followed and forms answered by their words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

Said = str | date
"""An answer on a form: a day, or what is typed or chosen."""


def follow(page: Page, link: str) -> Page:
    page.get_by_role("link", name=link, exact=True).first.click()
    return page


def act(page: Page, link: str, button: str, said: Mapping[str, Any] | None = None) -> None:
    """Follow a link to a form, answer its questions, and send it."""
    page.get_by_role("link", name=link, exact=True).or_(page.get_by_role("button", name=link, exact=True)).click()
    put_all(page, said or {})
    send(page, button)


def send(page: Page, button: str) -> None:
    """Press the button; what is wrong with the form fails the test in the page's own words."""
    page.get_by_role("button", name=button, exact=True).click()
    problem = page.locator(".govuk-error-summary")
    assert not problem.count(), problem.inner_text()
    expect(page.get_by_role("alert")).to_contain_text("Saved")


def put_all(form: Page | Locator, said: Mapping[str, Any]) -> None:
    for question, answer in said.items():
        put(form, question, answer)


def put(form: Page | Locator, question: str, said: Said) -> None:
    """Answer one question: a day in its three boxes, a choice by its words, anything else typed."""
    group = form.get_by_role("group", name=question, exact=True)
    if isinstance(said, date):
        for part, number in (("Day", said.day), ("Month", said.month), ("Year", said.year)):
            group.get_by_label(part, exact=True).fill(str(number))
    elif group.count():
        group.get_by_label(said, exact=True).check()
    else:
        box = form.get_by_label(question, exact=True)
        if box.evaluate("it => it.tagName") == "SELECT":
            box.select_option(box.locator("option", has_text=said).get_attribute("value"))
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
