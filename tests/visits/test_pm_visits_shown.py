"""Nothing of visit 4 is seen by anyone but those who took part; others see the date."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.runtime import Unknown
from services.visits.events import PmVisitWithdrawn
from services.visits.queries.pm_visits import PmVisitView
from tests.platform import SCHOOL, SCHOOL_ROW, Platform, opened_platform
from tests.visits.steps import allocate, hold_visit_4

HELD_ON = date(2011, 11, 15)
YEAR: dict[str, Any] = {"urn": SCHOOL, "year": 2011}
CODES = ("arrangements", "preparation", "expertise", "independence", "usefulness")
ANSWERS = [{"question": code, "score": 4} for code in CODES]


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        allocate(platform)
        yield platform.on(HELD_ON)


def visit(platform: Platform, by: str | None = None) -> PmVisitView:
    found: PmVisitView = platform.ask("visits.PmVisit", by=by, **YEAR)
    return found


def test_those_who_took_part_see_the_meetings(platform: Platform) -> None:
    hold_visit_4(platform)
    for person in ("adviser", "head", "chair"):
        inside = visit(platform, person).inside
        assert inside is not None
        assert [meeting.meeting for meeting in inside.meetings] == ["headteacher", "governors", "together"]
        assert inside.training_completed == date(2011, 8, 1)


def test_pr4_everyone_else_sees_the_day_alone(platform: Platform) -> None:
    hold_visit_4(platform)
    for person in ("adviser-2", "manager", "officer", "auditor", "team", "dpo", "duty-manager"):
        seen = visit(platform, person)
        assert (seen.day, seen.inside) == (HELD_ON, None), person
    for person in ("finance", "duty"):
        with pytest.raises(Forbidden):
            visit(platform, person)


def test_pr4_a_chair_who_did_not_take_part_sees_the_day_alone(platform: Platform) -> None:
    hold_visit_4(platform, present=["head"])
    assert (visit(platform, "chair").day, visit(platform, "chair").inside) == (HELD_ON, None)


def test_edge_change_of_head_never_passes_on_the_log_of_visit_4(platform: Platform) -> None:
    hold_visit_4(platform)
    end: dict[str, Any] = {"person": "head", "role": "headteacher", "urn": SCHOOL, "ends": "2012-01-01"}
    platform.do("scheduling.EndTenure", **end)
    platform.add_person("new-head", "headteacher", date(2012, 1, 1), SCHOOL)
    platform.on(date(2012, 1, 9))
    assert (visit(platform, "new-head").day, visit(platform, "new-head").inside) == (HELD_ON, None)
    with pytest.raises(Forbidden):
        visit(platform, "head")
    grant: dict[str, Any] = {"person": "new-head", "role": "headteacher", "urn": SCHOOL, "since": "2011-09-01"}
    platform.do("scheduling.GrantBackView", by="dpo", because="Handover", **grant)
    assert visit(platform, "new-head").inside is None


def test_the_form_is_left_and_its_answers_are_for_those_who_took_part(platform: Platform) -> None:
    hold_visit_4(platform)
    platform.do("visits.LeaveFeedbackForm", by="adviser", **YEAR)
    platform.do("visits.ReturnFeedbackForm", by="chair", **YEAR, answers=ANSWERS)
    inside = visit(platform, "adviser").inside
    assert inside is not None
    assert inside.form_left
    assert inside.answers == tuple((code, 4) for code in CODES)
    assert visit(platform, "manager").inside is None
    for person in ("head", "adviser", "manager"):
        with pytest.raises(Forbidden):
            platform.do("visits.ReturnFeedbackForm", by=person, **YEAR, answers=ANSWERS)


def test_what_was_logged_wrongly_is_shown_to_nobody_once_it_is_withdrawn(platform: Platform) -> None:
    hold_visit_4(platform)
    platform.do("visits.LeaveFeedbackForm", by="adviser", **YEAR)
    platform.do("visits.ReturnFeedbackForm", by="chair", **YEAR, answers=ANSWERS)
    platform.do("visits.WithdrawPmVisit", by="officer", **YEAR, why="other_people")
    for person in ("adviser", "head", "chair", "manager"):
        assert (visit(platform, person).day, visit(platform, person).inside) == (None, None)
    hold_visit_4(platform, day="2011-11-14")
    inside = visit(platform, "chair").inside
    assert inside is not None
    assert (visit(platform, "manager").day, inside.form_left) == (date(2011, 11, 14), False)


def test_pr4_the_history_says_that_a_log_was_withdrawn_and_to_those_who_took_part_why(platform: Platform) -> None:
    hold_visit_4(platform)
    platform.do("visits.WithdrawPmVisit", by="adviser", **YEAR, why="did_not_take_place")
    (withdrawn,) = platform.recorded(PmVisitWithdrawn)
    for person in ("manager", "auditor", "adviser-2"):
        page = platform.ask("analytics.SchoolTimeline", by=person, urn=SCHOOL, services=["visits"], newest_first=True)
        assert "by mistake: the log was withdrawn" in page.entries[0].says
        assert (page.entries[0].position, page.entries[0].opens) == (withdrawn.position, False)
        with pytest.raises(Forbidden):
            platform.ask("analytics.TimelineEntry", by=person, urn=SCHOOL, position=withdrawn.position)
    opened = platform.ask("analytics.TimelineEntry", by="head", urn=SCHOOL, position=withdrawn.position)
    assert opened.data["why"] == "did_not_take_place"


def test_another_adviser_may_not_withdraw_a_log(platform: Platform) -> None:
    hold_visit_4(platform)
    with pytest.raises(Refused, match="Only the adviser who makes visit 4"):
        platform.do("visits.WithdrawPmVisit", by="adviser-2", **YEAR, why="another_day")


def test_a_chair_who_did_not_take_part_may_not_return_the_form(platform: Platform) -> None:
    hold_visit_4(platform, present=["head"])
    platform.do("visits.LeaveFeedbackForm", by="adviser", **YEAR)
    with pytest.raises(Refused, match="Only somebody who took part"):
        platform.do("visits.ReturnFeedbackForm", by="chair", **YEAR, answers=ANSWERS)


def test_pr1_the_heads_review_is_due_by_31_december(platform: Platform) -> None:
    assert (visit(platform).due, visit(platform).overdue) == (date(2011, 12, 31), False)
    platform.on(date(2011, 12, 31))
    assert not visit(platform).overdue
    platform.on(date(2012, 1, 1))
    assert visit(platform, "manager").overdue
    platform.on(date(2012, 1, 10))
    hold_visit_4(platform, day="2012-01-10")
    seen = visit(platform, "manager")
    assert (seen.overdue, seen.late) == (False, True)


def test_an_adviser_without_valid_training_is_told_what_to_do(platform: Platform) -> None:
    cover: dict[str, Any] = {"urn": SCHOOL, "adviser": "adviser-2", "begins": "2011-11-15"}
    for training, expires in (("data_analysis", None), ("performance_management", "2011-11-15")):
        trained: dict[str, Any] = {
            "person": "adviser-2",
            "training": training,
            "completed": "2010-01-01",
            "expires": expires,
        }
        platform.do("scheduling.TrainAdviser", **trained)
    platform.do("scheduling.ProposeAdviser", by="manager", because="Cover", **cover)
    platform.do("scheduling.AcceptProposal", by="head", urn=SCHOOL, proposal=2)
    with pytest.raises(Refused, match="hand visit 4 to an adviser who has it"):
        hold_visit_4(platform, by="adviser-2")
    with pytest.raises(Refused, match="Only the adviser who makes visit 4"):
        hold_visit_4(platform)


def test_pr2_at_a_voluntary_aided_school_a_foundation_governor_must_be_among_the_reviewers(platform: Platform) -> None:
    aided = SCHOOL_ROW | {"school_type": "Voluntary aided school", "effective_on": "2011-10-01"}
    platform.do("scheduling.RecordSchool", **aided)
    with pytest.raises(Refused, match="foundation governor"):
        hold_visit_4(platform)


def test_vr2_there_is_no_command_that_records_visit_4(platform: Platform) -> None:
    for name in ("StartPmRecord", "WritePmSection", "IssuePmRecord"):
        with pytest.raises(Unknown):
            platform.do(f"visits.{name}", by="adviser", **YEAR)
