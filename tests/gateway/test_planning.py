"""The planning board, and an absent adviser's fortnight handed over at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.scheduling.events import VisitReassigned
from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import hidden_fields
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, OTHER, SPRING, YEAR, add_school, at, plan, prepare

COVER = f"/planning/cover?year={YEAR}&adviser=adviser&begins=2011-10-03&ends=2011-10-14"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as gate:
        prepare(gate.platform)
        yield gate


def test_the_board_shows_schools_by_visit_and_advisers_by_load(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    page = gate.visit("officer").open("/planning").text
    assert table(page, "1 school")[1] == [
        "Aldborough Primary School",
        "Adviser",
        "Planned 3 October 2011",
        "",
        "",
        "",
        "Not planned",
    ]
    assert table(page, "Advisers, those with most to do first")[1] == ["Adviser", "1", "1", "1", "0", "1"]
    assert table(page, "Visits by state")[-1] == ["IP day", "1", "0", "0", "0", "0", "0"]


def test_vr1_the_board_shows_by_when_the_form_before_visit_2_is_due(gate: Turned) -> None:
    plan(gate.platform, "2", at(SPRING))
    officer = gate.visit("officer")
    assert "Planned 6 February 2012; SEF due 23 January 2012" in table(officer.open("/planning").text, "1 school")[1]
    gate.platform.on(date(2012, 1, 24))
    page = officer.open("/planning?year=2011").text
    assert "SEF due 23 January 2012, overdue" in page
    assert "Self-evaluation forms overdue: 1" in page
    assert "SEF due 23 January 2012, overdue" in officer.open("/planning?year=2011&as=csv").text


def test_the_board_warns_of_holidays_by_name_and_of_interests(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    gate.platform.do("helpdesk.SetHoliday", by="duty-manager", day=AUTUMN.isoformat(), name="A royal wedding")
    declared: dict[str, Any] = {"interest_at": str(SCHOOL), "begins": "2011-10-01", "nature": "A daughter is a pupil"}
    gate.platform.do("scheduling.DeclareInterest", by="adviser", person="adviser", **declared)
    page = words(gate.visit("officer").open("/planning").text)
    assert "On a holiday: 1 Visit 1 at Aldborough Primary School, 3 October 2011: A royal wedding" in page
    assert "Adviser has an interest in the school: 1" in page


def test_it_is_narrowed_by_its_address(gate: Turned) -> None:
    officer = gate.visit("officer")
    assert "No school matches" in officer.open("/planning?adviser=nobody").text
    assert officer.open("/planning?term=winter").status_code == 404
    assert "2012-13" in officer.open("/planning?year=2012").text


def test_an_absent_advisers_fortnight_is_handed_over_with_one_button(gate: Turned) -> None:
    add_school(gate.platform)
    plan(gate.platform, "1", at(AUTUMN))
    plan(gate.platform, "1", at(date(2011, 10, 5)), urn=OTHER)
    away: dict[str, Any] = {"begins": "2011-10-03", "ends": "2011-10-14"}
    gate.platform.do("scheduling.RecordAbsence", by="officer", person="adviser", **away)
    officer = gate.visit("officer")
    assert "Adviser is away: 2" in officer.open("/planning").text
    chosen = {f"visit-{urn}-{YEAR}-1": "adviser-2" for urn in (SCHOOL, OTHER)}
    page = officer.fill_in(COVER, **chosen, reason="Adviser is ill")
    assert page.status_code == 200
    assert words(page.text).count("handed to Adviser-2") == 2
    assert [event.urn for event in gate.platform.events(VisitReassigned)] == [SCHOOL, OTHER]
    assert "They have no planned visits on those days" in page.text


def test_what_cannot_be_handed_over_is_said_visit_by_visit(gate: Turned) -> None:
    add_school(gate.platform)
    plan(gate.platform, "1", at(AUTUMN))
    plan(gate.platform, "1", at(AUTUMN, "13:00", "16:00"), urn=OTHER)
    officer = gate.visit("officer")
    declared: dict[str, Any] = {"interest_at": str(OTHER), "begins": "2011-09-01", "nature": "A daughter is a pupil"}
    form = officer.open(COVER)
    gate.platform.do("scheduling.DeclareInterest", by="officer", person="adviser-2", **declared)
    chosen = {f"visit-{urn}-{YEAR}-1": "adviser-2" for urn in (SCHOOL, OTHER)}

    page = words(officer.send(COVER, **hidden_fields(form), **chosen, reason="Ill").text)
    assert "Visit 1 at Aldborough Primary School: handed to Adviser-2" in page
    assert "not handed over. They declared an interest in this school" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"reason": "Ill"}, "Choose an adviser for at least one visit"), ({}, "Enter the reason")],
)
def test_what_is_missing_is_asked_for(gate: Turned, typed: dict[str, str], says: str) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    page = gate.visit("officer").fill_in(COVER, **typed)
    assert page.status_code == 422
    assert says in page.text


def test_time_kept_for_nothing_is_let_go_on_the_board(gate: Turned) -> None:
    sitting = {"day": AUTUMN.isoformat(), "starts": "09:00", "ends": "12:00"}
    kept: dict[str, Any] = {"person": "adviser", "urn": SCHOOL, "year": YEAR, "visit": "1"}
    gate.platform.do("scheduling.ReserveTime", **kept, sittings=[sitting])
    officer = gate.visit("officer")
    page = officer.open("/planning")
    assert "Time kept without a visit: 1" in page.text

    assert officer.send("/planning/release", **hidden_fields(page)).status_code == 303
    assert "Time kept without a visit" not in officer.open("/planning").text


@pytest.mark.parametrize("person", ["head", "finance"])
def test_others_may_not_plan(gate: Turned, person: str) -> None:
    assert gate.visit(person).open("/planning").status_code == 403


@pytest.mark.parametrize("person", ["adviser", "auditor"])
def test_those_who_may_look_are_not_offered_to_hand_visits_over(gate: Turned, person: str) -> None:
    browser = gate.visit(person)
    assert "/planning/cover" not in browser.open("/planning").text
    assert browser.open(COVER).status_code == 403


def test_the_board_can_be_saved_whole(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    officer = gate.visit("officer")
    assert 'href="/planning?as=csv&amp;year=2011"' in officer.open("/planning").text
    saved = officer.open("/planning?year=2011&as=csv")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="planning-2011-12.csv"'
    heads, row = saved.text.splitlines()
    assert heads == "School,Adviser,Visit 1,Visit 2,Visit 3,Visit 4,IP day"
    assert row == "Aldborough Primary School,Adviser,Planned 3 October 2011,,,,Not planned"
    assert officer.open("/planning?as=pdf").status_code == 404
