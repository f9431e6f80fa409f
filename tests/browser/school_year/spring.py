"""The spring: a self-evaluation form two days late, one grade without agreement, and a concern."""

from datetime import date, time

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import act, fact, follow, put_all, send, table
from tests.browser.school_year.records import finish
from tests.browser.school_year.visits import ADVISER, agree_and_confirm, hold, plan, put_agenda
from tests.browser.school_year.year import Year

VISIT_2 = date(2012, 2, 28)
AGENDA = [("Our self-evaluation", "90", "The programme"), ("Teaching of writing", "90", "The school")]
TEACHING = "Quality of teaching"
SCHOOL_SAYS = "Our own checks of teaching over two years say so."
ADVISER_SAYS = "What I saw in two of six classes is not yet what the framework asks for that grade."
SEEN = "Writing has not moved on since the autumn and the plan for it has not begun."
TOLD_ON = date(2012, 3, 1)
"""The day after the concern was observed and the day before the team was alerted."""


def spring(year: Year) -> None:
    _form_came_late(year)
    _visit_2(year)
    _concern(year)
    year.on(date(2012, 3, 6))
    finish(year, "2", {})


def _form_came_late(year: Year) -> None:
    year.on(date(2012, 1, 9))
    put_agenda(plan(year, "2", VISIT_2), "Put an agenda forward", AGENDA)
    agree_and_confirm(year, "2")
    page = year.at("head", "Self-evaluation")
    expect(fact(page, "State")).to_have_text("Due by 14 February 2012, 36 days left")

    year.on(date(2012, 2, 16))
    page = year.at("head", "Self-evaluation")
    expect(fact(page, "State")).to_contain_text("2 days overdue")
    act(page, "Record that the form came", "Record it", {"On which day it came": date(2012, 2, 16)})
    late = "Received on 16 February 2012, 2 days late: it was due by 14 February 2012"
    expect(fact(page, "State")).to_have_text(late)
    for heading in ("Achievement", TEACHING):
        said = {"Grade": "Good", "Evidence": "Our checks of two years."}
        _grade(page, f"Give the school's own grade, {heading}", "Save the school's grade", said)


def _visit_2(year: Year) -> None:
    year.on(VISIT_2, time(12, 30))
    hold(year, "2", VISIT_2)
    page = year.at(ADVISER, "Self-evaluation")
    _grade(page, "Record the agreed grade, Achievement", "Save the agreed grade", {"Grade": "Good"})
    disagreement = {
        "The adviser's grade": "Satisfactory",
        "The school's view, in its own words": SCHOOL_SAYS,
        "The adviser's view": ADVISER_SAYS,
    }
    _grade(page, f"Record a disagreement, {TEACHING}", "Save both texts", disagreement)

    page = year.at("chair", "Self-evaluation")
    grades = {row[0]: row[1:] for row in table(page, "Visit 2: the three grades, none in place of another")}
    assert [cell.split("\n")[0] for cell in grades["Achievement"][:2]] == ["Good", "Good"]
    assert grades[TEACHING][3] == "Yes: both views below"
    both = page.get_by_role("region", name=f"No agreement on {TEACHING}")
    for words in ("The school says Good", SCHOOL_SAYS, "The adviser says Satisfactory", ADVISER_SAYS):
        expect(both).to_contain_text(words)
    assert_accessible(page)


def _grade(page: Page, link: str, button: str, said: dict[str, str]) -> None:
    page.get_by_role("link", name=f"{link}, Visit 2").click()
    put_all(page, said)
    send(page, button)


def _concern(year: Year) -> None:
    """Observed on the day after the visit, told on the next, and only then alerted."""
    year.on(date(2012, 2, 29))
    page = year.at(ADVISER, "Concerns and rating")
    noted = {
        "Which aspect of the school’s work": TEACHING,
        "When it was observed": VISIT_2,
        "What was seen": SEEN,
    }
    act(page, "Note a concern", "Note this concern", noted)
    none = "There is no concern about this school that you can open"
    expect(year.at("head", "Concerns and rating").get_by_text(none)).to_be_visible()

    year.on(TOLD_ON)
    told = {
        "Who was told": "The headteacher and the chair of governors",
        "On which day": "1 March 2012",
        "At what time": "9:15",
        "How": "Telephone",
    }
    act(_concern_of(year, ADVISER), "Tell the school", "Save that the school was told", told)
    head = _concern_of(year, "head")
    expect(head.get_by_text("Headteacher and chair of governors, telephone, 1 March 2012 at 9:15am")).to_be_visible()
    expect(head.get_by_text(SEEN)).to_have_count(0)

    year.on(date(2012, 3, 2))
    page = _concern_of(year, ADVISER)
    act(page, "Alert the Achievement and Intervention team", "Alert the team now")
    expect(fact(page, "Team alerted")).to_contain_text("after the school was told")

    year.on(date(2012, 3, 5))
    page = year.before("team", "Concerns")
    expect(page.get_by_text("1 alert not acknowledged yet")).to_be_visible()
    follow(page, f"Aldborough Primary School: {TEACHING}")
    act(page, "Acknowledge the alert", "Acknowledge")
    expect(fact(page, "How far")).to_have_text("Acknowledged: not decided yet")
    assert_accessible(page)


def _concern_of(year: Year, person: str) -> Page:
    return follow(year.at(person, "Concerns and rating"), TEACHING)
