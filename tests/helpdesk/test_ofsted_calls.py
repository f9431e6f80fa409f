"""HR2 through the doors: the desk hears of an inspection, the adviser is told, and the board keeps it until it is
over."""

import shutil
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from services.core.deciders import Refused
from services.core.settings import Settings
from services.helpdesk.events import AdviserTold, OfstedCallReceived
from services.scheduling.events import AdviserAllocated
from services.wiring import open_runtime
from tests.helpdesk.calls import SCHOOL, ofsted_fields
from tests.helpdesk.streams import record
from tests.platform import SCHOOL_ROW, Platform, opened_platform

ALLOCATION = f"scheduling.allocation-{SCHOOL}"


def allocate(platform: Platform, adviser: str, begins: date) -> None:
    record(platform, ALLOCATION, AdviserAllocated(SCHOOL, 1, adviser, begins, "accepted"))


def board(platform: Platform) -> tuple[Any, ...]:
    lines: tuple[Any, ...] = platform.ask("helpdesk.InspectionBoard", by="adviser")
    return lines


def test_edge_inspection_called_mid_programme_the_schools_adviser_is_told_by_policy(platform: Platform) -> None:
    allocate(platform, "adviser-2", date(2011, 9, 5))
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    (told,) = platform.recorded(AdviserTold)
    assert told.data == AdviserTold("o1", SCHOOL, "adviser-2")
    assert (told.metadata.actor, told.metadata.role) == ("helpdesk.tell_adviser", "policy")
    (called,) = platform.recorded(OfstedCallReceived)
    assert (told.stream, told.metadata.causation_id) == ("helpdesk.call-o1", called.id)
    (line,) = board(platform)
    assert (line.school, line.adviser, line.adviser_name) == ("Aldborough Primary School", "adviser-2", "Adviser-2")
    assert line.adviser_told_at is not None
    assert not platform.parked()


def test_edge_inspection_called_mid_programme_without_an_adviser_the_managers_are_told(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    assert platform.events(AdviserTold) == [AdviserTold("o1", SCHOOL, None)]
    (line,) = board(platform)
    assert line.adviser is None
    assert line.adviser_told_at is not None


def test_edge_same_event_delivered_twice_or_late_a_policy_that_runs_twice_tells_the_adviser_once(
    tmp_path: Path,
) -> None:
    with opened_platform(tmp_path) as platform:
        platform.on(date(2012, 3, 8))
        allocate(platform, "adviser", date(2011, 9, 5))
        platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
        platform.on(date(2012, 3, 20))
        allocate(platform, "adviser-2", date(2012, 3, 19))
        platform.do("helpdesk.TellAdviser", call="o1", urn=SCHOOL)
        told = platform.events(AdviserTold)
        assert told == [AdviserTold("o1", SCHOOL, "adviser")]
        head = platform.runtime.log.head()
    shutil.rmtree(tmp_path / "policies")
    with open_runtime(Settings(data_dir=tmp_path), threads=False) as runtime:
        runtime.settle()
        assert runtime.log.head() == head
        assert not [row for policy in runtime.policies for row in policy.parked()]


def test_hr2_the_board_says_who_goes_and_when_until_it_is_over(platform: Platform) -> None:
    allocate(platform, "adviser", date(2011, 9, 5))
    platform.do(
        "helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields("later", begins="2012-03-20", ends="2012-03-21")
    )
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    assert [(line.call, line.feedback_at) for line in board(platform)] == [("o1", None), ("later", None)]
    platform.do("helpdesk.ArrangeFeedback", by="duty", call="o1", feedback_at="2012-03-14T15:00:00Z")
    first = board(platform)[0]
    assert (first.attends, first.attending_name, first.feedback_at.isoformat()) == (
        "link_adviser",
        "Adviser",
        "2012-03-14T15:00:00+00:00",
    )
    platform.do("helpdesk.ChangeInspectionDates", by="duty", call="o1", begins="2012-03-27", ends="2012-03-28")
    moved = board(platform)[1]
    assert (moved.call, moved.begins, moved.feedback_at) == ("o1", date(2012, 3, 27), None)
    platform.on(date(2012, 3, 28), time(17))
    platform.do("helpdesk.RecordInspectionOutcome", by="duty", call="o1", outcome="Good")
    assert [line.call for line in board(platform)] == ["later"]
    opened = platform.ask("helpdesk.Call", by="duty", call="o1", urn=SCHOOL)
    assert opened.inspection.outcome == "Good"


def test_a_feedback_goes_to_a_team_leader_who_is_one(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    arranged: dict[str, Any] = {"call": "o1", "feedback_at": "2012-03-14T15:00:00Z", "team_leader": "manager"}
    platform.do("helpdesk.ArrangeFeedback", by="duty", **arranged)
    assert board(platform)[0].attending_name == "Manager"


def test_edge_inspection_called_mid_programme_the_status_of_the_feedbacks_day_decides_who_must_invite(
    platform: Platform,
) -> None:
    allocate(platform, "adviser", date(2011, 9, 5))
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    academy = {"type_group": "Academies", "school_type": "Academy converter", "effective_on": "2012-03-14"}
    platform.on(date(2012, 3, 14), time(9)).do("scheduling.RecordSchool", **SCHOOL_ROW | academy)
    arranged: dict[str, Any] = {"call": "o1", "feedback_at": "2012-03-14T15:00:00Z"}
    with pytest.raises(Refused, match="only by its invitation"):
        platform.do("helpdesk.ArrangeFeedback", by="duty", **arranged)
    day_before = arranged | {"feedback_at": "2012-03-13T15:00:00Z"}
    platform.do("helpdesk.ArrangeFeedback", by="duty", **day_before)
    platform.do("helpdesk.ArrangeFeedback", by="duty", because="The head invited us on 12 March.", **arranged)
    assert board(platform)[0].feedback_at.day == 14


def test_edge_out_of_hours_ofsted_call_is_flagged_in_the_morning_list(platform: Platform) -> None:
    platform.on(date(2012, 3, 11), time(21))
    night = ofsted_fields(received_at="2012-03-09T19:00:00Z", told_at="2012-03-09T18:30:00Z")
    platform.do("helpdesk.ReceiveOfstedCall", by="duty-manager", **night)

    def listed(at: str) -> list[tuple[str, bool]]:
        morning = platform.ask("helpdesk.Desk", by="duty", at=at).out_of_hours
        return [(waiting.call, waiting.ofsted) for waiting in morning]

    assert listed("2012-03-12T08:00:00Z") == [("o1", True)]
    assert listed("2012-03-10T12:00:00Z") == [("o1", True)]
    assert listed("2012-03-13T08:00:00Z") == []
    assert listed("2012-03-09T18:59:00Z") == []


def test_hr4_briefing_issues_are_sealed_and_opened_for_the_desk_and_the_school(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    (called,) = platform.events(OfstedCallReceived)
    assert "Attendance" not in called.briefing_issues
    for person in ("duty", "adviser", "head", "chair"):
        opened = platform.ask("helpdesk.Call", by=person, call="o1", urn=SCHOOL)
        assert opened.inspection.briefing_issues == "Attendance of one year group."
        assert opened.inspection.lead_inspector == "Ann Marsh"
