"""The autumn: visit 1 with the targets and its record, the IP day, and visit 4, which leaves no record."""

from datetime import date, time

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import act, fact, follow, put, put_all, send, table
from tests.browser.school_year.records import TITLES, finish, write_for_the_school
from tests.browser.school_year.visits import ADVISER, confirm, hold, plan, put_agenda, visit
from tests.browser.school_year.year import Year
from tests.platform import SCHOOL

VISIT_1, IP_DAY, VISIT_4 = date(2011, 10, 18), date(2011, 11, 9), date(2011, 11, 24)
FOCUS, OTHER_FOCUS = "Writing in Year 4", "Writing across the school"
AGENDA = [
    ("Actions since the last visit", "45", "The programme"),
    ("What the data ask", "75", "The authority"),
    (FOCUS, "60", "The school"),
]
COUNTER = "We would rather look at writing across the school than at one year group."
COHORT = 2013
LEVEL_4 = "Level 4 or above in English and maths together"


def autumn(year: Year) -> None:
    _planned(year)
    _visit_1(year)
    _targets(year)
    _record_1(year)
    _ip_day(year)
    _visit_4(year)


def _planned(year: Year) -> None:
    year.on(date(2011, 9, 13))
    for name, day in {"1": VISIT_1, "ip": IP_DAY, "4": VISIT_4}.items():
        page = plan(year, name, day)
    expect(page.get_by_text("There is no agenda and no record of this visit here")).to_be_visible()
    confirm(year, "4")

    put_agenda(visit(year, ADVISER, "1"), "Put an agenda forward", AGENDA)
    year.on(date(2011, 9, 15))
    head = visit(year, "head", "1")
    expect(fact(head, "Next")).to_contain_text("Headteacher")
    put_agenda(head, "Answer with another agenda", [*AGENDA[:2], (OTHER_FOCUS, *AGENDA[2][1:])], COUNTER)
    year.on(date(2011, 9, 16))
    page = visit(year, ADVISER, "1")
    expect(page.get_by_text(f"version 2: “{COUNTER}”")).to_be_visible()
    act(page, "Agree the agenda", "Agree this agenda")
    agreed = [item[0] for item in table(page, "Agenda, 180 minutes")]
    assert agreed == ["Actions since the last visit", "What the data ask", OTHER_FOCUS]
    confirm(year, "1")

    papers = {"Papers, each on a line of its own": "The school's own analysis of its results", "Due on": date(2011, 10, 11)}
    act(page, "Ask for papers", "Ask for these papers", papers)
    year.on(date(2011, 10, 12))
    came = {"Paper": "The school's own analysis", "It came on": date(2011, 10, 12)}
    act(page, "Record a paper that came", "Record this paper", came)
    assert table(page, "Papers asked for before the visit") == [
        ["The school's own analysis of its results", "11 October 2011", "12 October 2011, 1 day late"]
    ]
    expect(fact(page, "State")).to_have_text("Papers received")
    assert_accessible(page)


def _visit_1(year: Year) -> None:
    year.on(date(2011, 10, 14))
    write_for_the_school(year, "1", {"What our data tell us": "Reading is strong; writing fell in Years 3 and 4."})
    year.on(VISIT_1, time(12, 30))
    hold(year, "1", VISIT_1)


def _targets(year: Year) -> None:
    """Final targets the same day; the governing body sanctions them a month later."""
    page = year.at("head", "Targets")
    follow(page, f"Propose targets for {COHORT}")
    for group, count, size in (("All pupils", "22", "28"), ("Pupils with free school meals", "5", "8")):
        row = page.get_by_role("group", name=f"{group}, {LEVEL_4}", exact=True)
        put_all(row, {"Pupils to reach it": count, "Pupils in the group": size})
    put(page, "Attendance in per cent", "95.5")
    put(page, "These targets are", "Final, to be agreed")
    send(page, "Propose these targets")

    page = year.at(ADVISER, "Targets")
    comment = {"The target is": "Suitable", "Comment": "In line with the estimates."}
    act(page, f"Comment on {LEVEL_4}, All pupils", "Save this comment", comment)
    for person in ("head", "chair", ADVISER):
        page = year.at(person, "Targets")
        act(page, "Agree these targets", "Agree these targets")
    expect(page.get_by_text("They wait for the governing body.")).to_be_visible()

    year.on(date(2011, 11, 17))
    page = year.at("chair", "Targets")
    meeting = {"Day of the governing body's meeting": date(2011, 11, 16)}
    act(page, "Record that the governing body sanctioned them", "Record the sanction", meeting)
    signed = page.locator("ol.signoff > li")
    agreed = "Agreed on 18 October 2011"
    expect(signed).to_contain_text([agreed, agreed, agreed, "Sanctioned on 16 November 2011"])
    first, second, *_ = table(page, f"Sanctioned, not statutory: targets for {COHORT}, version 1")
    assert "79%" in first[1] or "78.6%" in first[1], first
    assert "In line with the estimates." in first[8]
    assert "63%" in second[1] or "62.5%" in second[1], second
    assert_accessible(page)


def _record_1(year: Year) -> None:
    texts = {"Key recommendations": "Look at writing in every year group each half term."}
    page = finish(year, "1", date(2011, 11, 18), texts)
    expect(page.get_by_text("Reading is strong; writing fell in Years 3 and 4.")).to_be_visible()
    expect(page.get_by_text(texts["Key recommendations"])).to_be_visible()
    assert_accessible(page)


def _ip_day(year: Year) -> None: ...


def _visit_4(year: Year) -> None: ...
