"""What becomes of a call: contacted and confirmed (HR3), assigned, answered, resolved, closed, opened again, erased."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.commands import Command
from services.core.deciders import Context
from services.core.testing import Given
from services.helpdesk.calendar import evolve
from services.helpdesk.events import (
    CallAnswered,
    CallAssigned,
    CallClosed,
    CallerErased,
    CallReopened,
    CallResolved,
    ContactAcknowledged,
    HolidaySet,
    ManagerContacted,
)
from services.helpdesk.handling import (
    AcknowledgeContact,
    AnswerCall,
    AssignCall,
    CloseCall,
    ContactManager,
    EraseCaller,
    ReopenCall,
    ResolveCall,
    handling,
)
from services.helpdesk.shipped_hours import shipped_calendar
from tests.helpdesk.calls import CAME, DAY, RECEIVED, SCHOOL

NOW = datetime(2012, 3, 9, 12, tzinfo=UTC)
TEN_PAST = CAME + timedelta(minutes=10)
CONTACT = ContactManager("c1", "manager-1", TEN_PAST)
CONTACTED = ManagerContacted("c1", SCHOOL, "manager-1", TEN_PAST)
ACKNOWLEDGED = ContactAcknowledged("c1", SCHOOL)
ANSWER = AnswerCall("c1", TEN_PAST, "Rang back.")
ANSWERED = CallAnswered("c1", SCHOOL, TEN_PAST, 600, None, "call-c1", "Rang back.")
RESOLVED = CallResolved("c1", SCHOOL, NOW, None)


def given(*events: Any, actor: str = "officer-1", role: str = "duty_officer", facts: Any = True) -> Given:
    return Given(events, Context(NOW, NOW.date(), facts, None, actor, role))


def test_hr3_the_contact_and_its_confirmation_are_two_facts_by_two_people() -> None:
    given(RECEIVED).when(CONTACT, handling).then(CONTACTED.true_from(DAY))
    manager = given(RECEIVED, CONTACTED, actor="manager-1", role="duty_manager")
    manager.when(AcknowledgeContact("c1"), handling).then(ACKNOWLEDGED)


def test_hr3_only_the_manager_who_was_contacted_confirms() -> None:
    other = given(RECEIVED, CONTACTED, actor="manager-2", role="duty_manager")
    other.when(AcknowledgeContact("c1"), handling).refused("Only the duty manager who was contacted")
    given(RECEIVED, actor="manager-1").when(AcknowledgeContact("c1"), handling).refused("No duty manager was contacted")


def test_hr3_nobody_contacts_themselves() -> None:
    own = given(RECEIVED, actor="manager-1", role="duty_manager")
    own.when(CONTACT, handling).refused("are two people", "manager")


def test_hr3_another_contact_waits_for_its_own_confirmation() -> None:
    again = ManagerContacted("c1", SCHOOL, "manager-2", TEN_PAST + timedelta(minutes=5))
    late = given(RECEIVED, CONTACTED, ACKNOWLEDGED, again, actor="manager-2")
    late.when(AcknowledgeContact("c1"), handling).then(ACKNOWLEDGED)


def test_edge_same_event_delivered_twice_or_late_a_contact_and_its_confirmation_are_recorded_once() -> None:
    given(RECEIVED, CONTACTED).when(CONTACT, handling).then()
    confirmed = given(RECEIVED, CONTACTED, ACKNOWLEDGED, actor="manager-1")
    confirmed.when(AcknowledgeContact("c1"), handling).then()


def test_only_a_duty_manager_of_the_day_can_be_contacted() -> None:
    given(RECEIVED, facts=False).when(CONTACT, handling).refused("a duty manager on that day", "manager")


@pytest.mark.parametrize("field", ["contacted_at", "answered_at"])
@pytest.mark.parametrize(
    ("at", "reason"),
    [(CAME - timedelta(seconds=1), "not before the call came"), (NOW + timedelta(seconds=1), "not in the future")],
)
def test_nothing_is_done_about_a_call_before_it_came_or_in_the_future(field: str, at: datetime, reason: str) -> None:
    command = CONTACT if field == "contacted_at" else ANSWER
    facts = shipped_calendar() if command is ANSWER else True
    given(RECEIVED, facts=facts).when(replace(command, **{field: at}), handling).refused(reason, field)


def test_the_answer_is_measured_in_opening_time() -> None:
    calendar = shipped_calendar()
    given(RECEIVED, facts=calendar).when(ANSWER, handling).then(ANSWERED.true_from(DAY))
    next_morning = datetime(2012, 3, 9, 8, 30, tzinfo=UTC)
    overnight = replace(ANSWERED, answered_at=next_morning, open_seconds=(8 * 60 + 30 + 30) * 60)
    late = replace(ANSWER, answered_at=next_morning)
    given(RECEIVED, facts=calendar).when(late, handling).then(overnight.true_from(date(2012, 3, 9)))


def test_the_answer_keeps_the_calendar_that_is_handed_to_it() -> None:
    closed = evolve(shipped_calendar(), HolidaySet(DAY, "Closed"))
    given(RECEIVED, facts=closed).when(ANSWER, handling).then(replace(ANSWERED, open_seconds=0).true_from(DAY))


@pytest.mark.parametrize(("minutes", "in_time"), [(9, False), (10, True), (11, True)])
def test_in_time_means_not_after_the_time_to_respond_by(minutes: int, in_time: bool) -> None:
    due = replace(RECEIVED, respond_by=CAME + timedelta(minutes=minutes))
    measured = given(due, facts=shipped_calendar())
    measured.when(ANSWER, handling).then(replace(ANSWERED, in_time=in_time).true_from(DAY))


def test_a_call_is_answered_once() -> None:
    calendar = shipped_calendar()
    given(RECEIVED, ANSWERED, facts=calendar).when(ANSWER, handling).then()
    other = replace(ANSWER, answered_at=NOW)
    given(RECEIVED, ANSWERED, facts=calendar).when(other, handling).refused("recorded already", "answered_at")


def test_others_answer_only_what_was_given_to_them() -> None:
    assigned = CallAssigned("c1", SCHOOL, "adviser-1")
    calendar = shipped_calendar()
    adviser = given(RECEIVED, assigned, actor="adviser-1", role="adviser", facts=calendar)
    adviser.when(ANSWER, handling).then(ANSWERED.true_from(DAY))
    for command in (ANSWER, ResolveCall("c1")):
        other = given(RECEIVED, assigned, actor="adviser-2", role="adviser", facts=calendar)
        other.when(command, handling).refused("whom the call was given to")


def test_a_call_is_given_to_somebody_who_exists() -> None:
    given(RECEIVED).when(AssignCall("c1", "adviser-1"), handling).then(CallAssigned("c1", SCHOOL, "adviser-1"))
    given(RECEIVED, facts=False).when(AssignCall("c1", "nobody"), handling).refused("no such person", "to")


def test_a_call_is_resolved_once_answered_then_closed() -> None:
    given(RECEIVED).when(ResolveCall("c1"), handling).refused("Record first how the call was answered")
    given(RECEIVED, ANSWERED).when(ResolveCall("c1"), handling).then(RESOLVED)
    given(RECEIVED, ANSWERED).when(CloseCall("c1"), handling).refused("Resolve the call first")
    given(RECEIVED, ANSWERED, RESOLVED).when(CloseCall("c1"), handling).then(CallClosed("c1", SCHOOL))


def test_when_to_ask_again_is_not_in_the_past() -> None:
    later, past = date(2012, 3, 20), date(2012, 3, 8)
    followed = replace(RESOLVED, follow_up=later)
    given(RECEIVED, ANSWERED).when(ResolveCall("c1", later), handling).then(followed)
    given(RECEIVED, ANSWERED).when(ResolveCall("c1", past), handling).refused("not in the past", "follow_up")


def test_a_call_is_opened_again_for_a_reason() -> None:
    done = given(RECEIVED, ANSWERED, RESOLVED)
    done.when(ReopenCall("c1"), handling).refused("Give the reason", "reason")
    done.because("They called again.").when(ReopenCall("c1"), handling).then(CallReopened("c1", SCHOOL))
    again = given(RECEIVED, ANSWERED, RESOLVED, CallReopened("c1", SCHOOL))
    again.when(CloseCall("c1"), handling).refused("Resolve the call first")


@pytest.mark.parametrize(
    ("events", "command"),
    [
        ((ANSWERED, RESOLVED), ResolveCall("c1")),
        ((ANSWERED, RESOLVED, CallClosed("c1", SCHOOL)), CloseCall("c1")),
        ((ANSWERED,), ReopenCall("c1")),
        ((CallAssigned("c1", SCHOOL, "adviser-1"),), AssignCall("c1", "adviser-1")),
        ((CallerErased("c1", SCHOOL, "call-c1"),), EraseCaller("c1")),
    ],
)
def test_what_is_so_already_is_nothing_new(events: tuple[Any, ...], command: Command) -> None:
    given(RECEIVED, *events).because("A reason.").when(command, handling).then()


def test_erasing_needs_a_reason_and_leaves_the_call_to_be_ended() -> None:
    erased = CallerErased("c1", SCHOOL, "call-c1")
    given(RECEIVED).when(EraseCaller("c1"), handling).refused("Give the reason", "reason")
    given(RECEIVED).because("At the caller's request.").when(EraseCaller("c1"), handling).then(erased)
    given(RECEIVED, erased, facts=shipped_calendar()).when(ANSWER, handling).refused("erased", "advice")
    given(RECEIVED, erased).when(ResolveCall("c1"), handling).then(RESOLVED)


@pytest.mark.parametrize("command", [CONTACT, AcknowledgeContact("c1"), ANSWER, ResolveCall("c1"), CloseCall("c1")])
def test_nothing_is_done_about_a_call_that_never_came(command: Command) -> None:
    given().when(command, handling).refused("There is no such call", "call")
