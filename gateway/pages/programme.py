"""What a school takes in a year: its part in the programme, and what adviser, head and chair agreed for it."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.clients import Invalid
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask, clients, visitor
from gateway.words import LONDON, day, role

programme = Blueprint("programme", __name__)

PARTIES = ("adviser", "headteacher", "chair_of_governors")
VISITS = (
    ("1", "Visit 1: data analysis and target setting (autumn)"),
    ("2", "Visit 2: self-evaluation (spring)"),
    ("3", "Visit 3: challenge, monitoring and support (summer)"),
    ("4", "Visit 4: support for the headteacher's performance management (autumn)"),
)
PROPOSE = Act(
    "propose",
    "scheduling.ProposeProgramme",
    "Propose a programme",
    "Propose this programme",
    (
        Field(
            "programme",
            "Programme",
            "radios",
            options=(("full", "Full: all four visits"), ("tailored", "Tailored: the visits chosen below")),
        ),
    ),
    about="Adviser, headteacher and chair of governors each agree. The IP day is in addition, and never bought.",
)
AGREE = Act(
    "agree",
    "scheduling.AgreeProgramme",
    "Agree the proposed programme",
    "Agree this programme",
    about="It is in force once adviser, headteacher and chair of governors have all agreed.",
)
SUBSCRIBE = Act(
    "subscribe",
    "scheduling.SubscribeSchool",
    "Take the programme",
    "Take the programme for this year",
    (Field("begins", "First day, if it is not 1 September", "date", "For example, 7 11 2011"),),
    about="The school is charged by its status on the first day.",
)
STOP = Act(
    "stop",
    "scheduling.EndSubscription",
    "Stop the programme",
    "Stop the programme",
    (Field("ends", "First day without it", "date", "For example, 1 1 2012"),),
    reason="Why the school stops",
    about="What is still owed depends on the school's status and the terms of its contract.",
)


@programme.get("/schools/<int:urn>/programme")
def of_school(urn: int) -> str:
    school = the_school(urn)
    now = school.as_at.astimezone(LONDON).date()
    year = _year(now)
    adviser, answer = ask("scheduling.SchoolAdviser", urn=urn), _asked(urn, year)
    services = ask("scheduling.SchoolServices", urn=urn).value
    it = answer.value
    return render_template(
        "programme.html",
        school=school.value,
        as_at=min(school.as_at, adviser.as_at, answer.as_at),
        it=it,
        in_force=it.in_force(now),
        takes_part=it.takes_part(now),
        adviser=adviser.value.current,
        rows=[_row(each) for each in it.proposals],
        services=[line for line in services if line.year == year],
        acts=_acts(it, adviser.value.current),
    )


@programme.route("/schools/<int:urn>/programme/<int:year>/<name>", methods=["GET", "POST"])
def act(urn: int, year: int, name: str) -> ResponseReturnValue:
    school, answer = the_school(urn).value, _asked(urn, year)
    adviser = ask("scheduling.SchoolAdviser", urn=urn).value.current
    chosen = next((act for act in _acts(answer.value, adviser) if act.name == name), None)
    if chosen is None:
        abort(404, "There is nothing of this kind to do for this year now. Look at the school's programme again.")
    back = url_for("programme.of_school", urn=urn, year=year)
    visits = request.form.getlist("visits")

    def page(form: Form) -> str:
        return render_template(
            "programme_act.html",
            school=school,
            as_at=answer.as_at,
            act=chosen,
            form=form,
            trail=(("Programme", back),),
            proposed=next(iter(answer.value.proposals), None) if chosen == AGREE else None,
            visits=[(value, words, value in visits) for value, words in VISITS] if chosen == PROPOSE else None,
        )

    fixed: dict[str, Any] = _fixed(chosen, answer.value)
    if chosen == PROPOSE:
        fixed["visits"] = visits
    return carry_out(chosen, back, page, **fixed)


def _asked(urn: int, year: int) -> Any:
    try:
        return ask("scheduling.SchoolProgramme", urn=urn, year=year)
    except Invalid:
        abort(404, "There is no such academic year in this record.")


def _year(today: date) -> int:
    """The academic year asked for, or the one that it is."""
    return request.args.get("year", today.year if today.month >= 9 else today.year - 1, type=int)


def _acts(it: Any, adviser: Any) -> list[Act]:
    """What the person of the page may do, as the year stands."""
    acts = [SUBSCRIBE] if it.begins is None else [STOP] if it.ends is None else []
    roles = clients().roles(visitor().person)
    # Of the advisers only the school's own is a party.
    if "adviser" not in roles or (adviser is not None and adviser.person == visitor().person):
        newest = next(iter(it.proposals), None)
        agreed = {assent.by for assent in newest.agreed} if newest else set()
        acts += [AGREE] if newest and not roles & agreed else []
        acts.append(PROPOSE)
    return [act for act in acts if act.offered(**_fixed(act, it))]


def _fixed(act: Act, it: Any) -> dict[str, Any]:
    """What the page answers itself: an agreement is to the newest proposal."""
    version = {"version": it.proposals[0].version} if act == AGREE else {}
    return {"urn": it.urn, "year": it.year, **version}


def _row(each: Any) -> tuple[str, ...]:
    agreed = "; ".join(f"{role(assent.by).capitalize()} on {day(assent.day)}" for assent in each.agreed)
    missing = ", ".join(role(party) for party in PARTIES if party not in {assent.by for assent in each.agreed})
    in_force = f"From {day(each.begins)}" if each.begins else f"Not yet: waits for {missing}"
    return (
        f"{each.programme.capitalize()}: visits {', '.join(each.visits)}",
        f"{role(each.by).capitalize()} on {day(each.proposed)}",
        agreed,
        in_force,
    )
