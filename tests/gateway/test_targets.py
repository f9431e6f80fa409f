"""A school's targets on its page: proposed, commented, agreed and sanctioned by those whose part it is."""

import pytest

from tests.gateway.county import County
from tests.gateway.programme_school import ProgrammeSchool, academic_year, programme_school
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser

COHORT = academic_year(in_days(0)) + 2
ROWS = {
    "targets.0.count": "24",
    "targets.0.cohort_size": "30",
    "targets.0.estimate": "78",
    "targets.0.actions": "Reading",
}
ABSENCE_ROW = 15
"""The row of attendance: after five measures of three groups each."""
FEW = {"targets.1.count": "2", "targets.1.cohort_size": "5"}
PROVISIONAL, FINAL = {"provisional": "true"}, {"provisional": "false"}


@pytest.fixture(scope="module")
def school(county: County) -> ProgrammeSchool:
    return programme_school(county, 61)


def address(school: ProgrammeSchool, rest: str = "") -> str:
    return f"/schools/{school.urn}/targets" + rest


def propose(school: ProgrammeSchool, cohort: int, **rows: str) -> None:
    sent = school.head.fill_in(address(school, f"/{cohort}/propose"), **rows)
    assert (sent.status_code, sent.location) == (303, address(school, f"?cohort={cohort}")), words(sent.text)


def act(browser: Browser, school: ProgrammeSchool, cohort: int, name: str, version: int = 1, **typed: str) -> None:
    sent = browser.fill_in(address(school, f"/{cohort}/version-{version}/{name}"), **typed)
    assert sent.status_code == 303, words(sent.text)


def shown(browser: Browser, school: ProgrammeSchool, cohort: int) -> str:
    page = browser.open(address(school, f"?cohort={cohort}"))
    assert page.status_code == 200
    return page.text


def test_before_any_are_proposed_the_page_says_what_to_do(school: ProgrammeSchool) -> None:
    page = words(shown(school.head, school, 2030))
    assert "No targets for 2030 have been proposed yet. Propose targets for 2030." in page
    assert "The headteacher proposes them in the autumn term" in words(shown(school.chair, school, 2030))


def test_a_target_from_the_head_to_the_governing_body(school: ProgrammeSchool) -> None:
    propose(school, COHORT, **ROWS, **PROVISIONAL)
    page = words(shown(school.chair, school, COHORT))
    assert "Provisional Not statutory" in page
    assert "Nobody has agreed them" in page
    opened = school.head.open(address(school, f"/{COHORT}/propose")).text
    assert 'name="targets.0.count" type="text" spellcheck="false" value="24"' in opened
    propose(school, COHORT, **ROWS, **FINAL)
    act(school.adviser, school, COHORT, "agree", 2)
    act(school.head, school, COHORT, "agree", 2)
    assert "Not sanctioned yet" in words(shown(school.head, school, COHORT))
    act(school.chair, school, COHORT, "agree", 2)
    assert "They wait for the governing body" in words(shown(school.head, school, COHORT))
    act(school.chair, school, COHORT, "sanction", 2, **typed("meeting", in_days(0)))
    page = words(shown(school.head, school, COHORT))
    assert "Sanctioned Not statutory" in page
    assert "Headteacher Agreed on" in page
    assert "Headteacher of" in page
    assert "Adviser 07" in page
    assert "Version 1, proposed on" in page


def test_nobody_can_mistake_a_provisional_or_non_statutory_target(school: ProgrammeSchool) -> None:
    propose(school, COHORT - 1, **ROWS, **PROVISIONAL)
    for browser in (school.head, school.chair, school.adviser):
        page = shown(browser, school, COHORT - 1)
        rows = table(page, f"Provisional, not statutory: targets for {COHORT - 1}, version 1")
        assert rows[0][1] == "TargetProvisional, not statutory"
        assert "No law makes them statutory" in words(page)


def test_each_target_stands_beside_what_it_is_compared_with(school: ProgrammeSchool) -> None:
    propose(school, COHORT - 1, **ROWS, **FEW, **PROVISIONAL)
    rows = table(
        shown(school.head, school, COHORT - 1), f"Provisional, not statutory: targets for {COHORT - 1}, version 2"
    )
    whole, few = rows[1], rows[2]
    assert whole[0] == "Expected standard in reading, writing and mathsAll pupils"
    assert whole[1] == "80% (24 of 30 pupils) Actions: Reading"
    assert "% in 2018 (" in whole[2]
    assert "%" in whole[3]
    assert "%" in whole[4]
    assert whole[5] == "78%"
    assert "set on " in whole[7]
    assert few[1:3] == ["40% (2 of 5 pupils)", "not by group"]


def test_tr7_outsiders_see_that_a_small_group_is_suppressed(school: ProgrammeSchool, county: County) -> None:
    propose(school, COHORT - 1, **ROWS, **FEW, **PROVISIONAL)
    page = shown(county.visit("officer"), school, COHORT - 1)
    assert "suppressed: small group" in page
    assert "2 of 5" not in page
    assert "fewer than six pupils" in page


def test_tr4_attendance_below_a_limit_asks_for_a_reason_in_its_box(school: ProgrammeSchool) -> None:
    limits = school.adviser.fill_in(address(school, f"/{COHORT - 2}/absence-limits"), similar_schools="5.2")
    assert limits.status_code == 303
    attendance = {f"targets.{ABSENCE_ROW}.percentage": "94.5", **FINAL}
    refused = school.head.fill_in(address(school, f"/{COHORT - 2}/propose"), **attendance)
    assert refused.status_code == 422
    assert f'<a href="#targets.{ABSENCE_ROW}.explanation">' in refused.text
    assert "the median of schools with similar FSM (5.2%)" in refused.text
    assert 'value="94.5"' in refused.text
    explained = {**attendance, f"targets.{ABSENCE_ROW}.explanation": "Two families of travellers"}
    propose(school, COHORT - 2, **explained)
    page = words(shown(school.head, school, COHORT - 2))
    assert "94.5% Why it is not better: Two families of travellers" in page
    assert "Median of schools with similar FSM 94.8%" in page
    assert "Late" in page


def test_a_mistake_is_said_at_its_row_and_what_was_typed_stays(school: ProgrammeSchool) -> None:
    later = {"targets.6.count": "31", "targets.6.cohort_size": "30"}
    page = school.head.fill_in(address(school, f"/{COHORT}/propose"), **ROWS, **later, **FINAL)
    assert page.status_code == 422
    assert '<a href="#targets.6.count">31 of 30 pupils is more than there are.</a>' in page.text
    assert 'value="31"' in page.text
    nothing = school.head.fill_in(address(school, f"/{COHORT}/propose"), **FINAL)
    assert "Enter at least one target" in nothing.text


def test_the_adviser_comments_on_one_target(school: ProgrammeSchool) -> None:
    cohort = COHORT - 2
    propose(school, cohort, **{f"targets.{ABSENCE_ROW}.percentage": "95.5"}, **PROVISIONAL)
    version = len(school.county.ask("visits.SchoolTargets", urn=school.urn)[-1].versions)
    about = f"/{cohort}/version-{version}/comment?measure=ABSENCE&group=all"
    unsaid = school.adviser.fill_in(address(school, about), suitability="not_challenging")
    assert unsaid.status_code == 422
    assert '<a href="#comment">Say why the target is not suitable.</a>' in unsaid.text
    said = school.adviser.fill_in(address(school, about), suitability="not_challenging", comment="Aim for 96%")
    assert said.status_code == 303
    page = shown(school.head, school, cohort)
    assert "Not challenging enough. Aim for 96%" in words(page)
    assert "/comment?" not in page


def test_agreeing_to_a_version_that_was_changed_meanwhile_is_refused(school: ProgrammeSchool) -> None:
    propose(school, COHORT - 2, **ROWS, **FINAL)
    stale = school.chair.fill_in(address(school, f"/{COHORT - 2}/version-1/agree"))
    assert stale.status_code == 422
    assert "The targets were changed since" in stale.text


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("dutymanager", "/version-1/agree"),
        ("auditor", "/version-1/sanction"),
        ("officer", "/version-1/comment?measure=ABSENCE&group=all"),
    ],
)
def test_others_may_look_and_not_touch(school: ProgrammeSchool, username: str, path: str) -> None:
    browser = school.county.visit(username)
    page = shown(browser, school, COHORT)
    for name in ("propose", "agree", "sanction", "comment?"):
        assert f"/{name}" not in page
    answers = {"suitability": "suitable", **typed("meeting", in_days(0))}
    refused = browser.fill_in(address(school, f"/{COHORT}{path}"), **answers)
    assert refused.status_code == 403


def test_there_is_no_other_act_and_no_measure_of_another_age(school: ProgrammeSchool) -> None:
    assert school.head.open(address(school, f"/{COHORT}/version-1/delete")).status_code == 404
    assert school.head.open(address(school, "/1999/propose")).status_code in (400, 404)
