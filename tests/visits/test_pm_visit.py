"""Visit 4: that it took place is logged, and nothing of what was said can be."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from marshmallow import Schema, fields
from marshmallow.validate import OneOf, Regexp
from msgspec.structs import replace

from services.core.schemas import schema_for
from services.core.testing import Given, given
from services.visits.events import FeedbackFormLeft, FeedbackFormReturned, Meeting, PmVisitHeld, PmVisitWithdrawn
from services.visits.feedback_questions import questions_on
from services.visits.pm_participants import Facts
from services.visits.pm_visit import (
    AboutPmVisit,
    Answer,
    LeaveFeedbackForm,
    MeetingRole,
    PmMeeting,
    RecordPmVisit,
    ReturnFeedbackForm,
    WithdrawPmVisit,
    pm_decider,
)

URN, YEAR, DAY = 120777, 2011, date(2011, 11, 15)
TRAINED = date(2011, 6, 1)
GOVERNORS: tuple[MeetingRole, MeetingRole] = ("reviewing_governor", "reviewing_governor")
MEETINGS = (
    PmMeeting("headteacher", time(9), time(10), ("headteacher", "adviser")),
    PmMeeting("governors", time(10), time(10, 45), ("adviser", *GOVERNORS)),
    PmMeeting("together", time(10, 45), time(12), ("headteacher", "adviser", *GOVERNORS)),
)
RECORD = RecordPmVisit(URN, YEAR, DAY, MEETINGS, ("head", "chair"))
HELD = PmVisitHeld(
    urn=URN,
    year=YEAR,
    day=DAY,
    adviser="adviser",
    meetings=tuple(Meeting(each.meeting, each.starts, each.ends, each.roles) for each in MEETINGS),
    present=("head", "chair"),
    training_completed=TRAINED,
)
EVERYBODY = ("adviser", "head", "chair")
LEFT = FeedbackFormLeft(URN, YEAR, EVERYBODY)
FACTS = Facts("adviser", TRAINED, frozenset({"head", "chair"}), voluntary_aided=False)
CODES = [question.code for question in questions_on(DAY)]
SCORES = dict.fromkeys(CODES, 4)
WITHDRAWN = PmVisitWithdrawn(URN, YEAR, DAY, EVERYBODY, "another_day")
RETURN = ReturnFeedbackForm(URN, YEAR, tuple(Answer(code, 4) for code in CODES))


def known(*events: PmVisitHeld | FeedbackFormLeft | FeedbackFormReturned | PmVisitWithdrawn) -> Given:
    return given(*events).at(DAY).knowing(FACTS)


def test_what_was_logged_wrongly_is_withdrawn_and_may_be_logged_again() -> None:
    withdraw = WithdrawPmVisit(URN, YEAR, "another_day")
    known(HELD, LEFT).when(withdraw, pm_decider).then(WITHDRAWN.true_from(DAY))
    known().when(withdraw, pm_decider).refused("not logged yet")
    known(HELD, WITHDRAWN).when(withdraw, pm_decider).refused("not logged yet")
    again = replace(RECORD, present=("head",))
    known(HELD, LEFT, WITHDRAWN).when(again, pm_decider).then(replace(HELD, present=("head",)).true_from(DAY))
    anew = known(HELD, LEFT, WITHDRAWN, HELD).by("chair_of_governors", "chair")
    anew.when(RETURN, pm_decider).refused("has not left the form")


def test_a_log_is_withdrawn_by_the_adviser_whose_it_is_or_by_the_programme_office() -> None:
    withdraw = WithdrawPmVisit(URN, YEAR, "another_school")
    known(HELD).by("adviser", "adviser-2").when(withdraw, pm_decider).refused("Only the adviser who makes visit 4")
    assert known(HELD).by("programme_officer", "officer").when(withdraw, pm_decider).refusal is None


def meeting(number: int, **changes: Any) -> RecordPmVisit:
    """The command with one of its meetings changed."""
    meetings = list(MEETINGS)
    meetings[number] = replace(meetings[number], **changes)
    return replace(RECORD, meetings=tuple(meetings))


def test_vr2_visit_4_is_logged_with_its_three_meetings_and_leaves_no_record() -> None:
    known().when(RECORD, pm_decider).then(HELD.true_from(DAY))
    known(HELD).when(RECORD, pm_decider).then()
    known(HELD).when(replace(RECORD, present=("head",)), pm_decider).refused("logged already, on 15 November 2011")


@pytest.mark.parametrize("command", [RecordPmVisit, LeaveFeedbackForm, ReturnFeedbackForm, WithdrawPmVisit])
def test_pr3_pr4_pr5_no_command_of_visit_4_takes_free_text(command: type[AboutPmVisit]) -> None:
    """Objectives, communications and statements can't be kept or passed on where they can't be typed."""
    for text in _texts(schema_for(command)):
        assert any(isinstance(check, OneOf | Regexp) for check in text.validators), text.name


def _texts(field: Any) -> Iterator[fields.String]:
    """Every text within a schema or a field of one."""
    match field:
        case fields.String():
            yield field
        case Schema():
            yield from (text for part in field.fields.values() for text in _texts(part))
        case fields.List():
            yield from _texts(field.inner)
        case fields.Nested():
            yield from _texts(field.schema)
        case _:
            assert isinstance(field, fields.Integer | fields.Date | fields.Time), field


def test_edge_pm_content_typed_in_the_wrong_place_as_a_person_is_turned_away() -> None:
    typed = replace(RECORD, present=("head", "no-pay-rise-this-year"))
    known().when(typed, pm_decider).refused("held no role at the school", "present")


def test_pr2_two_or_three_governors_review_and_the_adviser_is_none_of_them() -> None:
    three = ("headteacher", "adviser", *GOVERNORS, "reviewing_governor")
    assert known().when(meeting(2, roles=three), pm_decider).refusal is None
    for roles in (("adviser", "reviewing_governor"), ("adviser", *GOVERNORS, *GOVERNORS), ("adviser",)):
        known().when(meeting(1, roles=roles), pm_decider).refused("Two or three governors", "meetings")


def test_pr2_at_a_voluntary_aided_school_a_foundation_governor_is_among_them() -> None:
    aided = replace(FACTS, voluntary_aided=True)
    known().knowing(aided).when(RECORD, pm_decider).refused("foundation governor", "meetings")
    foundation = ("reviewing_governor", "reviewing_foundation_governor")
    second = replace(MEETINGS[1], roles=("adviser", *foundation))
    third = replace(MEETINGS[2], roles=("headteacher", "adviser", *foundation))
    with_one = replace(RECORD, meetings=(MEETINGS[0], second, third))
    assert known().knowing(aided).when(with_one, pm_decider).refusal is None


@pytest.mark.parametrize(
    ("number", "roles", "says"),
    [
        (0, ("adviser",), "the head at the first and the third"),
        (0, ("headteacher",), "The adviser is at all three"),
        (0, ("headteacher", "adviser", "reviewing_governor"), "without governors"),
        (1, ("headteacher", "adviser", *GOVERNORS), "the head at the first and the third"),
        (2, ("adviser", *GOVERNORS), "the head at the first and the third"),
    ],
)
def test_who_is_at_each_meeting(number: int, roles: tuple[str, ...], says: str) -> None:
    known().when(meeting(number, roles=roles), pm_decider).refused(says, "meetings")


def test_the_meetings_are_three_different_ones_and_each_takes_time() -> None:
    twice = replace(RECORD, meetings=(MEETINGS[0], MEETINGS[0], MEETINGS[2]))
    known().when(twice, pm_decider).refused("three meetings", "meetings")
    known().when(meeting(0, ends=time(9)), pm_decider).refused("ends after it starts", "meetings")


def test_the_adviser_must_be_trained_on_the_day() -> None:
    untrained = replace(FACTS, trained=None)
    known().knowing(untrained).when(RECORD, pm_decider).refused("no valid training in performance management on", "day")
    nobody = replace(FACTS, adviser=None)
    known().knowing(nobody).when(RECORD, pm_decider).refused("allocate one first", "urn")


def test_only_its_own_adviser_logs_it() -> None:
    known().by("adviser", "adviser-2").when(RECORD, pm_decider).refused("Only the adviser who makes visit 4")
    known().by("adviser").when(RECORD, pm_decider).then(HELD.true_from(DAY))
    leave = LeaveFeedbackForm(URN, YEAR)
    known(HELD).by("adviser", "adviser-2").when(leave, pm_decider).refused("Only the adviser who makes visit 4")


def test_it_is_logged_once_it_took_place_in_its_own_year() -> None:
    for day in (date(2011, 11, 16), date(2011, 8, 31)):
        known().when(replace(RECORD, day=day), pm_decider).refused("not after today", "day")


def test_the_form_is_left_once_then_returned_once() -> None:
    leave = LeaveFeedbackForm(URN, YEAR)
    known().when(leave, pm_decider).refused("not logged yet", "year")
    known(HELD).when(leave, pm_decider).then(LEFT)
    known(HELD, LEFT).when(leave, pm_decider).then()


def test_the_form_asks_about_the_service_alone_and_wants_every_answer() -> None:
    chair = known(HELD, LEFT).by("chair_of_governors", "chair")
    chair.when(RETURN, pm_decider).then(FeedbackFormReturned(URN, YEAR, EVERYBODY, SCORES))
    few = replace(RETURN, answers=RETURN.answers[:-1])
    other = replace(RETURN, answers=(*RETURN.answers[:-1], Answer("pay", 1)))
    twice = replace(RETURN, answers=(*RETURN.answers, RETURN.answers[0]))
    for wrong in (few, other, twice):
        chair.when(wrong, pm_decider).refused("Answer each statement of the form once", "answers")


def test_the_form_is_returned_once_by_somebody_who_took_part_and_not_before_it_is_left() -> None:
    chair = ("chair_of_governors", "chair")
    known(HELD).by(*chair).when(RETURN, pm_decider).refused("has not left the form")
    known(HELD, LEFT).by("chair_of_governors", "new-chair").when(RETURN, pm_decider).refused(
        "Only somebody who took part"
    )
    returned = FeedbackFormReturned(URN, YEAR, EVERYBODY, SCORES)
    known(HELD, LEFT, returned).by(*chair).when(RETURN, pm_decider).then()
    changed = replace(RETURN, answers=tuple(Answer(code, 1) for code in CODES))
    known(HELD, LEFT, returned).by(*chair).when(changed, pm_decider).refused("returned already")
