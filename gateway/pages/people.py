"""Who holds a role at a school: given, ended, and the sight of what was confidential before they came."""

from dataclasses import replace

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.clients import Answer
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask
from gateway.words import LONDON, role

people = Blueprint("people", __name__)

A_DAY = "For example, 4 1 2012"
PERSON = Field("person", "Identifier", hint="Letters, figures and hyphens; nothing that tells who they are")
REGISTER = Act(
    "register",
    "scheduling.RegisterPerson",
    "Register a person",
    "Register this person",
    (PERSON, Field("name", "Name", hint="Kept sealed")),
    about="Everybody who is to hold a role is registered first.",
)
APPOINT = Act(
    "appoint",
    "scheduling.BeginTenure",
    "Give somebody a role",
    "Give this role",
    (
        PERSON,
        Field(
            "role",
            "Role",
            "radios",
            options=(("headteacher", "Headteacher"), ("chair_of_governors", "Chair of governors")),
        ),
        Field("begins", "First day", "date", A_DAY),
        Field("interim", "Kind", "radios", options=(("false", "Permanent"), ("true", "Interim"))),
    ),
    about="Whoever holds a role sees the school's pages from its first day. What was confidential before stays closed.",
)
NEW = {act.name: act for act in (REGISTER, APPOINT)}
LEAVE = Act(
    "leave",
    "scheduling.EndTenure",
    "End this role",
    "End this role",
    (Field("ends", "First day without it", "date", A_DAY),),
    about="From that day on they no longer see the school's pages.",
)
GRANT = Act(
    "grant",
    "scheduling.GrantBackView",
    "Open earlier confidential papers",
    "Open these papers",
    (Field("since", "From the papers of", "date", A_DAY),),
    reason="Why they may see what was confidential before they came",
)
OF_HOLDER = {act.name: act for act in (LEAVE, GRANT)}


@people.get("/schools/<int:urn>/people")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, _holders(urn)
    held = [
        (holder, [act for act in OF_HOLDER.values() if act.offered(urn=urn, person=holder.person, role=holder.role)])
        for holder in answer.value
    ]
    return render_template(
        "people.html",
        school=school,
        as_at=answer.as_at,
        held=held,
        acts=[act for act in NEW.values() if act.offered(**_school(act, urn))],
    )


@people.route("/schools/<int:urn>/people/<name>", methods=["GET", "POST"])
def new(urn: int, name: str) -> ResponseReturnValue:
    if name not in NEW:
        abort(404, "There is nothing of this name to do.")
    return _carry_out(urn, NEW[name], **_school(NEW[name], urn))


@people.route("/schools/<int:urn>/people/<person>/<held>/<name>", methods=["GET", "POST"])
def act(urn: int, person: str, held: str, name: str) -> ResponseReturnValue:
    holder = next((each for each in _holders(urn).value if (each.person, each.role) == (person, held)), None)
    if holder is None or name not in OF_HOLDER:
        abort(404, "There is nothing of this kind to do. Look at the school's people again.")
    about = f"{role(held).capitalize()}: {holder.name}. {OF_HOLDER[name].about}"
    return _carry_out(urn, replace(OF_HOLDER[name], about=about), urn=urn, person=person, role=held)


def _carry_out(school_urn: int, chosen: Act, **fixed: str | int) -> ResponseReturnValue:
    known, back = the_school(school_urn), url_for("people.of_school", urn=school_urn)

    def page(form: Form) -> str:
        trail = (("People", back),)
        return render_template(
            "school_act.html", school=known.value, as_at=known.as_at, act=chosen, form=form, trail=trail
        )

    return carry_out(chosen, back, page, **fixed)


def _holders(urn: int) -> Answer:
    day = the_school(urn).as_at.astimezone(LONDON).date()
    return ask("scheduling.SchoolPeople", urn=urn, on=day.isoformat())


def _school(act: Act, urn: int) -> dict[str, int]:
    """A person is registered for no school in particular."""
    return {} if act is REGISTER else {"urn": urn}
