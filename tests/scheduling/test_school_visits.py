"""What a school's page of visits says: where each stands, and what is asked of whom."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest

from services.core.envelope import Metadata, prepare
from services.scheduling.queries.visit_lines import VisitLine
from services.scheduling.queries.visits import GovernorsCount
from services.visits.events import RecordSubmitted
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, OTHER, SPRING, SUMMER, YEAR, act, add_school, at, plan, typed
from tests.visits.steps import hold_visit_4

TARGETS = {"title": "Targets for 2013", "source": "programme", "minutes": 60}
HEAD: dict[str, Any] = {"role": "headteacher"}


def lines(year: Platform, by: str = "head") -> dict[str, Any]:
    answer = year.ask("scheduling.SchoolVisits", by=by, urn=SCHOOL, year=YEAR)
    return {line.visit: line for line in answer.visits}


def state(year: Platform, visit: str = "1", by: str = "head") -> tuple[str, str | None, str | None]:
    """The state in words, what is asked next and of whom."""
    line = year.ask("scheduling.VisitDetails", by=by, urn=SCHOOL, year=YEAR, visit=visit).line
    return line.words, line.ask and line.ask.what, line.ask and line.ask.of


def subscribe(year: Platform) -> None:
    year.do(
        "billing.SetPrice",
        by="finance",
        item="full-service",
        school_status="maintained",
        pence=265000,
        begins="2011-09-01",
    )
    year.do("scheduling.SubscribeSchool", by="head", urn=SCHOOL, year=YEAR)


def test_br3_without_the_programme_a_school_still_has_its_ip_day(year: Platform) -> None:
    assert list(lines(year)) == ["ip"]
    subscribe(year)
    assert list(lines(year)) == ["1", "2", "3", "4", "ip"]


def test_each_step_says_what_is_next_and_whose_turn_it_is(year: Platform) -> None:
    assert state(year) == ("Not planned yet", "Plan a date", "adviser")
    plan(year, "1", at(AUTUMN))
    assert state(year) == ("Planned", "Put an agenda forward", "adviser")
    act(year, "ProposeAgenda", "1", by="adviser", items=[TARGETS])
    assert state(year) == ("Planned", "Agree the agenda, or answer with another", "headteacher")
    act(year, "CounterAgenda", "1", by="head", items=[{**TARGETS, "minutes": 45}], words="Less time")
    assert state(year) == ("Planned", "Agree the agenda, or answer with another", "adviser")
    act(year, "AgreeAgenda", "1", by="adviser", version=2)
    assert state(year) == ("Planned", "Confirm the visit", "headteacher")
    act(year, "ConfirmVisit", "1", by="head")
    assert state(year) == ("Confirmed", None, None)
    act(year, "RequestPapers", "1", by="adviser", titles=["Minutes"], due="2011-09-26")
    assert state(year) == ("Papers asked for", "Send: Minutes", "headteacher")
    act(year, "ReceivePaper", "1", by="adviser", paper="1", received="2011-09-01")
    assert state(year) == ("Papers received", None, None)
    year.on(date(2011, 10, 4))
    assert state(year) == ("Papers received", "Say whether the visit took place, and who took part", "adviser")
    there = [HEAD, {"role": "chair_of_governors", "part": "part"}]
    act(year, "HoldVisit", "1", by="adviser", sittings=typed(at(AUTUMN)), participants=there)
    assert state(year) == ("Held", "Write the record of the visit", "adviser")
    line = lines(year)["1"]
    assert (line.adviser_name, line.agenda.words, line.governors) == ("Adviser", "Less time", True)
    assert [(paper.title, paper.days_late) for paper in line.papers] == [("Minutes", 0)]


def test_the_planned_date_stays_beside_the_day_on_which_it_was_held(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    later = at(date(2011, 10, 5))
    year.on(date(2011, 10, 7))
    act(year, "HoldVisit", "1", by="adviser", sittings=typed(later), participants=[HEAD])
    line = lines(year)["1"]
    assert (line.planned, line.held, line.held_on) == ((at(AUTUMN),), (later,), date(2011, 10, 5))


@pytest.mark.parametrize(("command", "words"), [("PostponeVisit", "Postponed"), ("CancelVisit", "Cancelled")])
def test_what_is_off_says_why(year: Platform, command: str, words: str) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, "MoveVisit", "1", by="officer", because="Inset day", sittings=typed(at(date(2011, 10, 4))))
    act(year, command, "1", by="officer", because="Flood")
    line = lines(year)["1"]
    assert (line.words, line.why, line.moved) == (words, "Flood", 1)


def test_visit_4_shows_nothing_but_its_date(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    assert state(year, "4") == ("Planned", "Confirm the visit", "headteacher")
    year.on(date(2011, 10, 7))
    line = lines(year, "chair")["4"]
    assert (line.planned, line.ask, line.agenda, line.papers, line.participants, line.governors) == (
        (at(AUTUMN),),
        None,
        None,
        (),
        (),
        None,
    )


def test_the_order_of_visits_is_advice_and_no_rule(year: Platform) -> None:
    plan(year, "2", at(SPRING))
    plan(year, "1", at(SUMMER), because="The adviser was ill")
    assert lines(year)["2"].warnings == ("Visit 2 is planned before visit 1, which informs it.",)
    assert lines(year)["1"].warnings == ("Visit 1 is planned outside the autumn term, where it belongs.",)


@pytest.mark.parametrize(("known", "short"), [(date(2012, 1, 23), False), (date(2012, 1, 24), True)])
def test_edge_visit_booked_under_two_weeks_out_is_planned_and_its_short_notice_shown(
    year: Platform, known: date, short: bool
) -> None:
    year.on(known)
    plan(year, "2", at(SPRING))
    warnings = lines(year)["2"].warnings
    assert [warning.startswith("Visit 2 got its date 13 days ahead") for warning in warnings] == [True] * short


def test_vr1_notice_counts_from_the_day_on_which_the_visit_was_moved(year: Platform) -> None:
    plan(year, "2", at(SPRING))
    year.on(date(2012, 2, 1))
    act(year, "MoveVisit", "2", by="officer", because="Inset day", sittings=typed(at(date(2012, 2, 7))))
    assert lines(year)["2"].days_notice == 6


def test_an_advisers_days_hold_every_sitting_in_order(year: Platform) -> None:
    add_school(year)
    plan(year, "ip", at(AUTUMN, "13:00", "15:30"), at(SPRING, "09:00", "11:30"))
    plan(year, "1", at(AUTUMN), urn=OTHER)
    asked: dict[str, Any] = {"adviser": "adviser", "begins": AUTUMN.isoformat(), "ends": SPRING.isoformat()}
    days = year.ask("scheduling.AdviserVisits", by="adviser", **asked)
    assert [(each.urn, each.visit, each.day, each.starts, each.part, each.parts) for each in days] == [
        (OTHER, "1", AUTUMN, time(9), 1, 1),
        (SCHOOL, "ip", AUTUMN, time(13), 1, 2),
        (SCHOOL, "ip", SPRING, time(9), 2, 2),
    ]
    act(year, "PostponeVisit", "ip", by="officer", because="Strike")
    assert len(year.ask("scheduling.AdviserVisits", by="adviser", **asked)) == 1


def test_vr3_the_governors_part_is_counted(year: Platform) -> None:
    add_school(year)
    stand_in = {"role": "other", "stands_in_for": "chair_of_governors"}
    for urn, present in ((SCHOOL, [HEAD]), (OTHER, [HEAD, stand_in])):
        starts = ("09:00", "12:00") if urn == SCHOOL else ("13:00", "16:00")
        plan(year, "1", at(AUTUMN, *starts), urn=urn)
        year.on(date(2011, 10, 4))
        held: dict[str, Any] = {"sittings": typed(at(AUTUMN, *starts)), "participants": present}
        act(year, "HoldVisit", "1", urn=urn, by="adviser", **held)
    counted = year.ask("scheduling.GovernorsPart", by="manager", year=YEAR)
    assert counted[0] == GovernorsCount("1", held=2, with_governors=1, chair_stood_in_for=1)


def test_what_the_authority_does_with_a_record_is_not_for_the_school(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    year.on(date(2011, 10, 4))
    act(year, "HoldVisit", "1", by="adviser", sittings=typed(at(AUTUMN)), participants=[HEAD])
    told = Metadata(uuid4(), uuid4(), uuid4(), "adviser", "adviser", date(2011, 10, 4))
    submitted = prepare([RecordSubmitted(SCHOOL, YEAR, "1", 1)], told)
    year.runtime.log.append(f"visits.record-{SCHOOL}-{YEAR}-1", 0, submitted)
    year.runtime.settle()
    assert state(year, by="head")[0] == "Record being written"
    assert state(year, by="manager")[0] == "Record in quality assurance"


def test_who_does_not_read_what_is_written_of_a_school_sees_dates_only(year: Platform) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, "ProposeAgenda", "1", by="adviser", items=[TARGETS])
    act(year, "RequestPapers", "1", by="adviser", titles=["Minutes"], due="2011-09-26")
    assert lines(year, "duty-manager")["1"].agenda is not None
    for outsider in ("finance", "duty"):
        seen = lines(year, outsider)["1"]
        assert (seen.agenda, seen.papers, seen.state) == (None, (), "planned")
        assert seen.planned


@pytest.mark.parametrize("outsider", ["finance", "duty", "duty-manager", "auditor", "team", "dpo", "adviser-2"])
def test_vr2_who_neither_plans_visit_4_nor_takes_part_sees_its_date_only(year: Platform, outsider: str) -> None:
    plan(year, "4", at(AUTUMN), mode="remote")
    assert lines(year, outsider)["4"] == VisitLine("4", "planned", "Planned", days=(AUTUMN,), date_only=True)
    own = {"adviser": "adviser", "begins": AUTUMN.isoformat(), "ends": AUTUMN.isoformat()}
    if outsider not in ("finance", "duty"):
        (seen,) = year.ask("scheduling.AdviserVisits", by=outsider, **own)
        assert (seen.day, seen.starts, seen.ends, seen.mode) == (AUTUMN, None, None, None)


@pytest.mark.parametrize("insider", ["adviser", "head", "chair", "manager", "officer"])
def test_vr2_who_plans_visit_4_or_takes_part_sees_its_hours(year: Platform, insider: str) -> None:
    plan(year, "4", at(AUTUMN), mode="remote")
    line = lines(year, insider)["4"]
    assert (line.planned, line.mode, line.adviser) == ((at(AUTUMN),), "remote", "adviser")


def test_vr2_who_makes_a_visit_4_that_clashes_is_for_the_office_to_see(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    year.do("scheduling.RecordAbsence", by="officer", person="adviser", begins=AUTUMN.isoformat(), ends="2011-10-04")
    for who, adviser in (("officer", "adviser"), ("auditor", None)):
        (away,) = year.ask("scheduling.PlanningBoard", by=who, year=YEAR).troubles
        assert (away.kind, away.adviser, away.adviser_name is None) == ("away", adviser, adviser is None)


def test_edge_change_of_head_a_later_head_sees_the_date_of_visit_4_alone(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    year.on(date(2012, 1, 2))
    year.do("scheduling.EndTenure", person="head", role="headteacher", urn=SCHOOL, ends="2012-01-02")
    year.add_person("new-head", "headteacher", date(2012, 1, 2), SCHOOL)
    assert lines(year, "new-head")["4"].date_only


def test_a_visit_4_whose_log_was_withdrawn_stands_as_it_was_planned(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    act(year, "ConfirmVisit", "4", by="head")
    year.on(date(2011, 10, 7))
    hold_visit_4(year, AUTUMN.isoformat())
    assert lines(year)["4"].state == "held"
    year.do("visits.WithdrawPmVisit", by="officer", urn=SCHOOL, year=YEAR, why="another_day")
    line = lines(year)["4"]
    assert (line.state, line.held_on, line.planned) == ("confirmed", None, (at(AUTUMN),))
    hold_visit_4(year, "2011-10-04")
    assert (lines(year)["4"].held_on, year.parked()) == (date(2011, 10, 4), [])


def test_vr2_why_visit_4_has_no_date_is_for_those_who_plan_it_or_take_part(year: Platform) -> None:
    plan(year, "4", at(AUTUMN))
    act(year, "PostponeVisit", "4", by="head", because="The review is put off")
    seen = {who: lines(year, who)["4"].why for who in ("head", "chair", "adviser", "manager", "adviser-2", "auditor")}
    assert {who for who, why in seen.items() if why == "The review is put off"} == {
        "head",
        "chair",
        "adviser",
        "manager",
    }
    assert lines(year, "duty-manager")["4"].state == "postponed"
