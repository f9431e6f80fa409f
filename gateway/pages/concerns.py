"""The concerns board, a school's concerns and rating, and each concern with what is to be done about it next."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out, turn_others_away
from gateway.clients import Answer
from gateway.concern_acts import DISPUTE, OBSERVE, RATE, STEPS, TELL, redaction, turn
from gateway.concern_words import NOT_A_FORECAST
from gateway.dates import NotADay, parse_day
from gateway.forms import Form
from gateway.school import the_school
from gateway.times import NotATime, instant, parse_time
from gateway.visitor import ask, clients, visitor

concerns = Blueprint("concerns", __name__)


@concerns.get("/concerns")
def board() -> str:
    answer, actions = ask("visits.ConcernsBoard"), ask("visits.CountyActions")
    return render_template(
        "concerns_board.html",
        as_at=min(answer.as_at, actions.as_at),
        found=answer.value,
        overdue_actions=Counter(each.urn for each in actions.value.overdue),
        not_a_forecast=NOT_A_FORECAST,
    )


@concerns.get("/schools/<int:urn>/concerns")
def of_school(urn: int) -> str:
    school, answer, rated = the_school(urn), ask("visits.SchoolConcerns", urn=urn), ask("visits.SchoolRisk", urn=urn)
    rating = rated.value.rating
    return render_template(
        "concerns_school.html",
        school=school.value,
        as_at=min(answer.as_at, rated.as_at),
        found=answer.value,
        risk=rated.value,
        observing=OBSERVE.offered(urn=urn),
        may_rate=RATE.offered(urn=urn, criteria=1),
        may_dispute=rating is not None and DISPUTE.offered(urn=urn, rating=rating.rating),
        not_a_forecast=NOT_A_FORECAST,
    )


@concerns.route("/schools/<int:urn>/concerns/new", methods=["GET", "POST"])
def new(urn: int) -> ResponseReturnValue:
    turn_others_away(OBSERVE, urn=urn)
    form = Form.of_request(*OBSERVE.questions)
    # Made of the form's own id, so that the same form posted twice is the same concern.
    concern = f"c-{str(form.form_id)[:8]}"
    if request.method == "POST" and form.send(OBSERVE.command, urn=urn, concern=concern):
        return redirect(url_for("concerns.one", urn=urn, concern=concern), 303)
    return _page(urn, OBSERVE, form), form.status


@concerns.route("/schools/<int:urn>/rating", methods=["GET", "POST"])
def rate(urn: int) -> ResponseReturnValue:
    known = ask("visits.SchoolRisk", urn=urn).value
    about = f"{NOT_A_FORECAST} Criteria, version {known.criteria}: {known.criteria_words}"
    act = replace(RATE, about=about)
    return carry_out(act, _back(urn), lambda form: _page(urn, act, form), urn=urn, criteria=known.criteria)


@concerns.route("/schools/<int:urn>/rating/disagree", methods=["GET", "POST"])
def dispute(urn: int) -> ResponseReturnValue:
    rating = ask("visits.SchoolRisk", urn=urn).value.rating
    if rating is None:
        abort(404, "There is no rating of this school that you can open.")
    return carry_out(DISPUTE, _back(urn), lambda form: _page(urn, DISPUTE, form), urn=urn, rating=rating.rating)


@concerns.get("/schools/<int:urn>/concerns/<concern>")
def one(urn: int, concern: str) -> str:
    school, answer, known = _opened(urn, concern)
    if known.told_at:  # the head reads this log, and must not learn from it of a concern before being told
        fields = {"urn": urn, "paper": f"concern-{concern}"}
        clients().handle("visits.NotePaperOpened", fields, person=visitor().person, command_id=uuid4())
    redact = redaction(known)
    possible = [*turn(known), redact] if redact.fields[0].options else turn(known)
    acts = [act for act in possible if act.offered(urn=urn, concern=concern)]
    return render_template("concern.html", school=school, as_at=answer.as_at, it=known, acts=acts, trail=_trail(urn))


@concerns.route("/schools/<int:urn>/concerns/<concern>/<name>", methods=["GET", "POST"])
def act(urn: int, concern: str, name: str) -> ResponseReturnValue:
    if name not in STEPS and name != "redact":
        abort(404, "There is nothing of this name to do about a concern.")
    _, _, known = _opened(urn, concern)
    step = redaction(known) if name == "redact" else STEPS[name]
    turn_others_away(step, urn=urn, concern=concern)
    form = Form.of_request(*step.questions)
    fixed: dict[str, Any] = {"urn": urn, "concern": concern}
    if request.method == "POST":
        if step is TELL:
            fixed |= _told(form)
        if not form.errors and form.send(step.command, **fixed):
            return redirect(url_for("concerns.one", urn=urn, concern=concern), 303)
    return _page(urn, step, form), form.status


def _told(form: Form) -> dict[str, Any]:
    """Who was told and at which instant, from what was typed; what can't be read becomes an error at its field."""
    day, at = None, None
    try:
        day = parse_day(form.values["told_at"])
    except NotADay as error:
        form.errors["told_at"] = [str(error)]
    try:
        at = parse_time(form.values["time"])
    except NotATime as error:
        form.errors["time"] = [str(error)]
    if not form.values["told"]:
        form.errors["told"] = ["Choose who was told"]
    told_at = instant(day, at).isoformat() if day and at is not None else ""
    return {"told": form.values["told"].split(), "told_at": told_at}


def _opened(urn: int, concern: str) -> tuple[Any, Answer, Any]:
    """The school, the answer and the one concern. Not found when there is none that the person may open."""
    school, answer = the_school(urn).value, ask("visits.SchoolConcerns", urn=urn)
    known = next((each for each in answer.value if each.concern == concern), None)
    if known is None:
        abort(404, "There is no such concern about this school that you can open.")
    return school, answer, known


def _page(urn: int, act: Act, form: Form) -> str:
    school = the_school(urn)
    return render_template(
        "school_act.html", school=school.value, as_at=school.as_at, act=act, form=form, trail=_trail(urn)
    )


def _back(urn: int) -> str:
    return url_for("concerns.of_school", urn=urn)


def _trail(urn: int) -> tuple[tuple[str, str], ...]:
    return (("Concerns and rating", _back(urn)),)
