"""The forms of visit 4. Nothing that is asked takes words: there is nowhere to write what was said."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gateway.acts import Act
from gateway.dates import NotADay, parse_day
from gateway.forms import Field, Form
from gateway.times import NotATime, parse_time

MEETINGS = (
    ("headteacher", "Meeting with the headteacher"),
    ("governors", "Meeting with the governors"),
    ("together", "Meeting with headteacher and governors"),
)
_YES_OR_NO = (("yes", "Yes"), ("no", "No"))
_SCORES = (("1", "1 Not at all"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 Fully"))
_TIMES = tuple(
    Field(f"{name}_{edge}", f"{words} {edge} at", hint=hint, width="govuk-input--width-5", beside=True)
    for name, words in MEETINGS
    for edge, hint in (("starts", "For example, 9:30"), ("ends", ""))
)
LOG = Act(
    "log",
    "visits.RecordPmVisit",
    "Log visit 4",
    "Log this visit",
    (
        Field("day", "On which day", hint="For example, 15 November 2011", width="govuk-input--width-10", beside=True),
        *_TIMES,
        Field("reviewers", "How many governors reviewed", "radios", options=(("2", "2"), ("3", "3")), beside=True),
        Field("foundation", "Was one of them a foundation governor", "radios", options=_YES_OR_NO, beside=True),
        Field("chair", "Was the chair of governors there", "radios", options=_YES_OR_NO, beside=True),
    ),
    about="Only that the three meetings took place, and who was there by role. Visit 4 leaves no record: there is "
    "nowhere to write what was said. The headteacher and the adviser are taken to have been there.",
    example={
        "day": "2011-09-01",
        "present": [],
        "meetings": [{"meeting": "together", "starts": "09:00", "ends": "10:00", "roles": ["adviser"]}] * 3,
    },
)
WITHDRAW = Act(
    "withdraw",
    "visits.WithdrawPmVisit",
    "Withdraw this log",
    "Withdraw what was logged",
    (
        Field(
            "why",
            "What is wrong with it",
            "radios",
            options=(
                ("another_day", "It took place on another day"),
                ("other_times", "The meetings were at other times"),
                ("other_people", "Other people were there"),
                ("another_school", "It took place at another school"),
                ("did_not_take_place", "It did not take place"),
            ),
        ),
    ),
    about="What was logged stays in the history as withdrawn, and the answers of a feedback form that came back count "
    "no more. Visit 4 can then be logged again.",
)
LEAVE = Act(
    "leave",
    "visits.LeaveFeedbackForm",
    "Leave the feedback form",
    "The form was left with the governors",
    about="The governors answer a few statements about the service, and about nothing else.",
)
FEEDBACK = Act(
    "feedback",
    "visits.ReturnFeedbackForm",
    "Return the feedback form",
    "Return this form",
    about="How far do you agree, for the governors? The form is about the service alone. Those who took part see the "
    "answers, and nobody else.",
    example={"answers": [{"question": "any", "score": 1}]},
)


def asks(questions: Iterable[Any]) -> Act:
    """The feedback form with its statements (visits.PmVisit has them) as questions."""
    fields = (Field(each.code, each.words, "radios", options=_SCORES, beside=True) for each in questions)
    return replace(FEEDBACK, fields=tuple(fields))


def answers_of(form: Form) -> list[dict[str, Any]]:
    """What was answered; a statement without an answer becomes an error at it."""
    for each in form.fields:
        if not form.values[each.name]:
            form.errors[each.name] = ["Choose how far you agree"]
    return [{"question": name, "score": score} for name, score in form.values.items() if score]


def logged(form: Form) -> dict[str, Any]:
    """The day and the three meetings from what was typed; what can't be read becomes an error at its field."""
    for name in ("reviewers", "foundation", "chair"):
        if not form.values[name]:
            form.errors[name] = ["Choose one"]
    try:
        day = parse_day(form.values["day"]).isoformat()
    except NotADay as error:
        form.errors["day"], day = [str(error)], ""
    meetings = [
        {"meeting": name, "starts": _time(form, f"{name}_starts"), "ends": _time(form, f"{name}_ends"), "roles": roles}
        for name, roles in _roles(form).items()
    ]
    return {"day": day, "meetings": meetings}


def _roles(form: Form) -> dict[str, list[str]]:
    foundation = form.values["foundation"] == "yes"
    others = int(form.values["reviewers"] or 0) - foundation
    governors = ["reviewing_foundation_governor"] * foundation + ["reviewing_governor"] * others
    return {
        "headteacher": ["headteacher", "adviser"],
        "governors": ["adviser", *governors],
        "together": ["headteacher", "adviser", *governors],
    }


def _time(form: Form, name: str) -> str:
    try:
        return parse_time(form.values[name]).isoformat()
    except NotATime as error:
        form.errors[name] = [str(error)]
        return ""
