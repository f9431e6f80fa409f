"""What may be recommended, agreed, reviewed and closed at a visit."""

from datetime import date

import pytest
from msgspec.structs import asdict, replace

from services.core.testing import Given, given
from services.visits.actions import (
    AgreeAction,
    CloseAction,
    Facts,
    MakeRecommendation,
    ReviewAction,
    visit_actions,
)
from services.visits.advisers import Advisers
from services.visits.events import ActionAgreed, ActionClosed, ActionMoved, ActionReviewed, RecommendationMade

URN = 120777
OPEN = Facts(Advisers())
CLOSED = Facts(Advisers(), closed=date(2012, 3, 31))
AGREE = AgreeAction(
    urn=URN,
    year=2011,
    visit="1",
    action="A1",
    text="Teach fractions in every year",
    owner="headteacher",
    due=date(2012, 7, 31),
    success="80% at the expected standard",
)
AGREED = ActionAgreed(**asdict(AGREE))
REVIEW = ReviewAction(URN, 2011, "2", "A1", "amber", "Seen in two lessons of three")
CLOSE = CloseAction(URN, 2011, "3", "A1", "achieved", "83% in the summer tests")
MOVED = ActionMoved(URN, "A1", 140000, date(2012, 4, 1))


def known(*events: ActionAgreed | ActionClosed | ActionMoved | RecommendationMade) -> Given:
    return given(*events).at(date(2012, 2, 1)).knowing(OPEN)


def test_an_action_is_agreed_once() -> None:
    known().when(AGREE, visit_actions).then(AGREED)
    known(AGREED).when(AGREE, visit_actions).then()
    known(AGREED).when(replace(AGREE, text="Another"), visit_actions).refused("has this identifier", "action")


def test_an_action_is_not_due_before_the_year_of_its_visit() -> None:
    early = replace(AGREE, due=date(2011, 8, 31))
    known().when(early, visit_actions).refused("from 1 September 2011 on", "due")


def test_a_recommendation_is_made_once() -> None:
    make = MakeRecommendation(URN, 2011, "1", "R1", "Share the data with governors")
    made = RecommendationMade(URN, 2011, "1", "R1", "Share the data with governors")
    known().when(make, visit_actions).then(made)
    known(made).when(make, visit_actions).then()
    known(made).when(replace(make, text="Another"), visit_actions).refused("identifier already", "recommendation")


def test_nothing_new_is_agreed_at_a_closed_school() -> None:
    make = MakeRecommendation(URN, 2011, "1", "R1", "Share the data with governors")
    for command in (AGREE, make):
        known().knowing(CLOSED).when(command, visit_actions).refused("closed on 31 March 2012", "urn")


def test_an_action_is_reviewed_at_a_later_visit() -> None:
    known(AGREED).when(REVIEW, visit_actions).then(ActionReviewed(**asdict(REVIEW)))
    for year, visit in ((2011, "1"), (2010, "3")):
        earlier = replace(REVIEW, year=year, visit=visit)
        known(AGREED).when(earlier, visit_actions).refused("at a later visit", "visit")
    next_year = replace(REVIEW, year=2012, visit="1")
    known(AGREED).when(next_year, visit_actions).then(ActionReviewed(**asdict(next_year)))


def test_an_achieved_action_is_closed_once_and_not_reviewed_again() -> None:
    closed = ActionClosed(URN, "A1", "achieved", "83% in the summer tests")
    known(AGREED).when(CLOSE, visit_actions).then(closed)
    known(AGREED, closed).when(CLOSE, visit_actions).then()
    known(AGREED, closed).when(REVIEW, visit_actions).refused("is closed (achieved)", "action")


def test_a_withdrawn_action_stays_with_its_reason() -> None:
    withdraw = replace(CLOSE, outcome="withdrawn", evidence="The plan was dropped in spring")
    known(AGREED).when(withdraw, visit_actions).refused("Give the reason", "reason")
    known(AGREED).because(" ").when(withdraw, visit_actions).refused("Give the reason", "reason")
    done = ActionClosed(URN, "A1", "withdrawn", "The plan was dropped in spring")
    known(AGREED).because("Another scheme came").when(withdraw, visit_actions).then(done)


@pytest.mark.parametrize("command", [REVIEW, CLOSE])
def test_only_what_is_there_is_reviewed_or_closed(command: ReviewAction | CloseAction) -> None:
    known().when(command, visit_actions).refused("no such action", "action")
    known(AGREED, MOVED).when(command, visit_actions).refused("goes on at school 140000", "action")


def test_another_schools_adviser_agrees_nothing_here_but_the_head_may_add_evidence() -> None:
    allocated = Facts(Advisers(link=((date(2011, 9, 1), "adviser"),), of_visits={"2": "adviser-2"}))
    agreed = known(AGREED).knowing(allocated)
    agreed.by("adviser", "adviser-3").when(REVIEW, visit_actions).refused("Only the school's Link Adviser")
    agreed.by("adviser", "adviser-2").when(CLOSE, visit_actions).refused("Only the school's Link Adviser")
    for role, person in (("adviser", "adviser"), ("adviser", "adviser-2"), ("headteacher", "head")):
        agreed.by(role, person).when(REVIEW, visit_actions).then(ActionReviewed(**asdict(REVIEW)))
