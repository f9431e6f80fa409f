"""A concern from its observation to its end: the school is told and the team alerted, in either order (VR7)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st
from msgspec.structs import replace

from services.core.deciders import Context, Refused
from services.core.events import Dated, Event
from services.core.testing import given
from services.visits.advisers import Advisers
from services.visits.concern import (
    AboutConcern,
    AcknowledgeAlert,
    AlertTeam,
    CloseConcern,
    DecideAlert,
    ObserveConcern,
    RedactConcern,
    ReviewAlert,
    TellSchool,
    academic_year,
    concern_decider,
)
from services.visits.events import (
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    ConcernRedacted,
    SchoolTold,
    TeamAlerted,
)

URN, C1 = 120777, "C1"
DAY = date(2012, 2, 1)
NOON = datetime(2012, 2, 1, 12, tzinfo=UTC)
MORNING = NOON - timedelta(hours=3)
LATER = date(2012, 3, 1)

OBSERVE = ObserveConcern(URN, C1, "Leadership and management", DAY, "The plan has no milestones")
TELL = TellSchool(URN, C1, ("headteacher", "chair_of_governors"), MORNING, "in_person")
ALERT = AlertTeam(URN, C1)
ACKNOWLEDGE = AcknowledgeAlert(URN, C1)
DECIDE = DecideAlert(URN, C1, "A support board for two terms", "governing_body", LATER)
REVIEW = ReviewAlert(URN, C1, "The board met twice", LATER)
CLOSE = CloseConcern(URN, C1, "The plan has milestones and they are met")

OBSERVED = ConcernObserved(URN, C1, "Leadership and management", DAY, "concern-120777-C1", "The plan has no milestones")
TOLD = SchoolTold(URN, C1, "Leadership and management", ("headteacher", "chair_of_governors"), MORNING, "in_person")
ALERTED = TeamAlerted(URN, C1, "Leadership and management", NOON)
ACKNOWLEDGED = AlertAcknowledged(URN, C1)
DECIDED = AlertDecided(URN, C1, "governing_body", LATER, "concern-120777-C1:4", "A support board for two terms")
REVIEWED = AlertReviewed(URN, C1, LATER, "concern-120777-C1:5", "The board met twice")
CLOSED = ConcernClosed(URN, C1, "concern-120777-C1:7", "The plan has milestones and they are met")
REDACT = RedactConcern(URN, C1, 1, "performance management is not recorded")
REDACTED = ConcernRedacted(URN, C1, 1, "concern-120777-C1", "performance management is not recorded")


def test_a_concern_is_observed_once_and_not_before_it_was_seen() -> None:
    known = given().at(DAY).knowing(Advisers())
    known.when(OBSERVE, concern_decider).then(OBSERVED.true_from(DAY))
    known.when(replace(OBSERVE, observed=date(2012, 2, 2)), concern_decider).refused(
        "today or a day before", "observed"
    )
    given(OBSERVED).at(DAY).knowing(Advisers()).when(OBSERVE, concern_decider).refused("identifier", "concern")


def test_vr7_the_school_is_told_and_the_team_alerted_in_either_order() -> None:
    given(OBSERVED).at(DAY).when(TELL, concern_decider).then(TOLD.true_from(DAY))
    given(OBSERVED).at(DAY).when(ALERT, concern_decider).then(ALERTED)
    given(OBSERVED, TOLD).at(DAY).when(ALERT, concern_decider).then(ALERTED)
    given(OBSERVED, ALERTED).at(DAY).when(TELL, concern_decider).then(TOLD.true_from(DAY))
    given(OBSERVED, TOLD).at(DAY).when(TELL, concern_decider).then()
    given(OBSERVED, ALERTED).at(DAY).when(ALERT, concern_decider).then()


def test_the_school_can_be_told_again_in_another_way() -> None:
    letter = replace(TELL, told=("clerk_to_governors",), how="letter")
    told = replace(TOLD, told=("clerk_to_governors",), how="letter")
    given(OBSERVED, TOLD).at(DAY).when(letter, concern_decider).then(told.true_from(DAY))


def test_telling_is_noted_once_it_was_done() -> None:
    future = replace(TELL, told_at=NOON + timedelta(seconds=1))
    given(OBSERVED).at(DAY).when(future, concern_decider).refused("in the future", "told_at")
    before = replace(TELL, told_at=datetime(2012, 1, 31, 23, 59, tzinfo=UTC))
    given(OBSERVED).at(DAY).when(before, concern_decider).refused("observed on 1 February 2012", "told_at")


def test_vr7_a_concern_does_not_close_before_the_school_was_told() -> None:
    so_far = (OBSERVED, ALERTED, ACKNOWLEDGED, DECIDED, REVIEWED)
    given(*so_far).at(DAY).when(CLOSE, concern_decider).refused("Tell the school first")
    given(*so_far, TOLD).at(DAY).when(CLOSE, concern_decider).then(CLOSED)


def test_vr7_a_concern_does_not_close_before_the_team_was_alerted() -> None:
    given(OBSERVED, TOLD).at(DAY).when(CLOSE, concern_decider).refused("Alert the Achievement and Intervention team")


def test_the_team_acknowledges_decides_and_reviews_in_that_order() -> None:
    given(OBSERVED).at(DAY).when(ACKNOWLEDGE, concern_decider).refused("Alert the team first")
    given(OBSERVED, ALERTED).at(DAY).when(DECIDE, concern_decider).refused("Acknowledge the alert first")
    given(OBSERVED, ALERTED).at(DAY).when(ACKNOWLEDGE, concern_decider).then(ACKNOWLEDGED)
    given(OBSERVED, ALERTED, ACKNOWLEDGED).at(DAY).when(ACKNOWLEDGE, concern_decider).then()
    given(OBSERVED, ALERTED, ACKNOWLEDGED).at(DAY).when(REVIEW, concern_decider).refused("Decide on the alert first")
    given(OBSERVED, ALERTED, ACKNOWLEDGED).at(DAY).when(DECIDE, concern_decider).then(DECIDED)
    given(OBSERVED, ALERTED, ACKNOWLEDGED, DECIDED).at(DAY).when(REVIEW, concern_decider).then(REVIEWED)


@pytest.mark.parametrize("command", [DECIDE, REVIEW])
def test_the_next_review_is_after_today(command: DecideAlert | ReviewAlert) -> None:
    known = given(OBSERVED, ALERTED, ACKNOWLEDGED, DECIDED).at(DAY)
    known.when(replace(command, next_review=DAY), concern_decider).refused("after today", "next_review")


def test_vr6_intervention_that_the_authority_decides_alone_needs_a_reason() -> None:
    alone = replace(DECIDE, requested_by="authority")
    known = given(OBSERVED, ALERTED, ACKNOWLEDGED).at(DAY)
    known.when(alone, concern_decider).refused("without the governing body (VR6)", "reason")
    known.because("The governors did not answer three letters").when(alone, concern_decider).then(
        replace(DECIDED, requested_by="authority")
    )
    known.when(replace(DECIDE, requested_by="consultation"), concern_decider).then(
        replace(DECIDED, requested_by="consultation")
    )


@pytest.mark.parametrize("command", [TELL, ALERT, ACKNOWLEDGE, DECIDE, REVIEW, CLOSE])
def test_nothing_happens_to_a_concern_that_is_not_there_or_is_closed(command: AboutConcern) -> None:
    given().at(DAY).when(command, concern_decider).refused("no such concern", "concern")
    closed = given(OBSERVED, TOLD, ALERTED, ACKNOWLEDGED, DECIDED, CLOSED).at(DAY)
    closed.when(command, concern_decider).refused("is closed", "concern")


@tried(st.lists(st.sampled_from([OBSERVE, TELL, ALERT, ACKNOWLEDGE, DECIDE, REVIEW, CLOSE]), max_size=40))
def test_vr7_in_no_order_of_commands_is_a_concern_closed_of_which_the_school_was_not_told(
    commands: list[AboutConcern],
) -> None:
    recorded: list[Event] = []
    state: Any = concern_decider.initial
    for command in commands:
        try:
            decided = concern_decider.decide(command, state, Context(NOON, DAY, Advisers()))
        except Refused:
            continue
        for item in decided:
            event = item.event if isinstance(item, Dated) else item
            recorded.append(event)
            state = concern_decider.evolve(state, event)
    kinds = [type(event) for event in recorded]
    if ConcernClosed in kinds:
        end = kinds.index(ConcernClosed)
        assert SchoolTold in kinds[:end]
        assert TeamAlerted in kinds[:end]
        assert end == len(kinds) - 1


def test_edge_pm_content_typed_in_the_wrong_place_each_text_of_a_concern_can_be_redacted() -> None:
    whole = given(OBSERVED, ALERTED, ACKNOWLEDGED, DECIDED, REVIEWED, TOLD, CLOSED).at(DAY).because("On report")
    for fact, key in ((1, "C1"), (4, "C1:4"), (5, "C1:5"), (7, "C1:7")):
        redacted = replace(REDACTED, fact=fact, person=f"concern-120777-{key}")
        whole.when(replace(REDACT, fact=fact), concern_decider).then(redacted)
    for fact in (2, 8):
        whole.when(replace(REDACT, fact=fact), concern_decider).refused("Nothing was written there", "fact")
    given(OBSERVED).when(REDACT, concern_decider).refused("without repeating what the text says", "reason")
    given(OBSERVED, REDACTED).because("On report").when(REDACT, concern_decider).then()


def test_a_text_that_was_stored_before_it_was_sealed_cannot_be_redacted() -> None:
    old = AlertDecided(URN, C1, "governing_body", LATER, "", None, "A support board")
    known = given(OBSERVED, ALERTED, ACKNOWLEDGED, old).because("On report")
    known.when(replace(REDACT, fact=4), concern_decider).refused("before such texts had keys", "fact")


def test_the_academic_year_turns_on_1_september() -> None:
    assert [academic_year(day) for day in (date(2012, 8, 31), date(2012, 9, 1))] == [2011, 2012]


def test_only_an_adviser_of_the_school_observes_a_concern() -> None:
    own = Advisers(link=((date(2011, 9, 1), "adviser"),), of_visits={"3": "adviser-2"})
    known = given().at(DAY).knowing(own)
    known.by("adviser", "adviser-3").when(OBSERVE, concern_decider).refused("Only the school's Link Adviser")
    for person in ("adviser", "adviser-2"):
        known.by("adviser", person).when(OBSERVE, concern_decider).then(OBSERVED.true_from(DAY))
