"""Visit 4: that it took place; for those who took part its meetings, and the form about the service. No record."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out, turn_others_away
from gateway.forms import Form
from gateway.pm_forms import FEEDBACK, LEAVE, LOG, MEETINGS, WITHDRAW, answers_of, asks, logged
from gateway.school import the_school
from gateway.visitor import ask, clients, visitor
from gateway.words import academic_year

pm = Blueprint("pm", __name__)


@pm.get("/schools/<int:urn>/visit-4/<int:year>")
def show(urn: int, year: int) -> str:
    school, answer = the_school(urn).value, ask("visits.PmVisit", urn=urn, year=year)
    it, inside = answer.value, answer.value.inside
    turn = (
        (LOG, it.day is None),
        (LEAVE, inside is not None and not inside.form_left),
        (FEEDBACK, inside is not None and inside.form_left and inside.answers is None),
        (WITHDRAW, it.day is not None and (inside is not None or _plans())),
    )
    return render_template(
        "pm.html",
        school=school,
        as_at=answer.as_at,
        it=it,
        acts=[act for act, due in turn if due and act.offered(urn=urn, year=year)],
        meetings=dict(MEETINGS),
    )


@pm.route("/schools/<int:urn>/visit-4/<int:year>/log", methods=["GET", "POST"])
def log(urn: int, year: int) -> ResponseReturnValue:
    turn_others_away(LOG, urn=urn, year=year)
    form = Form.of_request(*LOG.questions)
    if request.method == "POST":
        visit = logged(form)
        if not form.errors and form.send(
            LOG.command, urn=urn, year=year, present=_present(form, urn, visit["day"]), **visit
        ):
            return redirect(_back(urn, year), 303)
    return _page(urn, year, LOG, form), form.status


@pm.route("/schools/<int:urn>/visit-4/<int:year>/leave", methods=["GET", "POST"])
def leave(urn: int, year: int) -> ResponseReturnValue:
    return carry_out(LEAVE, _back(urn, year), lambda form: _page(urn, year, LEAVE, form), urn=urn, year=year)


@pm.route("/schools/<int:urn>/visit-4/<int:year>/withdraw", methods=["GET", "POST"])
def withdraw(urn: int, year: int) -> ResponseReturnValue:
    return carry_out(WITHDRAW, _back(urn, year), lambda form: _page(urn, year, WITHDRAW, form), urn=urn, year=year)


@pm.route("/schools/<int:urn>/visit-4/<int:year>/feedback", methods=["GET", "POST"])
def feedback(urn: int, year: int) -> ResponseReturnValue:
    inside = ask("visits.PmVisit", urn=urn, year=year).value.inside
    if inside is None:
        abort(404, "There is no feedback form for you: it is for the governors who took part in visit 4.")
    act = asks(inside.questions)
    turn_others_away(act, urn=urn, year=year)
    form = Form.of_request(*act.questions)
    if request.method == "POST":
        answers = answers_of(form)
        if not form.errors and form.send(act.command, urn=urn, year=year, answers=answers):
            return redirect(_back(urn, year), 303)
    return _page(urn, year, act, form), form.status


def _plans() -> bool:
    """Whether the person of the page plans visits for the county: they may correct a log that is not theirs."""
    return bool(clients().roles(visitor().person) & {"programme_manager", "programme_officer"})


def _present(form: Form, urn: int, day: str) -> list[str]:
    """The persons who held the roles at the school on that day: the head, and the chair if they were there."""
    roles = {"headteacher", "chair_of_governors"} if form.values["chair"] == "yes" else {"headteacher"}
    holders = ask("scheduling.SchoolPeople", urn=urn, on=day).value
    return [holder.person for holder in holders if holder.role in roles]


def _page(urn: int, year: int, act: Act, form: Form) -> str:
    school = the_school(urn)
    trail = ((f"Visit 4 of {academic_year(year)}", _back(urn, year)),)
    return render_template("school_act.html", school=school.value, as_at=school.as_at, act=act, form=form, trail=trail)


def _back(urn: int, year: int) -> str:
    return url_for("pm.show", urn=urn, year=year)
