"""The form's day from the visit's date by rule, the school's state and the county's, and the grades side by side."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.visits.events import SefDue, SefOverdue, SefReceived
from services.visits.queries.sef import FormState, SelfEvaluation
from tests.platform import SCHOOL, SCHOOL_ROW, Platform, opened_platform
from tests.visits.programme import allocate, move, plan

JANUARY = date(2012, 1, 9)
VISIT = date(2012, 3, 1)
DUE = date(2012, 2, 16)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """On 9 January 2012, with a Link Adviser, and visit 2 planned for 1 March."""
    with opened_platform(tmp_path) as platform:
        allocate(platform)
        plan(platform.on(JANUARY), "2", VISIT)
        yield platform


def state(platform: Platform, on: date, by: str = "head") -> FormState:
    found: SelfEvaluation = platform.ask("visits.SefState", by=by, urn=SCHOOL, year=2011, on=on.isoformat())
    assert found.form is not None
    return found.form


def receive(platform: Platform, day: date, by: str = "adviser") -> None:
    platform.do("visits.ReceiveSef", by=by, urn=SCHOOL, year=2011, received=day.isoformat())


def test_vr1_planning_visit_2_sets_the_day(platform: Platform) -> None:
    assert platform.events(SefDue) == [SefDue(SCHOOL, 2011, VISIT, DUE, notice_short=False)]
    assert (state(platform, JANUARY).state, state(platform, JANUARY).days) == ("due", 38)
    assert (state(platform, DUE).state, state(platform, DUE).days) == ("due", 0)
    late = state(platform, date(2012, 2, 18))
    assert (late.state, late.days, late.breaches) == ("overdue", 2, ())


def test_other_visits_ask_for_no_form(platform: Platform) -> None:
    plan(platform, "3", date(2012, 6, 12))
    assert len(platform.events(SefDue)) == 1
    assert not platform.parked()


def test_vr1_two_days_late_stays_two_days_late(platform: Platform) -> None:
    receive(platform.on(date(2012, 2, 18)), date(2012, 2, 18))
    shown = state(platform, VISIT)
    assert (shown.state, shown.days, shown.late_against, shown.breaches) == ("received", 2, DUE, (DUE,))
    assert [recorded.metadata.effective_on for recorded in platform.recorded(SefOverdue, SefReceived)] == [
        date(2012, 2, 17),
        date(2012, 2, 18),
    ]


def test_vr1_moving_the_visit_keeps_the_breach(platform: Platform) -> None:
    move(platform.on(date(2012, 2, 20)), "2", date(2012, 3, 20))
    assert not platform.parked()
    shown = state(platform, date(2012, 2, 20))
    assert (shown.state, shown.days, shown.due, shown.breaches) == ("overdue", 4, date(2012, 3, 6), (DUE,))
    receive(platform, date(2012, 2, 20))
    assert (state(platform, VISIT).days, state(platform, VISIT).late_against) == (4, DUE)


def test_moving_the_visit_in_time_moves_the_day(platform: Platform) -> None:
    move(platform.on(date(2012, 2, 10)), "2", date(2012, 3, 20))
    shown = state(platform, date(2012, 2, 21))
    assert (shown.state, shown.due, shown.breaches) == ("due", date(2012, 3, 6), ())


def test_edge_visit_booked_under_two_weeks_out(platform: Platform) -> None:
    move(platform.on(date(2012, 2, 10)), "2", date(2012, 2, 20))
    shown = state(platform, date(2012, 2, 19))
    assert (shown.state, shown.notice_short, shown.due) == ("at_once", True, date(2012, 2, 10))
    receive(platform.on(date(2012, 2, 19)), date(2012, 2, 19))
    assert (state(platform, VISIT).state, state(platform, VISIT).days) == ("received", 0)


def test_a_visit_put_off_in_time_asks_for_nothing_until_it_has_a_date(platform: Platform) -> None:
    put_off: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "visit": "2"}
    platform.on(date(2012, 2, 10)).do("scheduling.PostponeVisit", because="Snow", **put_off)
    assert state(platform, date(2012, 2, 20)).state == "put_off"
    plan(platform.on(date(2012, 2, 27)), "2", date(2012, 3, 20))
    shown = state(platform, date(2012, 2, 27))
    assert (shown.state, shown.due, shown.breaches) == ("due", date(2012, 3, 6), ())


def test_the_office_puts_on_record_what_is_overdue(platform: Platform) -> None:
    platform.on(date(2012, 2, 17)).do("visits.NoteSefOverdue", by="officer", urn=SCHOOL, year=2011)
    platform.do("visits.NoteSefOverdue", by="officer", urn=SCHOOL, year=2011)
    assert platform.events(SefOverdue) == [SefOverdue(SCHOOL, 2011, DUE)]


def test_the_county_sees_the_overdue_first(platform: Platform) -> None:
    found = platform.ask("visits.CountySefs", by="officer", year=2011, on="2012-02-18")
    assert [(each.school, each.state, each.days) for each in found.forms] == [
        ("Aldborough Primary School", "overdue", 2)
    ]
    assert platform.ask("visits.CountySefs", by="officer", year=2012, on="2012-02-18").forms == ()
    with pytest.raises(Forbidden):
        platform.ask("visits.CountySefs", by="head", year=2011, on="2012-02-18")


def test_before_visit_2_has_a_date_there_is_no_form(platform: Platform) -> None:
    found = platform.ask("visits.SefState", by="head", urn=SCHOOL, year=2012, on="2012-09-03")
    assert found.form is None
    (sheet,) = found.sheets
    assert (sheet.occasion, sheet.framework, sheet.in_force) == ("2", "2012-09", True)


GRADE: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "occasion": "2", "heading": "Achievement"}


def test_gr1_school_agreed_and_authority_stand_side_by_side(platform: Platform) -> None:
    platform.do("visits.GradeOwn", by="head", **GRADE, grade="Outstanding", evidence="Books of year 5")
    platform.do("visits.AgreeGrade", by="adviser", **GRADE, grade="Good")
    platform.do("visits.SetLaGrade", by="manager", **GRADE, grade="Satisfactory", rationale="Results of three years")
    (sheet,) = platform.ask("visits.SefState", by="chair", urn=SCHOOL, year=2011, on="2012-03-01").sheets
    achievement = sheet.headings[0]
    assert (sheet.framework, achievement.heading) == ("2012-01", "Achievement")
    grades = (achievement.own, achievement.agreed, achievement.la)
    assert [said.grade for said in grades if said] == ["Outstanding", "Good", "Satisfactory"]
    assert achievement.own is not None
    assert achievement.own.words == "Books of year 5"
    assert achievement.steps == -1
    assert sheet.headings[1].steps is None


def test_edge_disagreement_on_a_grade_shows_both_texts(platform: Platform) -> None:
    platform.do("visits.GradeOwn", by="head", **GRADE, grade="Good", evidence="Books of year 5")
    words: dict[str, Any] = {"school_words": "Progress is quick", "adviser_words": "Two groups fall behind"}
    platform.do("visits.DisputeGrade", by="adviser", **GRADE, adviser_grade="Satisfactory", **words)
    platform.do("visits.ModerateGrade", by="manager", **GRADE, words="Both can be held")
    (sheet,) = platform.ask("visits.SefState", by="head", urn=SCHOOL, year=2011, on="2012-03-01").sheets
    (said,) = sheet.headings[0].disagreements
    assert (said.school_grade, said.school_words) == ("Good", "Progress is quick")
    assert (said.adviser_grade, said.adviser_words) == ("Satisfactory", "Two groups fall behind")
    assert [(each.grade, each.words) for each in sheet.headings[0].moderations] == [(None, "Both can be held")]
    assert sheet.headings[0].agreed is None


def test_gr1_grades_given_before_the_framework_changed_stay_on_their_own_sheet(platform: Platform) -> None:
    platform.do("visits.GradeOwn", by="head", **GRADE, grade="Satisfactory", evidence="Books")
    put_off: dict[str, Any] = {"urn": SCHOOL, "year": 2011, "visit": "2"}
    platform.do("scheduling.PostponeVisit", because="Snow", **put_off)
    now, before = platform.ask("visits.SefState", by="head", urn=SCHOOL, year=2011, on="2012-09-03").sheets
    assert [(each.framework, each.in_force) for each in (now, before)] == [("2012-09", True), ("2012-01", False)]
    assert [each.headings[0].own is None for each in (now, before)] == [True, False]


def test_who_may_grade(platform: Platform) -> None:
    for person in ("chair", "adviser", "finance"):
        with pytest.raises(Forbidden):
            platform.do("visits.GradeOwn", by=person, **GRADE, grade="Good", evidence="Books")
    with pytest.raises(Forbidden):
        platform.do("visits.AgreeGrade", by="head", **GRADE, grade="Good")
    with pytest.raises(Forbidden):
        platform.do("visits.ModerateGrade", by="adviser", **GRADE, words="Seen together")
    with pytest.raises(Forbidden):
        platform.do("visits.SetLaGrade", by="chair", **GRADE, grade="Good", rationale="Results")


def test_edge_academy_conversion_mid_year_the_form_goes_on_at_the_new_school(platform: Platform) -> None:
    new, opened = 141226, date(2012, 2, 1)
    academy: dict[str, Any] = {
        "school_type": "Academy converter",
        "type_group": "Academies",
        "opened": opened.isoformat(),
    }
    platform.on(date(2012, 2, 24)).do("scheduling.RecordSchool", **SCHOOL_ROW | academy | {"urn": new})
    link: dict[str, Any] = {
        "predecessor": SCHOOL,
        "successor": new,
        "link_type": "Successor",
        "established": opened.isoformat(),
    }
    platform.do("scheduling.LinkSchools", **link)
    assert not platform.parked()
    assert state(platform, date(2012, 2, 24)).state == "handed_over"
    found = platform.ask("visits.SefState", urn=new, year=2011, on="2012-02-24")
    assert (found.form.state, found.form.due, found.form.notice_short) == ("overdue", DUE, False)
