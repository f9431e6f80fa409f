"""What is done about every visit: planned, its agenda and papers settled, held."""

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.school_year.forms import act, fact, follow, put, put_all, send
from tests.browser.school_year.year import Year

ADVISER = "adviser-2"
TITLES = {
    "1": "Visit 1: data analysis and target setting",
    "2": "Visit 2: self-evaluation",
    "3": "Visit 3: challenge, monitoring and support",
    "4": "Visit 4: support for the headteacher's performance management",
    "ip": "IP day",
}
Item = tuple[str, str, str]
"""What it is about, the minutes, and who asks for it."""
MORNING, AFTERNOON = ("9:00", "12:00"), ("13:00", "15:00")


def visit(year: Year, person: str, name: str) -> Page:
    """A person's window, before the page of a visit of this year."""
    return follow(year.at(person, "Visits"), TITLES[name])


def plan(year: Year, name: str, day: date) -> Page:
    """The adviser plans a visit for one morning, or for morning and afternoon if it is the IP day."""
    page = visit(year, ADVISER, name)
    follow(page, "Plan a date")
    _sit(page.get_by_role("group", name="When", exact=True), day, MORNING)
    if name == "ip":
        _sit(page.get_by_role("group", name="Second part, if the visit is split"), day, AFTERNOON)
    send(page, "Plan this visit")
    expect(fact(page, "State")).to_contain_text("Planned")
    expect(fact(page, "Planned for")).to_contain_text(f"{day.day} {day:%B %Y}, 9:00am to 12:00pm")
    return page


def _sit(form: Locator, day: date, hours: tuple[str, str]) -> None:
    put_all(form, {"Day": day, "Begins at": hours[0], "Ends at": hours[1]})


def put_agenda(page: Page, link: str, items: list[Item], words: str = "") -> None:
    """Put an agenda forward, or answer with another in these words."""
    follow(page, link)
    for number, (about, minutes, source) in enumerate(items, 1):
        row = page.get_by_role("group", name=f"Item {number}", exact=True)
        put_all(row, {"What it is about": about, "Minutes": minutes, "Asked for by": source})
    if words:
        put(page, "Why it should be different", words)
    send(page, "Send this agenda" if words else "Put this agenda forward")


def confirm(year: Year, name: str) -> None:
    page = visit(year, "head", name)
    act(page, "Confirm the visit", "Confirm this visit")
    expect(fact(page, "State")).to_contain_text("Confirmed")


def agree_and_confirm(year: Year, name: str) -> None:
    """The head agrees the agenda as it was put forward, and confirms the visit."""
    act(visit(year, "head", name), "Agree the agenda", "Agree this agenda")
    confirm(year, name)


def hold(year: Year, name: str, day: date) -> None:
    """Head and chair took part; the form begins with the day and the hours that were planned."""
    page = visit(year, ADVISER, name)
    follow(page, "Record that it took place")
    chair = page.get_by_role("group", name="Person 2", exact=True)
    put_all(chair, {"Role": "Chair of governors", "Was there for": "Part of it"})
    send(page, "Record this visit")
    expect(fact(page, "Held on")).to_contain_text(f"{day.day} {day:%B %Y}")
    expect(fact(page, "Took part")).to_contain_text("Chair of governors (part of it)")
    expect(fact(page, "Took part")).to_contain_text("Governors took part")
