"""A school's self-evaluation on its page, and the forms of the county."""

from datetime import date
from typing import Any

import pytest

from tests.gateway.county import County
from tests.gateway.programme_school import ProgrammeSchool, academic_year, programme_school
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed

YEAR = academic_year(in_days(30))
HEADING = "Inclusion"
"""A heading of the framework in force since November 2025."""


@pytest.fixture(scope="module")
def school(county: County) -> ProgrammeSchool:
    """Visit 2 is in thirty days, so the form is due in sixteen."""
    school = programme_school(county, 62)
    plan(school, in_days(30))
    return school


def plan(school: ProgrammeSchool, day: date) -> None:
    sittings = [{"day": day.isoformat(), "starts": "09:00", "ends": "12:00"}]
    school.do("scheduling.PlanVisit", by="demo-manager", because="Agreed", year=YEAR, visit="2", sittings=sittings)
    # The rule asks for the form a moment later; asked for here as well, it is asked for once, and now.
    asked = {"visit_day": day.isoformat(), "booked_on": in_days(0).isoformat()}
    school.county.record("visits.SetSefDue", urn=school.urn, year=YEAR, **asked)


def address(school: ProgrammeSchool, rest: str = "") -> str:
    return f"/schools/{school.urn}/self-evaluation" + rest


def grading(name: str) -> str:
    return f"/{YEAR}/2/{HEADING}/{name}"


def test_the_page_counts_down_to_the_day(school: ProgrammeSchool) -> None:
    page = words(school.head.open(address(school, f"?year={YEAR}")).text)
    assert "Due by" in page
    assert "16 days left" in page
    assert "Two weeks before the visit" in page


def test_without_a_date_of_visit_2_nothing_is_due(school: ProgrammeSchool) -> None:
    page = words(school.head.open(address(school, f"?year={YEAR - 3}")).text)
    assert "Nothing is due yet" in page


def test_gr1_three_grades_stand_side_by_side(school: ProgrammeSchool) -> None:
    own = {"grade": "Strong standard", "evidence": "Books of year 5"}
    assert school.head.fill_in(address(school, grading("own")), **own).status_code == 303
    agreed = school.adviser.fill_in(address(school, grading("agreed")), grade="Expected standard")
    assert agreed.status_code == 303
    manager = school.county.visit("manager")
    la = manager.fill_in(address(school, grading("authority")), grade="Needs attention", rationale="Three years")
    assert la.status_code == 303
    page = school.chair.open(address(school, f"?year={YEAR}")).text
    row = table(page, "Visit 2: the three grades, none in place of another")[1]
    assert row[0] == HEADING
    assert [cell.split(str(in_days(0).day))[0].strip() for cell in row[1:4]] == [
        "Strong standard",
        "Expected standard",
        "Needs attention",
    ]
    assert "Books of year 5" in row[1]
    assert "1 grade below the school’s own" in row[2]
    assert "frameworks are never compared" in words(page)
    changed = school.adviser.fill_in(address(school, grading("agreed")), grade="Strong standard")
    assert changed.status_code == 422
    assert '<a href="#reason">Another grade was agreed before.' in changed.text


def test_edge_disagreement_on_a_grade_stands_in_a_box_with_both_texts(school: ProgrammeSchool) -> None:
    place = f"/{YEAR}/2/Achievement"
    own = {"grade": "Exceptional", "evidence": "Results"}
    assert school.head.fill_in(address(school, f"{place}/own"), **own).status_code == 303
    both = {"adviser_grade": "Strong standard", "school_words": "Ours is quick", "adviser_words": "Two groups behind"}
    assert school.adviser.fill_in(address(school, f"{place}/disagreement"), **both).status_code == 303
    moderator = school.county.visit("manager")
    assert moderator.fill_in(address(school, f"{place}/moderation"), words="Both can be held").status_code == 303
    page = words(school.head.open(address(school, f"?year={YEAR}")).text)
    assert "The school says Exceptional Ours is quick" in page
    assert "The adviser says Strong standard Two groups behind" in page
    assert "no grade that both can hold. Both can be held" in page


def test_only_headings_and_grades_of_the_framework_are_offered(school: ProgrammeSchool) -> None:
    assert school.head.open(address(school, f"/{YEAR}/2/Behaviour and safety/own")).status_code == 404
    assert school.head.open(address(school, grading("nothing"))).status_code == 404
    page = school.head.open(address(school, grading("own"))).text
    assert "Needs attention</option>" in page
    assert "Requires Improvement" not in page
    wrong = school.head.fill_in(address(school, grading("own")), grade="Good", evidence="Books")
    assert wrong.status_code == 422
    assert "Good is not a grade of the inspection framework of November 2025" in wrong.text


def test_the_form_is_received_and_the_county_sees_it(county: County) -> None:
    school = programme_school(county, 63)
    plan(school, in_days(40))
    officer = county.visit("officer")
    rows = table(officer.open(f"/self-evaluations?year={YEAR}").text, "All others")
    assert any("26 days left" in row[1] for row in rows)
    tomorrow = school.head.fill_in(address(school, f"/{YEAR}/receive"), **typed("received", in_days(1)))
    assert tomorrow.status_code == 422
    assert '<a href="#received-day">Enter the day on which it came: today or before.</a>' in tomorrow.text
    sent = school.head.fill_in(address(school, f"/{YEAR}/receive"), **typed("received", in_days(0)))
    assert (sent.status_code, sent.location) == (303, address(school, f"?year={YEAR}"))
    page = words(school.head.open(address(school, f"?year={YEAR}")).text)
    assert "on time" in page
    assert f"/{YEAR}/receive" not in school.head.open(address(school, f"?year={YEAR}")).text


def test_a_form_that_is_overdue_is_put_on_record(county: County) -> None:
    school = programme_school(county, 64)
    late: dict[str, Any] = {"year": YEAR, "visit_day": in_days(4).isoformat(), "booked_on": in_days(-60).isoformat()}
    county.record("visits.SetSefDue", urn=school.urn, **late)
    officer = county.visit("officer")
    page = officer.open(f"/self-evaluations?year={YEAR}").text
    assert any("10 days overdue" in row[1] for row in table(page, "Overdue, the longest first"))
    assert officer.fill_in(address(school, f"/{YEAR}/overdue")).status_code == 303
    shown = words(officer.open(address(school, f"?year={YEAR}")).text)
    assert "On record, whatever became of the visit since" in shown
    assert f"/{YEAR}/overdue" not in officer.open(address(school, f"?year={YEAR}")).text


def test_who_may_open_the_countys_forms(school: ProgrammeSchool, county: County) -> None:
    assert school.head.open("/self-evaluations").status_code == 403
    for username in ("officer", "adviser07", "auditor"):
        assert county.visit(username).open("/self-evaluations").status_code == 200
    page = county.visit("auditor").open(address(school, f"?year={YEAR}")).text
    assert f"{HEADING}/own" not in page
    refused = county.visit("auditor").fill_in(address(school, grading("own")), grade="Exceptional", evidence="x")
    assert refused.status_code == 403
