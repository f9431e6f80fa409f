"""The autumn: visit 1 with the targets and its record, the IP day, and visit 4, which leaves no record."""

from datetime import date, time

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.school_year.forms import act, fact, follow, put, put_all, send, table
from tests.browser.school_year.records import finish, write_for_the_school
from tests.browser.school_year.visits import ADVISER, agree_and_confirm, confirm, hold, plan, put_agenda, visit
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
ANALYSIS = "Reading is strong; writing fell in Years 3 and 4."
COHORT = 2013
LEVEL_4 = "Level 4 or above in English and maths together"
COMMENT = "In line with the estimates."
IP_AGENDA = [
    ("Pupil achievement and outcomes", "The authority"),
    ("Early reading", "The school"),
    ("Learning walk", "The school"),
]
LOG = "Those who took part find their log here"
MEETINGS = {
    "Meeting with the headteacher": ("13:00", "14:00"),
    "Meeting with the governors": ("14:00", "15:00"),
    "Meeting with headteacher and governors": ("15:00", "16:00"),
}


def visit_1(year: Year) -> None:
    """September and October: the visit negotiated, held and recorded."""
    _planned(year)
    _held(year)
    _targets(year)
    _record(year)


def autumn(year: Year) -> None:
    """November: the IP day, the governing body's word on the targets, and visit 4."""
    _ip_day(year)
    _sanctioned(year)
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

    papers = {
        "Papers, each on a line of its own": "The school's own analysis of its results",
        "Due on": date(2011, 10, 11),
    }
    act(page, "Ask for papers", "Ask for these papers", papers)
    year.on(date(2011, 10, 12))
    came = {"Paper": "The school's own analysis", "It came on": date(2011, 10, 12)}
    act(page, "Record a paper that came", "Record this paper", came)
    assert table(page, "Papers asked for before the visit") == [
        ["The school's own analysis of its results", "11 October 2011", "12 October 2011, 1 day late"]
    ]
    expect(fact(page, "State")).to_have_text("Papers received")
    assert_accessible(page)


def _held(year: Year) -> None:
    year.on(date(2011, 10, 14))
    write_for_the_school(year, "1", {"What our data tell us": ANALYSIS})
    year.on(VISIT_1, time(12, 30))
    hold(year, "1", VISIT_1)


def _targets(year: Year) -> None:
    """Final targets the same day: proposed by the head, commented on by the adviser, agreed by all three."""
    page = year.at("head", "Targets")
    follow(page, f"Propose targets for {COHORT}")
    measure = page.get_by_role("group", name=LEVEL_4, exact=True)
    for pupils, reach, of in (("All pupils", "21", "28"), ("Pupils with free school meals", "5", "8")):
        put_all(measure.get_by_role("group", name=pupils), {"Pupils to reach it": reach, "Pupils in the group": of})
    put(page, "Attendance in per cent", "95.5")
    put(page, "These targets are", "Final, to be agreed")
    send(page, "Propose these targets")

    page = year.at(ADVISER, "Targets")
    comment = {"The target is": "Suitable", "Comment": COMMENT}
    act(page, f"Comment on {LEVEL_4}, All pupils", "Save this comment", comment)
    for person in ("head", "chair", ADVISER):
        page = year.at(person, "Targets")
        act(page, "Agree these targets", "Agree these targets")
    expect(page.get_by_text("They wait for the governing body.")).to_be_visible()


def _record(year: Year) -> None:
    year.on(date(2011, 10, 19))
    recommend = "Look at writing in every year group each half term."
    page = finish(year, "1", {"Key recommendations": recommend})
    expect(page.get_by_text(ANALYSIS)).to_be_visible()
    expect(page.get_by_text(recommend)).to_be_visible()
    assert_accessible(page)


def _ip_day(year: Year) -> None:
    """The day's three parts stand in the form already, with the minutes that the guidance names."""
    year.on(date(2011, 10, 31))
    page = visit(year, ADVISER, "ip")
    follow(page, "Put an agenda forward")
    for number, (about, source) in enumerate(IP_AGENDA, 1):
        item = page.get_by_role("group", name=f"Item {number}", exact=True)
        put_all(item, {"What it is about": about, "Asked for by": source})
    send(page, "Put this agenda forward")
    assert [item[1] for item in table(page, "Agenda, 300 minutes")] == ["120", "90", "90"]
    agree_and_confirm(year, "ip")
    year.on(IP_DAY, time(15, 30))
    hold(year, "ip", IP_DAY)
    year.next_day()
    finish(year, "ip", {})


def _sanctioned(year: Year) -> None:
    year.on(date(2011, 11, 17))
    page = year.at("chair", "Targets")
    meeting = {"Day of the governing body's meeting": date(2011, 11, 16)}
    act(page, "Record that the governing body sanctioned them", "Record the sanction", meeting)
    agreed = "Agreed on 18 October 2011"
    expect(page.locator("ol.signoff > li")).to_contain_text(
        [f"Headteacher {agreed}", f"Chair of governors {agreed}", f"Adviser {agreed}", "Sanctioned on 16 November 2011"]
    )
    all_pupils, free_meals, attendance = table(page, f"Sanctioned, not statutory: targets for {COHORT}, version 1")
    assert "21 of 28" in all_pupils[1]
    assert COMMENT in all_pupils[8]
    assert "5 of 8" in free_meals[1]
    assert "95.5" in attendance[1]
    assert_accessible(page)


def _visit_4(year: Year) -> None:
    """Three meetings and a form about the service; nowhere is there a record to begin."""
    year.on(VISIT_4, time(16, 30))
    page = year.at(ADVISER, "Records")
    assert not page.get_by_role("link", name="visit 4").count()
    answer = page.goto(f"/schools/{SCHOOL}/records/2011/4/edit")
    assert answer
    assert answer.status == 404
    page.go_back()
    page = visit(year, ADVISER, "4")
    expect(page.locator("main a[href*='/records/']")).to_have_count(0)

    follow(page, LOG)
    page.get_by_role("button", name="Log visit 4").click()
    put(page, "On which day", "24 November 2011")
    for meeting, (starts, ends) in MEETINGS.items():
        put_all(page, {f"{meeting} starts at": starts, f"{meeting} ends at": ends})
    reviewers = {"How many governors reviewed": "2", "Was one of them a foundation governor": "Yes"}
    put_all(page, reviewers | {"Was the chair of governors there": "Yes"})
    send(page, "Log this visit")
    assert [row[:3] for row in table(page, "The three meetings")] == [
        [meeting, *hours] for meeting, hours in MEETINGS.items()
    ]
    act(page, "Leave the feedback form", "The form was left with the governors")

    year.on(date(2011, 12, 1))
    page = follow(visit(year, "chair", "4"), LOG)
    page.get_by_role("button", name="Return the feedback form").click()
    for score in page.get_by_label("4", exact=True).all():
        score.check()
    send(page, "Return this form")
    expect(fact(page, "Feedback form")).to_have_text("Returned")
    page = follow(visit(year, "manager", "4"), LOG)
    expect(fact(page, "Took place")).to_have_text("24 November 2011")
    expect(page.get_by_text("Only those who took part see more than the day.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
