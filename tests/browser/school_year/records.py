"""A record of visit or the annual report: written by both sides, judged by a colleague, issued, and answered."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from services.visits.forms import Section, sections_of
from tests.browser.school_year.forms import act, follow, put, send
from tests.browser.school_year.visits import ADVISER
from tests.browser.school_year.year import Year

TITLES = {
    "1": "Record of visit 1",
    "2": "Record of visit 2",
    "3": "Record of visit 3",
    "ip": "Record of the IP day",
    "annual-report": "Annual report to governors",
}


def record(year: Year, person: str, document: str) -> Page:
    """A person's window, before a document of this year."""
    return follow(year.at(person, "Records"), TITLES[document])


def write_for_the_school(year: Year, document: str, texts: Mapping[str, str]) -> None:
    """The head writes the school's part."""
    page = record(year, "head", document)
    page.get_by_role("button", name="Write", exact=True).click()
    for section, text in texts.items():
        put(page, section, text)
    send(page, "Save")


def write(year: Year, document: str, texts: Mapping[str, str]) -> Page:
    """The adviser fills in what is demanded and empty, in these words where there are any, and hands it over."""
    page = record(year, ADVISER, document)
    page.get_by_role("button", name="Write", exact=True).click()
    for each in sections_of(document):
        if each.part == "adviser" and each.required:
            _fill(page, each, texts.get(each.title, f"{each.title}: as seen at the visit."))
    send(page, "Save and hand over")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hand over for quality assurance")
    send(page, "Hand over")
    expect(page.locator("strong.state")).to_have_text("With quality assurance")
    return page


def _fill(page: Page, section: Section, text: str) -> None:
    if section.choices:
        put(page, section.title, section.choices[0].capitalize())
    elif not page.get_by_label(section.title, exact=True).input_value():
        put(page, section.title, text)


def judge(year: Year, document: str) -> None:
    """A colleague finds every criterion met."""
    page = year.before("manager", "Quality assurance")
    page.get_by_role("link", name=TITLES[document]).click()
    for met in page.get_by_label("Met", exact=True).all():
        met.check()
    send(page, "Pass")
    expect(page.get_by_text("Nothing waits for quality assurance")).to_be_visible()


def issue(year: Year, document: str) -> None:
    """The adviser issues it, and the chair finds it among the school's records."""
    act(record(year, ADVISER, document), "Issue to head and chair", "Issue")
    page = record(year, "chair", document)
    expect(page.locator("strong.state")).to_have_text("Version 1")
    expect(page.get_by_text("to the headteacher and the chair of governors")).to_be_visible()


def answer_accurate(year: Year, document: str) -> Page:
    """The head finds it accurate."""
    page = record(year, "head", document)
    act(page, "Answer this record", "Send this answer", {"The record is": "Accurate"})
    expect(page.get_by_text("The head answered on")).to_contain_text("accurate")
    return page


def finish(year: Year, document: str, texts: Mapping[str, str]) -> Page:
    """All that follows a visit, a day apart: written, judged, issued and answered."""
    steps = (lambda: write(year, document, texts), lambda: judge(year, document), lambda: issue(year, document))
    for step in steps:
        step()
        year.next_day()
    return answer_accurate(year, document)
