"""Recommendations and actions of a school: agreed, reviewed, closed, and carried to the school that follows."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out, turn_others_away
from gateway.exports import asked_as_file
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask, clients
from gateway.words import LONDON, academic_year, day

actions = Blueprint("actions", __name__)

VISIT = Field(
    "visit",
    "At which visit",
    "radios",
    "Visit 4 is not among them: it leaves no record",
    (("1", "Visit 1"), ("2", "Visit 2"), ("3", "Visit 3"), ("ip", "IP day")),
)
YEAR = Field("year", "In which academic year", "select")
EVIDENCE = Field("evidence", "Evidence of the impact", "textarea")
OWNERS = (
    ("headteacher", "Headteacher"),
    ("chair_of_governors", "Chair of governors"),
    ("governing_body", "Governing body"),
    ("school_leader", "Another leader of the school"),
    ("adviser", "Link Adviser"),
    ("authority", "The authority"),
)
RECOMMEND = Act(
    "recommend",
    "visits.MakeRecommendation",
    "Make a recommendation",
    "Make this recommendation",
    (YEAR, VISIT, Field("text", "What is recommended", "textarea")),
    example={"year": 2011, "recommendation": "any"},
)
AGREE = Act(
    "agree",
    "visits.AgreeAction",
    "Agree an action",
    "Agree this action",
    (
        YEAR,
        VISIT,
        Field("text", "What is to be done", "textarea", "No names of pupils or staff"),
        Field("owner", "Who sees to it", "select", options=OWNERS),
        Field("due", "By when", "date", "For example, 31 7 2012"),
        Field("success", "How success will be seen", "textarea"),
    ),
    example={"year": 2011, "action": "any"},
)
REVIEW = Act(
    "review",
    "visits.ReviewAction",
    "Review an action",
    "Save this review",
    (
        YEAR,
        VISIT,
        Field("status", "How it stands", "radios", options=(("red", "Red"), ("amber", "Amber"), ("green", "Green"))),
        EVIDENCE,
    ),
    example={"year": 2011},
)
CLOSE = Act(
    "close",
    "visits.CloseAction",
    "Close an action",
    "Close this action",
    (
        YEAR,
        VISIT,
        Field("outcome", "What became of it", "radios", options=(("achieved", "Achieved"), ("withdrawn", "Withdrawn"))),
        EVIDENCE,
    ),
    reason="Why it is withdrawn, if it is",
    about="A closed action stays here with its evidence: nothing is deleted.",
    example={"year": 2011},
)
MOVE = Act(
    "move",
    "visits.MoveActions",
    "Move actions to the school that follows",
    "Move these actions",
    (
        Field("to", "Where they go on", "select"),
        Field("on", "From which day", "date", "For example, 1 9 2022"),
        Field("which", "Which", "select", beside=True),
    ),
    about="Only what is still to be done can move. What was achieved or withdrawn stays in this school’s history.",
)
NEW = {act.name: act for act in (RECOMMEND, AGREE)}
ABOUT_ONE = {act.name: act for act in (REVIEW, CLOSE)}
ALL = "all"


@actions.get("/schools/<int:urn>/actions")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("visits.SchoolActions", urn=urn)
    found = answer.value
    return render_template(
        "actions.html",
        school=school,
        as_at=answer.as_at,
        found=found,
        waiting=[each for each in (*found.open, *found.over) if each.to_be_moved],
        new=[act for act in NEW.values() if act.offered(urn=urn)],
        acts=[act for act in ABOUT_ONE.values() if act.offered(urn=urn, action="any")],
        moving=MOVE.offered(urn=urn, to=urn),
    )


@actions.route("/schools/<int:urn>/actions/new/<name>", methods=["GET", "POST"])
def new(urn: int, name: str) -> ResponseReturnValue:
    if name not in NEW:
        abort(404, "There is nothing of this name to do with actions.")
    act = _with_years(NEW[name])
    turn_others_away(act, urn=urn)
    form = Form.of_request(*act.questions, year=act.fields[0].options[0][0])
    kind = "recommendation" if name == RECOMMEND.name else "action"
    # Made of the form's own id, so that the same form posted twice is the same action.
    code = f"{kind[0]}-{str(form.form_id)[:8]}"
    if request.method == "POST" and form.send(act.command, urn=urn, **{kind: code}):
        return redirect(url_for("actions.of_school", urn=urn), 303)
    return _page(urn, act, form), form.status


@actions.route("/schools/<int:urn>/actions/<action>/<name>", methods=["GET", "POST"])
def one(urn: int, action: str, name: str) -> ResponseReturnValue:
    found = ask("visits.SchoolActions", urn=urn).value
    known = {each.action: each for each in (*found.open, *found.over)}
    if name not in ABOUT_ONE or action not in known:
        abort(404, "There is no such action at this school.")
    act = _with_years(replace(ABOUT_ONE[name], about=known[action].text))
    back = url_for("actions.of_school", urn=urn)
    return carry_out(act, back, lambda form: _page(urn, act, form), urn=urn, action=action)


@actions.route("/schools/<int:urn>/actions/move", methods=["GET", "POST"])
def move(urn: int) -> ResponseReturnValue:
    found = ask("visits.SchoolActions", urn=urn).value
    waiting = [each for each in (*found.open, *found.over) if each.to_be_moved]
    if not waiting and request.method == "GET":
        abort(404, "No action of this school waits for another school to go on at.")
    turn_others_away(MOVE, urn=urn, to=urn)
    to, on, which = MOVE.fields
    choices = ((ALL, "All that are still to be done"), *((each.action, each.text) for each in waiting))
    schools = tuple((str(successor), _name(successor)) for successor in found.successors)
    act = replace(MOVE, fields=(replace(to, options=schools), on, replace(which, options=choices)))
    form = Form.of_request(*act.questions, which=ALL)
    some = [] if form.values["which"] == ALL else [form.values["which"]]
    if request.method == "POST" and form.send(act.command, urn=urn, actions=some):
        return redirect(url_for("actions.of_school", urn=urn), 303)
    return _page(urn, act, form), form.status


HEADS = ("School", "Action", "Owner", "Due")


@actions.get("/actions")
def county() -> ResponseReturnValue:
    answer = ask("visits.CountyActions")
    page = render_template("actions_county.html", as_at=answer.as_at, found=answer.value, heads=HEADS, rows=_rows)
    return asked_as_file("overdue-actions", HEADS, _rows(answer.value.overdue)) or page


def _rows(found: Any) -> list[tuple[str, str, str, str, str]]:
    """School, action, owner, due date and where it stands, for a table."""
    return [
        (
            each.school,
            each.text,
            each.owner.replace("_", " "),
            day(each.due),
            url_for("actions.of_school", urn=each.urn),
        )
        for each in found
    ]


def _page(urn: int, act: Act, form: Form) -> str:
    answer = the_school(urn)
    trail = (("Actions", url_for("actions.of_school", urn=urn)),)
    return render_template("school_act.html", school=answer.value, as_at=answer.as_at, act=act, form=form, trail=trail)


def _with_years(act: Act) -> Act:
    """The act with this academic year and the one before to choose from."""
    today = clients().now().astimezone(LONDON).date()
    this = today.year if today.month >= 9 else today.year - 1
    options = tuple((str(year), academic_year(year)) for year in (this, this - 1))
    return replace(act, fields=(replace(act.fields[0], options=options), *act.fields[1:]))


def _name(urn: int) -> str:
    known = ask("scheduling.SchoolByUrn", urn=urn).value
    return known.row.name if known else f"School {urn}"
