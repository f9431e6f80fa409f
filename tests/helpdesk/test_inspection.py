"""What follows when Ofsted is coming: days changed, who goes to the feedback, and the outcome."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.testing import Given
from services.core.testing import given as given_events
from services.helpdesk.events import (
    AdviserTold,
    FeedbackArranged,
    InspectionDatesChanged,
    InspectionOutcomeRecorded,
)
from services.helpdesk.inspection import (
    ArrangeFeedback,
    ChangeInspectionDates,
    Feedback,
    RecordInspectionOutcome,
    TellAdviser,
    inspection,
)
from services.scheduling.events import AdviserAllocated, AllocationEnded
from tests.helpdesk.calls import BEGINS, ENDS, OFSTED_RECEIVED, RECEIVED, SCHOOL

FEEDBACK_AT = datetime(2012, 3, 14, 15, tzinfo=UTC)
ALLOCATED = AdviserAllocated(SCHOOL, 1, "adviser-1", date(2011, 9, 5), "accepted")
MAINTAINED = Feedback("adviser-1", maintained=True, is_team_leader=False)
TELL = TellAdviser("o1", SCHOOL)
FEEDBACK = ArrangeFeedback("o1", FEEDBACK_AT)
ADVISER_GOES = FeedbackArranged("o1", SCHOOL, "link_adviser", "adviser-1", FEEDBACK_AT)
OVER = InspectionOutcomeRecorded("o1", SCHOOL, "Good")


def given(*events: Any, facts: Any = MAINTAINED) -> Given:
    return given_events(*events).at(date(2012, 3, 14)).knowing(facts)


@pytest.mark.parametrize(
    ("allocation", "adviser"),
    [
        ((), None),
        ((ALLOCATED,), "adviser-1"),
        ((replace(ALLOCATED, begins=date(2012, 4, 1)),), None),
        ((ALLOCATED, AllocationEnded(SCHOOL, "adviser-1", date(2012, 3, 14))), None),
        ((ALLOCATED, AllocationEnded(SCHOOL, "adviser-1", date(2012, 3, 15))), "adviser-1"),
        ((ALLOCATED, replace(ALLOCATED, adviser="adviser-2", begins=date(2012, 1, 9))), "adviser-2"),
        (
            (
                ALLOCATED,
                AllocationEnded(SCHOOL, "adviser-1", date(2011, 12, 1)),
                replace(ALLOCATED, begins=date(2012, 1, 9)),
            ),
            "adviser-1",
        ),
    ],
)
def test_edge_inspection_called_mid_programme_the_adviser_of_the_day_is_told(
    allocation: tuple[Any, ...], adviser: str | None
) -> None:
    told = AdviserTold("o1", SCHOOL, adviser)
    given(OFSTED_RECEIVED, facts=allocation).when(TELL, inspection).then(told)


def test_edge_same_event_delivered_twice_or_late_the_adviser_is_told_once() -> None:
    told = AdviserTold("o1", SCHOOL, "adviser-1")
    later = replace(ALLOCATED, adviser="adviser-2", begins=date(2012, 3, 10))
    given(OFSTED_RECEIVED, told, facts=(ALLOCATED, later)).when(TELL, inspection).then()


def test_an_inspection_moves_to_other_days() -> None:
    begins, ends = date(2012, 3, 20), date(2012, 3, 21)
    command, changed = ChangeInspectionDates("o1", begins, ends), InspectionDatesChanged("o1", SCHOOL, begins, ends)
    given(OFSTED_RECEIVED).when(command, inspection).then(changed)
    given(OFSTED_RECEIVED, changed).when(command, inspection).then()
    given(OFSTED_RECEIVED, changed).when(ChangeInspectionDates("o1", BEGINS, ENDS), inspection).then(
        InspectionDatesChanged("o1", SCHOOL, BEGINS, ENDS)
    )
    given(OFSTED_RECEIVED).when(ChangeInspectionDates("o1", ends, begins), inspection).refused("last day", "ends")


def test_edge_inspection_called_mid_programme_the_adviser_goes_to_the_feedback_else_a_team_leader() -> None:
    given(OFSTED_RECEIVED).when(FEEDBACK, inspection).then(ADVISER_GOES)
    given(OFSTED_RECEIVED, ADVISER_GOES).when(FEEDBACK, inspection).then()
    nobody = replace(MAINTAINED, adviser=None)
    given(OFSTED_RECEIVED, facts=nobody).when(FEEDBACK, inspection).refused("has no Link Adviser", "team_leader")
    led, leader = replace(FEEDBACK, team_leader="manager-1"), replace(nobody, is_team_leader=True)
    given(OFSTED_RECEIVED, facts=leader).when(led, inspection).then(
        FeedbackArranged("o1", SCHOOL, "team_leader", "manager-1", FEEDBACK_AT)
    )
    given(OFSTED_RECEIVED, facts=nobody).when(led, inspection).refused("who is a team leader", "team_leader")


def test_edge_inspection_called_mid_programme_an_academys_feedback_is_by_its_invitation_only() -> None:
    academy = replace(MAINTAINED, maintained=False)
    uninvited = given(OFSTED_RECEIVED, facts=academy)
    uninvited.when(FEEDBACK, inspection).refused("only by its invitation", "reason")
    invited = replace(OFSTED_RECEIVED, invites_authority=True)
    given(invited, facts=academy).when(FEEDBACK, inspection).then(ADVISER_GOES)
    since = uninvited.because("The head invited us on 12 March.")
    since.when(FEEDBACK, inspection).then(ADVISER_GOES)


@pytest.mark.parametrize("day", [12, 15])
def test_the_feedback_is_on_a_day_of_the_inspection(day: int) -> None:
    other = replace(FEEDBACK, feedback_at=datetime(2012, 3, day, 15, tzinfo=UTC))
    given(OFSTED_RECEIVED).when(other, inspection).refused("on a day of the inspection", "feedback_at")


@pytest.mark.parametrize("day", [13, 14])
def test_the_first_and_the_last_day_are_days_of_the_inspection(day: int) -> None:
    at = datetime(2012, 3, day, 15, tzinfo=UTC)
    goes = replace(ADVISER_GOES, feedback_at=at)
    given(OFSTED_RECEIVED).when(replace(FEEDBACK, feedback_at=at), inspection).then(goes)


def test_the_outcome_is_recorded_once_it_may_be_known() -> None:
    command = RecordInspectionOutcome("o1", "Good")
    given(OFSTED_RECEIVED).at(date(2012, 3, 13)).when(command, inspection).refused("not over yet", "outcome")
    given(OFSTED_RECEIVED).when(command, inspection).then(OVER)
    given(OFSTED_RECEIVED, OVER).when(command, inspection).then()
    given(OFSTED_RECEIVED, OVER).when(FEEDBACK, inspection).refused("it is over")
    changed = ChangeInspectionDates("o1", date(2012, 3, 20), date(2012, 3, 21))
    given(OFSTED_RECEIVED, OVER).when(changed, inspection).refused("it is over")


def test_an_outcome_that_was_wrong_is_recorded_anew() -> None:
    other = RecordInspectionOutcome("o1", "Satisfactory")
    given(OFSTED_RECEIVED, OVER).when(other, inspection).then(InspectionOutcomeRecorded("o1", SCHOOL, "Satisfactory"))


@pytest.mark.parametrize("command", [TELL, FEEDBACK, ChangeInspectionDates("o1", BEGINS, ENDS)])
@pytest.mark.parametrize("events", [(), (RECEIVED,)])
def test_only_a_call_about_an_inspection_has_one(events: tuple[Any, ...], command: Any) -> None:
    given(*events, facts=()).when(command, inspection).refused("no such call about an inspection", "call")
