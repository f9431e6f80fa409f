"""Actions through the doors: carried on, overdue, closed with the school, and gone on at the one that followed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.schemas import Invalid
from services.visits.events import ActionMoved, ActionTaken
from services.visits.queries.actions import ActionsOfSchool
from tests.platform import SCHOOL, Platform, opened_platform
from tests.visits.steps import SUCCESSOR, agree_action, allocate, close_school, open_successor

SPRING = date(2012, 2, 1)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        allocate(platform)
        platform.on(SPRING)
        agree_action(platform)
        yield platform


def actions(platform: Platform, urn: int = SCHOOL, by: str | None = None) -> ActionsOfSchool:
    found: ActionsOfSchool = platform.ask("visits.SchoolActions", by=by, urn=urn)
    return found


def review(platform: Platform, by: str = "adviser", **changes: Any) -> None:
    fields: dict[str, Any] = {
        "urn": SCHOOL,
        "year": 2011,
        "visit": "2",
        "action": "A1",
        "status": "amber",
        "evidence": "Two lessons",
    }
    platform.do("visits.ReviewAction", by=by, **fields | changes)


def close(platform: Platform, outcome: str, because: str | None = None, action: str = "A1") -> None:
    fields: dict[str, Any] = {
        "urn": SCHOOL,
        "year": 2011,
        "visit": "3",
        "action": action,
        "outcome": outcome,
        "evidence": "Seen",
    }
    platform.do("visits.CloseAction", by="adviser", because=because, **fields)


def test_open_actions_come_first_with_their_evidence_and_are_overdue_by_the_day_asked(platform: Platform) -> None:
    agree_action(platform, "A2", due="2012-01-31")
    agree_action(platform, "A3", due="2012-02-01")
    review(platform)
    review(platform, by="head", status="green", evidence="The minutes of January")
    close(platform, "achieved", action="A3")
    found = actions(platform, by="chair")
    assert [(each.action, each.overdue, each.status) for each in found.open] == [
        ("A2", True, ""),
        ("A1", False, "green"),
    ]
    assert [(each.role, each.evidence) for each in found.open[1].reviews] == [
        ("adviser", "Two lessons"),
        ("headteacher", "The minutes of January"),
    ]
    assert [(each.action, each.outcome, each.over_on) for each in found.over] == [("A3", "achieved", SPRING)]
    later = platform.ask("visits.SchoolActions", urn=SCHOOL, on="2012-08-01")
    assert [each.overdue for each in later.open] == [True, True]


def test_open_actions_are_carried_to_next_years_visits(platform: Platform) -> None:
    platform.on(date(2012, 10, 1))
    review(platform, year=2012, visit="1", evidence="Still in use a year on")
    assert [each.evidence for each in actions(platform).open[0].reviews] == ["Still in use a year on"]


def test_a_withdrawn_action_is_kept_with_the_reason(platform: Platform) -> None:
    close(platform, "withdrawn", because="Another scheme came")
    (gone,) = actions(platform, by="head").over
    assert (gone.outcome, gone.reason, gone.evidence) == ("withdrawn", "Another scheme came", "Seen")


def test_recommendations_stand_beside_the_actions(platform: Platform) -> None:
    fields: dict[str, Any] = {
        "urn": SCHOOL,
        "year": 2011,
        "visit": "1",
        "recommendation": "R1",
        "text": "Share the data",
    }
    platform.do("visits.MakeRecommendation", by="adviser", **fields)
    assert [each.text for each in actions(platform).recommendations] == ["Share the data"]


@pytest.mark.parametrize("command", ["MakeRecommendation", "AgreeAction", "ReviewAction", "CloseAction"])
def test_vr2_nothing_is_recommended_or_agreed_at_visit_4(platform: Platform, command: str) -> None:
    with pytest.raises(Invalid) as invalid:
        platform.do(f"visits.{command}", by="adviser", urn=SCHOOL, year=2011, visit="4")
    assert invalid.value.errors["visit"] == ["Choose one of: 1, 2, 3, ip"]


def test_who_may_agree_and_review(platform: Platform) -> None:
    with pytest.raises(Refused, match="Only the school's Link Adviser"):
        agree_action(platform, "A9", by="adviser-2")
    for other in ("head", "manager", "finance"):
        with pytest.raises(Forbidden):
            agree_action(platform, "A9", by=other)
    with pytest.raises(Forbidden):
        review(platform, by="chair")


def test_the_county_sees_what_is_overdue_and_the_school_does_not_see_the_county(platform: Platform) -> None:
    platform.on(date(2012, 8, 1))
    found = platform.ask("visits.CountyActions", by="manager")
    assert [(each.school, each.action) for each in found.overdue] == [("Aldborough Primary School", "A1")]
    assert found.to_be_moved == ()
    with pytest.raises(Forbidden):
        platform.ask("visits.CountyActions", by="head")


def test_edge_closure_closes_open_actions_and_leaves_what_was_over(platform: Platform) -> None:
    agree_action(platform, "A2")
    close(platform, "achieved", action="A2")
    platform.on(date(2012, 4, 2))
    close_school(platform)
    found = actions(platform)
    assert found.open == ()
    assert [(each.action, each.outcome) for each in found.over] == [("A1", "school_closed"), ("A2", "achieved")]
    assert found.over[0].over_on == date(2012, 3, 31)
    with pytest.raises(Refused, match="The school closed on 31 March 2012"):
        agree_action(platform, "A4")
    assert platform.parked() == []


@pytest.mark.parametrize("closure_first", [True, False])
def test_edge_academy_conversion_carries_open_actions_to_the_new_urn_in_any_order(
    platform: Platform, closure_first: bool
) -> None:
    agree_action(platform, "A2")
    close(platform, "achieved", action="A2")
    platform.on(date(2012, 4, 2))
    if closure_first:
        close_school(platform)
    open_successor(platform)
    if not closure_first:
        close_school(platform)
    taken = actions(platform, SUCCESSOR).open
    assert [(each.action, each.predecessor, each.due) for each in taken] == [
        ("120777-A1", SCHOOL, date(2012, 7, 31)),
    ]
    old = {each.action: (each.outcome, each.moved_to) for each in actions(platform).over}
    assert old == {"A1": ("moved", SUCCESSOR), "A2": ("achieved", None)}
    assert platform.ask("visits.CountyActions").to_be_moved == ()
    assert platform.parked() == []


def test_edge_late_news_of_conversion_moves_the_actions_months_late_from_the_true_day(platform: Platform) -> None:
    platform.on(date(2012, 11, 20))
    close_school(platform)
    open_successor(platform)
    (moved,) = platform.recorded(ActionMoved)
    (taken,) = platform.recorded(ActionTaken)
    assert moved.metadata.effective_on == taken.metadata.effective_on == date(2012, 4, 1)
    assert [each.overdue for each in actions(platform, SUCCESSOR).open] == [True]


def test_edge_same_event_delivered_twice_moves_and_takes_an_action_once(platform: Platform) -> None:
    platform.on(date(2012, 4, 2))
    open_successor(platform)
    move: dict[str, Any] = {"urn": SCHOOL, "to": SUCCESSOR, "on": "2012-04-01"}
    for name, fields in (("MoveActions", move), ("TakeActions", {"urn": SUCCESSOR, "predecessor": SCHOOL})):
        for again in (UUID(int=1), UUID(int=2)):
            platform.do(f"visits.{name}", again=again, **fields)
    assert len(platform.events(ActionMoved)) == len(platform.events(ActionTaken)) == 1


@pytest.mark.parametrize("link_type", ["Successor - merged", "Successor - amalgamated"])
def test_edge_merger_v_amalgamation_somebody_chooses_which_actions_go_on_and_where(
    platform: Platform, link_type: str
) -> None:
    agree_action(platform, "A2")
    platform.on(date(2012, 4, 2))
    open_successor(platform, link_type)
    assert [(each.action, each.to_be_moved) for each in actions(platform).open] == [("A1", True), ("A2", True)]
    close_school(platform)
    waiting = platform.ask("visits.CountyActions", by="manager").to_be_moved
    assert [(each.action, each.outcome) for each in waiting] == [("A1", "school_closed"), ("A2", "school_closed")]
    assert actions(platform).successors == (SUCCESSOR,)
    move: dict[str, Any] = {"urn": SCHOOL, "to": SUCCESSOR, "on": "2012-04-01"}
    with pytest.raises(Refused, match="Link them first"):
        platform.do("visits.MoveActions", by="manager", **move | {"to": 120778})
    with pytest.raises(Forbidden):
        platform.do("visits.MoveActions", by="adviser", **move)
    platform.do("visits.MoveActions", by="manager", **move, actions=["A2"])
    assert [each.action for each in actions(platform, SUCCESSOR).open] == ["120777-A2"]
    assert [each.action for each in platform.ask("visits.CountyActions").to_be_moved] == ["A1"]
    platform.do("visits.MoveActions", by="manager", **move)
    assert [each.action for each in actions(platform, SUCCESSOR).open] == ["120777-A2", "120777-A1"]
    assert platform.parked() == []
