"""The questions for a visit: drawn from the data, sent to the school, answered from what the visit found."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, turn_others_away
from gateway.clients import MEASURES
from gateway.figures import number_words, versions_words
from gateway.forms import Field, Form
from gateway.picture_rows import VISITS
from gateway.school import the_school
from gateway.visitor import ask
from gateway.words import academic_year

questions = Blueprint("questions", __name__)

QUESTIONED = ("1", "2", "3", "ip")
"""Visits for which there are questions: visit 4 leaves nothing behind."""
BESIDE = {"national": "England", "la": "Local authority", "earlier": "The year before"}
FINDINGS = {"supported": "Supported", "not_supported": "Not supported", "open": "Still open"}
_MEASURES = tuple((measure.code, measure.label) for measure in MEASURES.values())
PREPARE = Act(
    "prepare",
    "analytics.PrepareQuestion",
    "Prepare a question",
    "Prepare this question",
    (
        Field("text", "Question", "textarea", "What to think about at the visit. Name no pupil and no member of staff"),
        Field("measure", "Measure that led to it, if one did", "select", options=_MEASURES),
    ),
    about="The school sees the question once you send it.",
)
SEND = Act(
    "send",
    "analytics.SendQuestions",
    "Send the questions to the school",
    "Send them",
    about="Head and chair see every question that is prepared and not withdrawn, so that they can think about it "
    "before the visit.",
)
ANSWER = Act(
    "answer",
    "analytics.AnswerQuestion",
    "Answer a question",
    "Record this answer",
    (
        Field("finding", "What the visit found", "radios", options=tuple(FINDINGS.items())),
        Field("words", "How you know", "textarea", "The evidence. Name no pupil and no member of staff"),
    ),
)
WITHDRAW = Act("withdraw", "analytics.WithdrawQuestion", "Withdraw a question", "Withdraw it")


@questions.get("/schools/<int:urn>/questions/<int:year>/<visit>")
def of_visit(urn: int, year: int, visit: str) -> str:
    about = _about(urn, year, visit)
    known, answer = the_school(urn), ask("analytics.VisitQuestions", **about)
    preparing = PREPARE.offered(**about)
    suggested = ask("analytics.SuggestedQuestions", urn=urn).value if preparing else ()
    asked = {question.measure for question in answer.value if not question.withdrawn}
    return render_template(
        "questions.html",
        school=known.value,
        as_at=min(known.as_at, answer.as_at),
        about=about,
        title=_title(year, visit),
        asked=answer.value,
        unsent=any(question.sent is None and not question.withdrawn for question in answer.value),
        findings=FINDINGS,
        preparing=preparing,
        suggested=[_suggestion(each, about) for each in suggested if each.measure not in asked],
    )


@questions.route("/schools/<int:urn>/questions/<int:year>/<visit>/prepare", methods=["GET", "POST"])
def prepare(urn: int, year: int, visit: str) -> ResponseReturnValue:
    about = _about(urn, year, visit)
    measure = request.args.get("measure", "")
    suggested = ask("analytics.SuggestedQuestions", urn=urn).value if measure else ()
    found = next((each for each in suggested if each.measure == measure), None)
    if found is None:
        return _act(PREPARE, about, {})
    drawn = {"group": found.group, "data_version": found.own.data_version}
    return _act(PREPARE, about, drawn, {"text": found.text, "measure": found.measure})


@questions.route("/schools/<int:urn>/questions/<int:year>/<visit>/send", methods=["GET", "POST"])
def send(urn: int, year: int, visit: str) -> ResponseReturnValue:
    return _act(SEND, _about(urn, year, visit), {})


@questions.route("/schools/<int:urn>/questions/<int:year>/<visit>/<question>/answer", methods=["GET", "POST"])
def answer(urn: int, year: int, visit: str, question: str) -> ResponseReturnValue:
    about = _about(urn, year, visit)
    found = _question(question, about)
    before = {"finding": found.finding, "words": found.words} if found.finding else {}
    return _act(ANSWER, about, {"question": question}, before, found.text)


@questions.route("/schools/<int:urn>/questions/<int:year>/<visit>/<question>/withdraw", methods=["GET", "POST"])
def withdraw(urn: int, year: int, visit: str, question: str) -> ResponseReturnValue:
    about = _about(urn, year, visit)
    return _act(WITHDRAW, about, {"question": question}, None, _question(question, about).text)


def _act(
    act: Act, about: dict[str, Any], fixed: dict[str, str], initial: dict[str, str] | None = None, asked: str = ""
) -> ResponseReturnValue:
    turn_others_away(act, **about, **fixed)
    known, back = the_school(about["urn"]), url_for("questions.of_visit", **about)
    trail = ((_title(about["year"], about["visit"]), back),)

    form = Form.of_request(*act.questions, **initial or {})
    if request.method == "POST" and form.send(act.command, **about, **fixed):
        return redirect(back, 303)
    page = {"school": known.value, "as_at": known.as_at, "trail": trail, "asked": asked}
    return render_template("question_act.html", act=act, form=form, **page), form.status


def _about(urn: int, year: int, visit: str) -> dict[str, Any]:
    if visit not in QUESTIONED:
        abort(404, "Questions are prepared for visits 1, 2 and 3 and for the IP day.")
    return {"urn": urn, "year": year, "visit": visit}


def _question(number: str, about: dict[str, Any]) -> Any:
    asked = ask("analytics.VisitQuestions", **about).value
    found = next((question for question in asked if question.question == number), None)
    return found or abort(404, "There is no such question for this visit.")


def _title(year: int, visit: str) -> str:
    name = "the IP day" if visit == "ip" else VISITS[visit].lower()
    return f"Questions for {name}, {academic_year(year)}"


def _suggestion(found: Any, about: dict[str, Any]) -> tuple[str, str, str, str]:
    """What it asks, how far the figures are apart, their data versions, and the address where it is prepared."""
    gap = number_words(found.gap, "progress")
    unit = {"percent": " percentage points", "score": " points of scaled score", "progress": " of progress"}[found.unit]
    versions = versions_words([("This school", found.own), (BESIDE[found.against], found.other)])
    return found.text, gap + unit, versions, url_for("questions.prepare", measure=found.measure, **about)
