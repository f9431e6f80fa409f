"""What can be done about a call, one command each, and when it makes sense."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gateway.acts import Act
from gateway.forms import Field
from gateway.helpline import today
from gateway.visitor import ask, visitor
from gateway.words import role

TEAM_LEADERS = ("programme_manager", "duty_manager", "achievement_and_intervention")
TIME_HINT = "A time alone is today's"
WIDE = "govuk-input--width-20"
SOME_DAY, SOME_TIME = "2012-03-01", "2012-03-01T09:00:00Z"

CONFIRM = Act("confirm", "helpdesk.AcknowledgeContact", "Confirm that you were contacted", "I was contacted")
CONTACT = Act(
    "contact",
    "helpdesk.ContactManager",
    "Duty manager contacted",
    "Manager contacted",
    (
        Field("manager", "Duty manager", "select"),
        Field("contacted_at", "When", hint=TIME_HINT, width=WIDE, beside=True),
    ),
    about="The duty manager confirms it too. Until then the contact stands out on the desk.",
    example={"contacted_at": SOME_TIME, "manager": "any"},
)
ANSWER = Act(
    "answer",
    "helpdesk.AnswerCall",
    "Record the first response",
    "Record the response",
    (
        Field("advice", "What was said or advised", "textarea"),
        Field("answered_at", "When", hint=TIME_HINT, width=WIDE, beside=True),
    ),
    example={"answered_at": SOME_TIME},
)
ASSIGN = Act(
    "assign",
    "helpdesk.AssignCall",
    "Give the call to somebody",
    "Give it to them",
    (Field("to", "Who is to answer it", "select"),),
    example={"to": "any"},
)
FEEDBACK = Act(
    "feedback",
    "helpdesk.ArrangeFeedback",
    "Arrange who goes to the feedback",
    "Arrange it",
    (
        Field(
            "feedback_at",
            "When the inspectors give their feedback",
            hint="Such as 14 March 2012 at 3:30pm",
            beside=True,
        ),
        Field(
            "team_leader", "Team leader who goes instead of the Link Adviser", "select", "Only when the adviser can't"
        ),
        Field(
            "reason", "Who invited the authority, and when", hint="For an academy that did not in its call", beside=True
        ),
    ),
    about="The school's Link Adviser goes, else a team leader.",
    example={"feedback_at": SOME_TIME, "team_leader": None},
)
DATES = Act(
    "dates",
    "helpdesk.ChangeInspectionDates",
    "Change the days of the inspection",
    "Change the days",
    (Field("begins", "First day in the school", "date"), Field("ends", "Last day in the school", "date")),
    about="Visits inside the new days are put on hold by themselves.",
)
OUTCOME = Act(
    "outcome",
    "helpdesk.RecordInspectionOutcome",
    "Record the outcome",
    "Record the outcome",
    (Field("outcome", "Outcome", hint="In the words of the framework, such as Good"),),
    about="The inspection then leaves the board.",
)
RESOLVE = Act(
    "resolve",
    "helpdesk.ResolveCall",
    "Mark the call as resolved",
    "Mark as resolved",
    (Field("follow_up", "Ask again on, if ever", "date"),),
)
CLOSE = Act("close", "helpdesk.CloseCall", "Close the call", "Close the call", about="Nothing more is to come of it.")
REOPEN = Act("reopen", "helpdesk.ReopenCall", "Open the call again", "Open it again", reason="Why the call goes on")
ERASE = Act(
    "erase",
    "helpdesk.EraseCaller",
    "Erase the caller's details",
    "Erase them for good",
    reason="Why they are erased",
    about="The name of the caller and all that was said can't be read again by anybody. Times and counts stay.",
)


ACTS = {
    act.name: act for act in (CONFIRM, CONTACT, ANSWER, ASSIGN, FEEDBACK, DATES, OUTCOME, RESOLVE, CLOSE, REOPEN, ERASE)
}


def acts_for(call: Any) -> list[Act]:
    """What the person of this page may do about the call as it stands now."""
    return [act for act in _sensible(call) if act.offered(call=call.call)]


def initial(act: Act, call: Any, now: str) -> dict[str, str]:
    """What an act's form begins with: the days as they stand, the present moment."""
    if act.name == DATES.name and call.inspection:
        return {"begins": call.inspection.begins.isoformat(), "ends": call.inspection.ends.isoformat()}
    return dict.fromkeys(("contacted_at", "answered_at"), now)


def duty_managers() -> tuple[tuple[str, str], ...]:
    """The duty managers of today whom the person of this page may contact: anybody but themselves."""
    return tuple(each for each in _people("duty_manager") if each[0] != visitor().person)


def _sensible(call: Any) -> Iterator[Act]:
    open_still = call.state in ("received", "answered")
    if call.handling and call.handling.manager == visitor().person and call.handling.acknowledged_at is None:
        yield CONFIRM
    if open_still and call.handling:
        yield CONTACT
    if call.state == "received" and not call.erased_on:
        yield ANSWER
    if open_still:
        yield ASSIGN
    if call.inspection and not call.inspection.outcome:
        yield from (FEEDBACK, DATES, *((OUTCOME,) if call.inspection.ends <= today() else ()))
    if call.state == "answered" or (call.erased_on and open_still):
        yield RESOLVE
    if call.state == "resolved":
        yield CLOSE
    if call.state in ("resolved", "closed"):
        yield REOPEN
    if not call.erased_on:
        yield ERASE


def with_people(act: Act) -> Act:
    """The act, with those who may be chosen in it today."""
    return replace(act, fields=tuple(_with_choice(each) for each in act.fields))


def _with_choice(question: Field) -> Field:
    match question.name:
        case "manager":
            return replace(question, options=duty_managers())
        case "to":
            return replace(question, options=_people())
        case "team_leader":
            return replace(question, options=_people(*TEAM_LEADERS))
    return question


def _people(*roles: str) -> tuple[tuple[str, str], ...]:
    """Who holds one of these roles today, or any for the county, to choose from."""
    people = ask("helpdesk.DeskPeople", on=today().isoformat()).value
    held = (each for each in people if not roles or each.role in roles)
    return tuple((each.person, f"{each.name or each.person} ({role(each.role)})") for each in held)
