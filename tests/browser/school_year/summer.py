"""The summer: Ofsted calls and visit 3 waits for the inspectors, then takes place; the annual report ends the year."""

from datetime import date, time

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import fact, put_all, send
from tests.browser.school_year.records import finish, record
from tests.browser.school_year.visits import ADVISER, agree_and_confirm, confirm, hold, plan, put_agenda, visit
from tests.browser.school_year.year import Year

FIRST_DAY, VISIT_3 = date(2012, 5, 16), date(2012, 6, 12)
"""The day for which visit 3 was planned, and the day on which it was held."""
AGENDA = [("Actions since the last visit", "90", "The programme"), ("Books of Years 3 and 4", "90", "The school")]
IMPACT = "Three in four pupils of Year 4 now write at length."


def summer(year: Year) -> None:
    _inspected(year)
    _visit_3(year)
    _annual_report(year)


def _inspected(year: Year) -> None:
    year.on(date(2012, 4, 17))
    put_agenda(plan(year, "3", FIRST_DAY), "Put an agenda forward", AGENDA)
    agree_and_confirm(year, "3")

    year.on(date(2012, 5, 14), time(12, 30))
    page = year.before("duty", "Duty desk")
    page.get_by_label("School that calls").fill("aldb")
    page.get_by_role("button", name="Ofsted call", exact=True).click()
    days = {"First day in the school": date(2012, 5, 15), "Last day in the school": date(2012, 5, 16)}
    put_all(page, {**days, "Name of the caller": "The headteacher", "When Ofsted told the school": "11:45am"})
    send(page, "Record the call and tell the adviser")
    expect(fact(page, "Link Adviser").first).to_contain_text("Adviser-2 told 14 May 2012 at 12:30pm")

    page = year.before("duty", "Duty desk")
    send(page, "Manager contacted about Aldborough Primary School")
    year.on(date(2012, 5, 14), time(12, 40))
    page = year.before("duty-manager", "Duty desk")
    expect(page.get_by_text("Not confirmed for 10 minutes")).to_be_visible()
    assert_accessible(page)
    send(page, "I was contacted about Aldborough Primary School")
    expect(page.get_by_text("Not confirmed for")).to_have_count(0)


def _visit_3(year: Year) -> None:
    page = year.before(ADVISER, "Your day")
    inspection = page.get_by_role("row").filter(has_text="15 May 2012 to 16 May 2012")
    expect(inspection).to_contain_text("Aldborough Primary School")
    expect(fact(visit(year, ADVISER, "3"), "State")).to_contain_text("On hold for an inspection until 16 May 2012")

    year.on(date(2012, 5, 18))
    page = plan(year, "3", VISIT_3)
    expect(page.get_by_text("Agreed by the")).to_be_visible()
    confirm(year, "3")
    year.on(VISIT_3, time(12, 30))
    hold(year, "3", VISIT_3)
    year.next_day()
    finish(year, "3", {"Impact on pupils": IMPACT})


def _annual_report(year: Year) -> None:
    """It begins with what the records of the year say."""
    year.on(date(2012, 6, 20))
    page = record(year, ADVISER, "annual-report")
    page.get_by_role("button", name="Write", exact=True).click()
    begun = page.get_by_label("Improvement planning and initiatives", exact=True)
    assert f"From the record of visit 3:\n{IMPACT}" in begun.input_value()
    page = finish(year, "annual-report", {})
    expect(page.get_by_text(IMPACT)).to_be_visible()
