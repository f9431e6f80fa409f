"""The planning board: the county's visits of a year, and who stands in for whom."""

from datetime import date
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.scheduling.queries.planning import Board
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, OTHER, SPRING, YEAR, act, add_school, at, plan


def board(year: Platform, **fields: Any) -> Board:
    answer: Board = year.ask("scheduling.PlanningBoard", by="officer", year=YEAR, **fields)
    return answer


def troubles(year: Platform) -> list[tuple[str, int, str]]:
    return [(each.kind, each.urn, each.visit) for each in board(year).troubles]


def test_schools_stand_with_their_adviser_and_visits(year: Platform) -> None:
    add_school(year, adviser="adviser-2")
    plan(year, "1", at(AUTUMN))
    found = board(year)
    first, second = sorted(found.schools, key=lambda school: school.urn)
    assert [(cell.visit, cell.state, cell.day) for cell in first.cells] == [
        ("1", "planned", AUTUMN),
        ("ip", "not_planned", None),
    ]
    assert (second.urn, second.adviser_name) == (OTHER, "Adviser-2")
    assert found.tallies == (("1", (("planned", 1),)), ("ip", (("not_planned", 2),)))


def test_it_is_narrowed_to_an_adviser_or_a_term(year: Platform) -> None:
    add_school(year, adviser="adviser-2")
    plan(year, "1", at(AUTUMN))
    plan(year, "2", at(SPRING))
    assert [school.urn for school in board(year, adviser="adviser-2").schools] == [OTHER]
    assert board(year, adviser="nobody").schools == ()
    spring = board(year, term="spring", adviser="adviser")
    assert [cell.visit for cell in spring.schools[0].cells] == ["2"]


def test_loads_count_what_each_adviser_has_and_has_still_to_plan(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    load = next(load for load in board(year).loads if load.person == "adviser")
    assert (load.schools, load.planned, load.held, load.to_plan, load.days) == (1, 1, 0, 1, 1)


def test_a_visit_without_a_date_is_at_risk_when_its_term_ends_within_four_weeks(year: Platform) -> None:
    year.on(date(2011, 12, 3))
    assert troubles(year) == []
    year.on(date(2011, 12, 4))
    assert troubles(year) == [("at_risk", SCHOOL, "ip")]
    plan(year, "ip", at(date(2011, 12, 8)))
    assert troubles(year) == []


def test_edge_adviser_absent_their_visits_stand_out(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    away: dict[str, Any] = {"person": "adviser", "begins": AUTUMN.isoformat(), "ends": AUTUMN.isoformat()}
    year.do("scheduling.RecordAbsence", by="officer", **away)
    assert troubles(year) == [("away", SCHOOL, "1")]


def test_edge_adviser_with_a_conflict_declared_after_the_visit_was_planned_stands_out_for_whom_it_is(
    year: Platform,
) -> None:
    plan(year, "1", at(AUTUMN))
    declared: dict[str, Any] = {"interest_at": SCHOOL, "begins": "2011-10-03", "nature": "A daughter is a pupil"}
    year.do("scheduling.DeclareInterest", by="adviser", person="adviser", **declared)
    for who, seen in (("officer", 1), ("auditor", 1), ("adviser", 1), ("adviser-2", 0)):
        found = year.ask("scheduling.PlanningBoard", by=who, year=YEAR).troubles
        assert [each.kind for each in found] == ["conflict"] * seen, who
    year.do("scheduling.EndInterest", by="adviser", person="adviser", interest_at=SCHOOL, ends="2011-10-03")
    assert troubles(year) == []


def test_a_visit_on_a_bank_holiday_or_in_the_school_holidays_stands_out(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    plan(year, "2", at(SPRING))
    year.do("helpdesk.SetHoliday", by="duty-manager", day=AUTUMN.isoformat(), name="A royal wedding")
    assert [(each.visit, each.about) for each in board(year).troubles] == [("1", "A royal wedding")]
    terms = [
        ("autumn", "2011-09-05", "2011-12-16"),
        ("spring", "2012-02-13", "2012-03-30"),
        ("summer", "2012-04-16", "2012-07-20"),
    ]
    dated = [{"term": term, "begins": begins, "ends": ends} for term, begins, ends in terms]
    year.do("scheduling.SetTerms", by="officer", year=YEAR, terms=dated)
    year.do("helpdesk.WithdrawHoliday", by="duty-manager", day=AUTUMN.isoformat())
    assert [(each.visit, each.about) for each in board(year).troubles if each.kind == "holiday"] == [
        ("2", "School holidays")
    ]


def test_time_kept_for_nothing_is_shown_and_let_go(year: Platform) -> None:
    kept: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "visit": "1", "person": "adviser"}
    when: dict[str, Any] = {"day": AUTUMN.isoformat(), "starts": "09:00", "ends": "12:00"}
    year.do("scheduling.ReserveTime", **kept, sittings=[when])
    assert troubles(year) == [("kept", SCHOOL, "1")]
    year.do("scheduling.ReleaseTime", by="officer", **kept)
    assert troubles(year) == []


def test_edge_adviser_absent_those_who_could_stand_in_are_free_trained_and_unconflicted(year: Platform) -> None:
    for person in ("untrained", "booked", "conflicted", "away", "free"):
        year.add_person(person, "adviser", date(2011, 9, 1))
        if person != "untrained":
            done: dict[str, Any] = {"person": person, "training": "data_analysis", "completed": "2011-09-01"}
            year.do("scheduling.TrainAdviser", by="officer", **done)
    add_school(year, adviser="booked")
    plan(year, "1", at(AUTUMN, "11:00", "13:00"), urn=OTHER)
    declared: dict[str, Any] = {"interest_at": SCHOOL, "begins": "2011-09-01", "nature": "A daughter is a pupil"}
    year.do("scheduling.DeclareInterest", by="officer", person="conflicted", **declared)
    year.do("scheduling.RecordAbsence", by="officer", person="away", begins="2011-10-01", ends="2011-10-05")
    plan(year, "1", at(AUTUMN))
    asked: dict[str, Any] = {"adviser": "adviser", "begins": "2011-10-01", "ends": "2011-10-14"}
    [visit] = year.ask("scheduling.AdviserCover", by="officer", **asked)
    assert (visit.urn, visit.visit, visit.sittings) == (SCHOOL, "1", (at(AUTUMN),))
    assert [each.person for each in visit.candidates] == ["adviser-2", "free"]
    for candidate in visit.candidates:
        act(year, "ReassignVisit", "1", by="officer", because="Ill", adviser=candidate.person)


def test_the_board_is_not_for_schools(year: Platform) -> None:
    with pytest.raises(Forbidden):
        year.ask("scheduling.PlanningBoard", by="head", year=YEAR)
