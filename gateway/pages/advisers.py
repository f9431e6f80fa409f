"""The advisers: what they are trained in, how much they carry, their interests and absences."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.clients import Answer, Invalid
from gateway.exports import asked_as_file
from gateway.forms import Field, Form
from gateway.visitor import ask, visitor
from gateway.words import day

advisers = Blueprint("advisers", __name__)

A_DAY = "For example, 19 9 2011"
URN = Field("interest_at", "URN of the school", "number", "Six figures, such as 120777", width="govuk-input--width-5")
ACTS = {
    act.name: act
    for act in (
        Act(
            "train",
            "scheduling.TrainAdviser",
            "Record training",
            "Record this training",
            (
                Field(
                    "training",
                    "What the training was in",
                    "radios",
                    options=(("data_analysis", "Data analysis"), ("performance_management", "Performance management")),
                ),
                Field("completed", "Completed on", "date", A_DAY),
                Field("expires", "Expires on, if it does", "date", "The first day on which it is no longer valid"),
            ),
            about="A Link Adviser must be trained in data analysis, and for visit 4 in performance management.",
        ),
        Act(
            "declare",
            "scheduling.DeclareInterest",
            "Declare an interest in a school",
            "Declare this interest",
            (
                URN,
                Field("begins", "From", "date", A_DAY),
                Field("nature", "What the interest is", "textarea", "Only the adviser and the office will see this"),
            ),
            about="Whoever has an interest in a school can't become its Link Adviser while it lasts.",
            example={"interest_at": 120777},
        ),
        Act(
            "end-interest",
            "scheduling.EndInterest",
            "End an interest",
            "End this interest",
            (URN, Field("ends", "First day without it", "date", A_DAY)),
            example={"interest_at": 120777},
        ),
        Act(
            "away",
            "scheduling.RecordAbsence",
            "Record an absence",
            "Record this absence",
            (Field("begins", "First day away", "date", A_DAY), Field("ends", "Last day away", "date", A_DAY)),
            about="No visit can be booked on these days. Why somebody is away is not asked and not kept.",
        ),
        Act(
            "return",
            "scheduling.RecordReturn",
            "Record a return",
            "Record this return",
            (
                Field("begins", "First day of the absence", "date", A_DAY),
                Field("returns", "First day back", "date", "The same day, if the absence never was"),
            ),
        ),
    )
}


HEADS = ("Adviser", "Valid training", "Schools", "Days", "In school", "Interests", "Away")


@advisers.get("/advisers")
def county() -> ResponseReturnValue:
    answer = ask("scheduling.CountyAdvisers")
    rows = [
        (
            line.name or "Name erased",
            _training(line.valid),
            line.schools,
            line.days,
            line.days_in_school,
            line.interests,
            _away(line.away),
            url_for("advisers.adviser", person=line.person),
        )
        for line in answer.value
    ]
    page = render_template("advisers.html", as_at=answer.as_at, rows=rows, heads=HEADS)
    return asked_as_file("advisers", HEADS, rows) or page


@advisers.get("/advisers/<person>")
def adviser(person: str) -> str:
    answer = _the_adviser(person)
    theirs = visitor().person == person or ACTS["train"].offered(person=person)
    return render_template(
        "adviser.html",
        as_at=answer.as_at,
        it=answer.value,
        away=[(each.begins, each.returns - timedelta(days=1)) for each in answer.value.absences],
        name=answer.value.line.name or "Name erased",
        training=_training(answer.value.line.valid),
        acts=[act for act in ACTS.values() if theirs and act.offered(person=person)],
    )


@advisers.route("/advisers/<person>/<name>", methods=["GET", "POST"])
def act(person: str, name: str) -> ResponseReturnValue:
    if name not in ACTS:
        abort(404, "There is nothing of this name to do for an adviser.")
    it, back = _the_adviser(person).value, url_for("advisers.adviser", person=person)
    trail = (("Advisers", url_for("advisers.county")), (it.line.name or "Name erased", back))

    def page(form: Form) -> str:
        return render_template("act.html", act=ACTS[name], form=form, trail=trail)

    return carry_out(ACTS[name], back, page, person=person)


def _the_adviser(person: str) -> Answer:
    try:
        answer = ask("scheduling.AdviserDetails", person=person)
    except Invalid:  # nothing that a person could be called
        answer = None
    if answer is None or answer.value is None:
        abort(404, "There is no such adviser.")
    return answer


def _training(valid: tuple[str, ...]) -> str:
    return ", ".join(training.replace("_", " ") for training in valid).capitalize() or "None valid"


def _away(absences: tuple[Any, ...]) -> str:
    """The absences to come or going on, last days included."""
    return "; ".join(f"{day(each.begins)} to {day(each.returns - timedelta(days=1))}" for each in absences)
