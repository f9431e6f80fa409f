"""Calls to the help-line: the school that calls found by a few letters, the call taken, shown, and seen through."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.about_school import about_school
from gateway.call_acts import ACTS, acts_for, initial, with_people
from gateway.call_words import CALLERS, CHANNELS, MATTERS, OFSTED_KINDS, URGENCIES, add_words
from gateway.clients import Answer, Invalid
from gateway.forms import Field, Form
from gateway.helpline import helpline, today
from gateway.moments import read_moments
from gateway.school import the_school
from gateway.visitor import ask, clients, may
from gateway.words import moment

calls = Blueprint("calls", __name__)
add_words(calls)

MOST = 20
"""Schools in one list: whoever is on the phone says a few letters more."""
NOT_THE_DESK = "Only the duty desk takes calls."
MAINTAINED_GROUP = "Local authority maintained schools"
WIDE = "govuk-input--width-20"
QUESTION = Field("q", "School that calls", hint="The first letters of its name, its town or its number", width=WIDE)

CALLER = Field("caller", "Name of the caller", autocomplete="off")
CALLER_ROLE = Field("caller_role", "Who is it?", "select", options=CALLERS)
RECEIVED_AT = Field("received_at", "When the call came", width=WIDE, beside=True)

CALL = (
    CALLER,
    CALLER_ROLE,
    Field("summary", "What is it about?", "textarea"),
    Field("category", "Kind of matter", "radios", options=MATTERS),
    Field("urgency", "An answer is wanted", "radios", options=URGENCIES),
    Field("channel", "How it came", "radios", options=CHANNELS),
    RECEIVED_AT,
)
INVITED = Field(
    "invites_authority",
    "Does the school invite the authority to the inspectors' feedback?",
    "radios",
    options=(("true", "Yes"), ("false", "No, or not yet")),
)
OFSTED_CALL = (
    Field("kind", "What is Ofsted coming for?", "radios", options=OFSTED_KINDS),
    Field("begins", "First day in the school", "date"),
    Field("ends", "Last day in the school", "date"),
    CALLER,
    CALLER_ROLE,
    Field("told_at", "When Ofsted told the school", width=WIDE, beside=True),
    Field("lead_inspector", "Lead inspector, if known", autocomplete="off"),
    Field("team", "Other inspectors, if known", autocomplete="off"),
    Field("briefing_issues", "Issues from the pre-inspection briefing, if any", "textarea"),
    RECEIVED_AT,
)


@calls.get("/calls/new")
def find() -> ResponseReturnValue:
    """The search step of a new call: one school found leads straight to its form."""
    if not _takes_calls():
        abort(403, NOT_THE_DESK)
    ofsted = request.args.get("kind") == "ofsted"
    form = Form((QUESTION,), {"q": request.args.get("q", "").strip()})
    found: list[Any] = []
    try:
        found = ask("scheduling.FindSchools", text=form.values["q"], limit=MOST).value
    except Invalid as invalid:
        form.errors["q"] = invalid.errors.get("text", []) if form.values["q"] else ["Enter a few letters of the school"]
    endpoint = "calls.ofsted" if ofsted else "calls.receive"
    if len(found) == 1:
        return redirect(url_for(endpoint, urn=found[0].urn))
    return render_template(
        "call_find.html", form=form, found=found, ofsted=ofsted, endpoint=endpoint, most=MOST
    ), form.status


@calls.route("/schools/<int:urn>/calls/new", methods=["GET", "POST"])
def receive(urn: int) -> ResponseReturnValue:
    defaults = {"category": "day_to_day", "urgency": "routine", "channel": "phone", "caller_role": "headteacher"}
    form = Form.of_request(*CALL, **defaults, received_at=moment(clients().now()))
    return _take(urn, form, "helpdesk.ReceiveCall", "New call", "Record the call")


@calls.route("/schools/<int:urn>/calls/ofsted", methods=["GET", "POST"])
def ofsted(urn: int) -> ResponseReturnValue:
    now = moment(clients().now())
    by_invitation = the_school(urn).value.row.type_group != MAINTAINED_GROUP
    fields = (*OFSTED_CALL[:5], INVITED, *OFSTED_CALL[5:]) if by_invitation else OFSTED_CALL
    this_month = f"{today():%Y-%m}-"  # the officer types the day only, unless it is another month
    dates = {"begins": this_month, "ends": this_month, "told_at": now, "received_at": now}
    form = Form.of_request(*fields, kind="inspection", caller_role="headteacher", **dates)
    title, button = "Ofsted call", "Record the call and tell the adviser"
    return _take(urn, form, "helpdesk.ReceiveOfstedCall", title, button)


def _take(urn: int, form: Form, command: str, title: str, button: str) -> ResponseReturnValue:
    known = the_school(urn)
    if request.method == "POST":
        call = form.form_id.hex  # the same form sent twice is one call
        fixed: dict[str, Any] = {"call": call, "urn": urn, **read_moments(form, today())}
        if not form.errors and form.send(command, **fixed):
            return redirect(url_for("calls.show", urn=urn, call=call), 303)
    elif not _takes_calls():
        abort(403, NOT_THE_DESK)
    return render_template(
        "call_take.html",
        school=known.value,
        as_at=known.as_at,
        heading=title,
        button=button,
        form=form,
        about=about_school(urn),
    ), form.status


@calls.get("/schools/<int:urn>/calls")
def of_school(urn: int) -> str:
    known, answer = the_school(urn), ask("helpdesk.SchoolCalls", urn=urn)
    return render_template(
        "calls_school.html",
        school=known.value,
        as_at=answer.as_at,
        lines=answer.value,
        line=helpline(),
        taking=_takes_calls(),
    )


@calls.get("/schools/<int:urn>/calls/<call>")
def show(urn: int, call: str) -> str:
    known, answer = the_school(urn), _the_call(urn, call)
    return render_template(
        "call.html",
        school=known.value,
        as_at=answer.as_at,
        it=answer.value,
        acts=acts_for(answer.value),
        about=about_school(urn),
    )


@calls.route("/schools/<int:urn>/calls/<call>/<name>", methods=["GET", "POST"])
def act(urn: int, call: str, name: str) -> ResponseReturnValue:
    known, answer = the_school(urn), _the_call(urn, call)
    if name not in ACTS:
        abort(404)
    chosen = with_people(ACTS[name])
    back = url_for("desk.show") if request.form.get("back") == "desk" else url_for("calls.show", urn=urn, call=call)
    form = Form.of_request(*chosen.questions, **initial(chosen, answer.value, moment(clients().now())))
    if request.method == "POST":
        fixed: dict[str, Any] = {"call": call, **read_moments(form, today())}
        if not form.errors and form.send(chosen.command, **fixed):
            return redirect(back, 303)
    elif chosen.name not in (each.name for each in acts_for(answer.value)):
        return redirect(back, 303)
    trail = (("Calls", url_for("calls.of_school", urn=urn)), ("Call", url_for("calls.show", urn=urn, call=call)))
    return render_template(
        "school_act.html", school=known.value, as_at=answer.as_at, act=chosen, form=form, trail=trail
    ), form.status


def _the_call(urn: int, call: str) -> Answer:
    try:
        answer = ask("helpdesk.Call", urn=urn, call=call)
    except Invalid:  # nothing that a call could be called
        answer = None
    if answer is None or answer.value is None:
        abort(404, "There is no such call of this school that you may open.")
    return answer


def _takes_calls() -> bool:
    return may("helpdesk.CloseCall", call="any")
