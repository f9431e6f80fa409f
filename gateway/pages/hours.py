"""The help-line's hours, numbers, closing days and targets, each with the day from which it holds."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act
from gateway.call_words import CATEGORIES, WEEKDAYS
from gateway.forms import Field, Form
from gateway.helpline import helpline, own_school
from gateway.times import NotATime, parse_time
from gateway.visitor import ask

hours = Blueprint("hours", __name__)

SHORT = "govuk-input--width-5"
FIRST_DAY = Field("begins", "First day", "date", "For example, 1 9 2012")
OPENING = tuple(
    Field(f"{day.lower()}_{end}", f"{day}: {words}", width=SHORT, beside=True)
    for day in WEEKDAYS
    for end, words in (("opens", "opens at"), ("closes", "closes at"))
)
WEEK = Act(
    "week",
    "helpdesk.SetHours",
    "Set the opening hours",
    "Set these hours",
    (
        FIRST_DAY,
        Field("number", "Number while the line is open", width="govuk-input--width-20"),
        Field("out_of_hours_number", "Number out of hours", width="govuk-input--width-20"),
        *OPENING,
    ),
    about="Leave both times of a day empty when the line is closed on it. The closing time itself is excluded: at "
    "5:30pm a line that closes at 5:30pm is closed. Calls that came before keep the hours that they came under.",
    example={"week": [], "number": "01603 000000", "out_of_hours_number": "01603 000000"},
)
HOLIDAY = Act(
    "holiday",
    "helpdesk.SetHoliday",
    "Add a closing day",
    "Close the line on that day",
    (Field("day", "Day", "date"), Field("name", "Name", hint="Such as Boxing Day")),
    about="A bank holiday follows its weekday until it is added here.",
)
WITHDRAWAL = Act(
    "withdraw",
    "helpdesk.WithdrawHoliday",
    "Withdraw a closing day",
    "Follow the usual hours on that day",
    (Field("day", "Day", "date"),),
)
TARGET = Act(
    "target",
    "helpdesk.SetResponseTarget",
    "Set a target for the first response",
    "Set this target",
    (
        Field("category", "Kind of call", "select", options=CATEGORIES),
        Field(
            "minutes", "Minutes of opening time", "number", "Leave empty for no target", width="govuk-input--width-4"
        ),
        FIRST_DAY,
    ),
    about="It holds for calls that come from that day on, until a later day has another.",
)
ACTS = {act.name: act for act in (WEEK, HOLIDAY, WITHDRAWAL, TARGET)}


@hours.get("/hours")
def show() -> str:
    settings = ask("helpdesk.HoursInForce", **own_school())
    return render_template(
        "hours.html",
        as_at=settings.as_at,
        line=helpline(),
        settings=settings.value,
        weekdays=WEEKDAYS,
        acts=[act for act in ACTS.values() if act.offered()],
    )


@hours.route("/hours/<name>", methods=["GET", "POST"])
def act(name: str) -> ResponseReturnValue:
    chosen = ACTS.get(name)
    if chosen is None:
        abort(404)
    form = Form.of_request(*chosen.questions, **_initial(chosen))
    if request.method == "POST":
        fixed: dict[str, Any] = {"week": _week(form)} if chosen is WEEK else {}
        if not form.errors and form.send(chosen.command, **fixed):
            return redirect(url_for("hours.show"), 303)
    elif not chosen.offered():
        abort(403, "Only the duty manager and the programme manager set the hours of the help-line.")
    trail = (("Help-line hours", url_for("hours.show")),)
    return render_template("act.html", act=chosen, form=form, trail=trail), form.status


def _initial(chosen: Act) -> dict[str, str]:
    """The hours that are in force, to be changed; a closing day as it was chosen on the page before."""
    if chosen is WITHDRAWAL:
        return {"day": request.args.get("day", "")}
    if chosen is not WEEK:
        return {}
    line = helpline()
    known = {"number": line.number or "", "out_of_hours_number": line.out_of_hours_number or ""}
    for each in line.week:
        day = WEEKDAYS[each.weekday - 1].lower()
        known |= {f"{day}_opens": f"{each.opens:%H:%M}", f"{day}_closes": f"{each.closes:%H:%M}"}
    return known


def _week(form: Form) -> list[dict[str, Any]]:
    """The days on which both times were typed; what is wrong with one is said at its field."""
    week = []
    for number, day in enumerate(WEEKDAYS, 1):
        names = [f"{day.lower()}_{end}" for end in ("opens", "closes")]
        if any(form.values[name] for name in names):
            times = [_time(form, name) for name in names]
            week.append({"weekday": number, "opens": times[0], "closes": times[1]})
    return week


def _time(form: Form, name: str) -> str:
    try:
        return parse_time(form.values[name]).isoformat()
    except NotATime as error:
        form.errors[name] = [str(error)]
        return ""
