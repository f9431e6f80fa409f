"""Nobody is in two places at once: an adviser's time is kept before a visit is planned."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.core.authorisation import Actor
from services.core.deciders import Refused
from services.core.events import Event
from services.core.log import Conflict
from services.core.testing import given
from services.scheduling.diary import Planned, ReleaseTime, ReserveTime, diary_decider
from services.scheduling.events import Sitting, TimeReleased, TimeReserved, VisitPlanned
from tests.platform import SCHOOL, Platform
from tests.scheduling.year import AUTUMN, OTHER, SPRING, YEAR, act, add_school, at, plan, typed

MINE, THEIRS = (SCHOOL, YEAR, "1"), (OTHER, YEAR, "1")


def kept(*sittings: Sitting, urn: int = OTHER, joint: str | None = None) -> TimeReserved:
    return TimeReserved("adviser", urn, YEAR, "1", sittings, joint)


def reserve(*sittings: Sitting, joint: str | None = None) -> ReserveTime:
    return ReserveTime("adviser", *MINE, sittings=sittings, joint=joint)


@pytest.mark.parametrize(("starts", "ends"), [("12:00", "15:00"), ("08:00", "09:00")])
def test_one_visit_may_begin_as_another_ends(starts: str, ends: str) -> None:
    wanted = at(AUTUMN, starts, ends)
    given(kept(at(AUTUMN))).knowing({}).when(reserve(wanted), diary_decider).then(kept(wanted, urn=SCHOOL))


@pytest.mark.parametrize(("starts", "ends"), [("11:59", "15:00"), ("08:00", "09:01"), ("10:00", "11:00")])
def test_a_minute_in_common_is_too_much(starts: str, ends: str) -> None:
    planned = {THEIRS: Planned(now=frozenset({at(AUTUMN)}))}
    wanted = reserve(at(SPRING), at(AUTUMN, starts, ends))
    outcome = given(kept(at(AUTUMN))).knowing(planned).when(wanted, diary_decider)
    outcome.refused(
        "Adviser is already booked on 3 October 2011 from 09:00 to 12:00, for visit 1 at school 120778", "sittings"
    )


def test_time_kept_for_a_visit_that_is_being_planned_counts_as_taken() -> None:
    outcome = given(kept(at(AUTUMN))).knowing({THEIRS: Planned()}).when(reserve(at(AUTUMN)), diary_decider)
    outcome.refused("already booked")


def test_time_that_a_visit_once_had_is_free_and_goes_over() -> None:
    planned = {THEIRS: Planned(formerly=frozenset({at(AUTUMN)}))}
    outcome = given(kept(at(AUTUMN), at(SPRING))).knowing(planned).when(reserve(at(AUTUMN)), diary_decider)
    outcome.then(kept(at(SPRING)), kept(at(AUTUMN), urn=SCHOOL))


def test_keeping_the_same_time_again_is_nothing() -> None:
    given(kept(at(AUTUMN), urn=SCHOOL)).knowing({}).when(reserve(at(AUTUMN)), diary_decider).then()


def test_another_time_for_the_same_visit_is_kept_beside_the_first() -> None:
    given(kept(at(SPRING), urn=SCHOOL)).knowing({}).when(reserve(at(AUTUMN)), diary_decider).then(
        kept(at(AUTUMN), at(SPRING), urn=SCHOOL)
    )


def test_edge_federation_one_visit_may_serve_several_schools() -> None:
    joint = kept(at(AUTUMN), joint="coast")
    given(joint).knowing({}).when(reserve(at(AUTUMN), joint="coast"), diary_decider).then(
        kept(at(AUTUMN), urn=SCHOOL, joint="coast")
    )
    other = given(joint).knowing({THEIRS: Planned()}).when(reserve(at(AUTUMN), joint="broads"), diary_decider)
    other.refused("already booked")


def test_edge_federation_a_joint_visit_is_planned_at_each_school(year: Platform) -> None:
    add_school(year)
    plan(year, "1", at(AUTUMN), joint="coast")
    with pytest.raises(Refused, match="already booked"):
        plan(year, "1", at(AUTUMN), urn=OTHER)
    plan(year, "1", at(AUTUMN), urn=OTHER, joint="coast")
    assert [event.joint for event in year.events(VisitPlanned)] == ["coast", "coast"]
    later = at(date(2011, 10, 10))
    for urn in (SCHOOL, OTHER):
        act(year, "MoveVisit", "1", urn=urn, by="officer", because="Fog", sittings=typed(later))
    assert year.parked() == []


@pytest.mark.parametrize("command", ["PostponeVisit", "CancelVisit"])
def test_time_is_released_when_the_visit_is_off(year: Platform, command: str) -> None:
    plan(year, "1", at(AUTUMN))
    act(year, command, "1", by="officer", because="Flood")
    assert year.events(TimeReleased) == [TimeReleased("adviser", SCHOOL, YEAR, "1")]
    add_school(year)
    plan(year, "1", at(AUTUMN), urn=OTHER)
    assert year.parked() == []


@pytest.mark.parametrize(
    ("role", "outcome"),
    [("policy", kept(at(SPRING), urn=SCHOOL)), ("programme_officer", TimeReleased("adviser", *MINE))],
)
def test_a_policy_leaves_time_alone_that_somebody_may_be_planning_with(role: str, outcome: Event) -> None:
    facts = {MINE: Planned(formerly=frozenset({at(AUTUMN)}))}
    diary = given(kept(at(AUTUMN), at(SPRING), urn=SCHOOL)).knowing(facts).by(role)
    diary.when(ReleaseTime("adviser", *MINE), diary_decider).then(outcome)


def test_a_refused_plan_keeps_no_time(year: Platform) -> None:
    with pytest.raises(Refused, match="belongs to the autumn term"):
        plan(year, "1", at(SPRING))
    assert year.events(TimeReserved) == []


def test_of_many_who_want_the_same_hour_at_once_exactly_one_gets_it(year: Platform) -> None:
    urns = range(OTHER, OTHER + 12)
    for urn in urns:
        add_school(year, urn, head=f"head-{urn}")
    times = {urn: at(AUTUMN, "09:00", "12:00") if urn % 2 else at(AUTUMN, "11:00", "14:00") for urn in urns}
    said = all_at_once(year, [{"urn": urn, "visit": "1", "sittings": typed(times[urn])} for urn in urns])
    assert said.count("planned") == 1
    assert all(words == "planned" or "already booked" in words for words in said), said
    assert len(year.events(VisitPlanned)) == 1
    assert year.parked() == []


def test_of_many_plans_for_one_visit_the_time_of_the_one_that_stands_stays_kept(year: Platform) -> None:
    add_school(year)
    days = [date(2011, 10, day) for day in range(3, 8)]
    said = all_at_once(year, [{"urn": SCHOOL, "visit": "1", "sittings": typed(at(day))} for day in days])
    assert said.count("planned") == 1
    [planned] = year.events(VisitPlanned)
    with pytest.raises(Refused, match="already booked"):
        plan(year, "1", *planned.sittings, urn=OTHER)


def all_at_once(year: Platform, plans: list[dict[str, Any]]) -> list[str]:
    """What became of each plan, while the policies run beside them."""

    def attempt(wanted: dict[str, Any]) -> str:
        try:
            data = {"year": YEAR, **wanted}
            year.runtime.handle("scheduling.PlanVisit", data, actor=Actor("officer"), command_id=uuid4())
        except (Refused, Conflict) as refused:
            return str(refused)
        return "planned"

    with ThreadPoolExecutor(len(plans)) as pool:
        attempts = [pool.submit(attempt, wanted) for wanted in plans]
        while not all(future.done() for future in attempts):
            year.runtime.settle()
    year.runtime.settle()
    return [future.result() for future in attempts]
