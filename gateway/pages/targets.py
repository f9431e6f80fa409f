"""A school's targets: what they are, what was known when they were set, who agreed, and under which law."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.figures import NOT_HELD, figure_words
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.target_rows import GROUPS, FormRow, blame, form_rows, other_share, with_known
from gateway.visitor import ask, clients, may, visitor
from gateway.words import LONDON, day, role

targets = Blueprint("targets", __name__)

STATES = {
    "provisional": "Provisional",
    "proposed": "Proposed, not agreed",
    "agreed": "Agreed, not sanctioned",
    "sanctioned": "Sanctioned",
}
SUITABILITY = {
    "suitable": "Suitable",
    "unrealistic": "Unrealistic",
    "not_challenging": "Not challenging enough",
}
LIMITS = {
    "similar_schools": "Median of schools with similar FSM",
    "own_actual": "The school's own absence in 2007/08",
    "earlier_target": "The school's target for 2009/10",
}
PERCENT = "govuk-input--width-4"
FINAL = Field(
    "provisional",
    "These targets are",
    "radios",
    options=(("true", "Provisional, for the adviser before visit 1"), ("false", "Final, to be agreed")),
)
MEETING = Field("meeting", "Day of the governing body's meeting", "date", "For example, 17 11 2022")
LIMIT_FIELDS = tuple(Field(name, f"{words}, absence in per cent", width=PERCENT) for name, words in LIMITS.items())


@targets.get("/schools/<int:urn>/targets")
def of_school(urn: int) -> ResponseReturnValue:
    return _page(urn, request.args.get("cohort", type=int), Form(()))


@targets.post("/schools/<int:urn>/targets/<int:cohort>/agree")
def agree(urn: int, cohort: int) -> ResponseReturnValue:
    form = Form.of_request()
    version = request.form.get("version", type=int)
    if form.send("visits.AgreeTargets", urn=urn, cohort=cohort, version=version):
        return _back(urn, cohort)
    return _page(urn, cohort, form)


@targets.route("/schools/<int:urn>/targets/<int:cohort>/propose", methods=["GET", "POST"])
def propose(urn: int, cohort: int) -> ResponseReturnValue:
    school, found = the_school(urn).value, _by_cohort(urn)
    current = found[cohort].versions[0] if cohort in found else None
    earlier = found[cohort - 1].versions[0] if cohort - 1 in found else None
    latest = _latest_results(urn, cohort)
    rows = [
        with_known(row, earlier=_percentage(earlier, row), data_version=_version(latest.get(row.measure)))
        for row in form_rows(ask("visits.TargetMeasures", urn=urn, cohort=cohort).value)
    ]
    if not rows:
        abort(404, "No targets are set for the tests of that summer.")
    fields = (*(field for row in rows for field in row.fields), FINAL)
    form = Form.of_request(*fields, **_begin_with(rows, current))
    if request.method == "POST" and _send(form, rows, urn, cohort):
        return _back(urn, cohort)
    answer = ask("visits.SchoolTargets", urn=urn)
    by_measure: dict[str, list[FormRow]] = {}
    for row in rows:
        by_measure.setdefault(row.label, []).append(row)
    page = render_template(
        "targets_propose.html",
        school=school,
        as_at=answer.as_at,
        cohort=cohort,
        form=form,
        measures=by_measure,
        groups=GROUPS,
        final=FINAL,
        results={row.number: latest.get(row.measure) for row in rows if row.group == "all"},
        limits=_limits(found[cohort].limits) if cohort in found else [],
        again=current is not None and current.state in ("agreed", "sanctioned"),
    )
    return page, form.status


@targets.route("/schools/<int:urn>/targets/<int:cohort>/comment", methods=["GET", "POST"])
def comment(urn: int, cohort: int) -> ResponseReturnValue:
    current = _current(urn, cohort)
    options = tuple((f"{line.measure}|{line.group}", f"{line.label}, {_group(line)}") for line in current.lines)
    fields = (
        Field("target", "Target", "select", options=options),
        Field("suitability", "The target is", "radios", options=tuple(SUITABILITY.items())),
        Field("comment", "Comment", "textarea", "What to think about. Needed where the target is not suitable."),
    )
    form = Form.of_request(*fields, target=request.args.get("target", ""))
    if request.method == "POST":
        measure, _, group = form.values.pop("target").rpartition("|")
        named = {"measure": measure, "group": group} if measure else {}
        fixed = {"urn": urn, "cohort": cohort, "version": current.version, **named}
        if form.send("visits.CommentTarget", **fixed):
            return _back(urn, cohort)
        form.values["target"] = f"{measure}|{group}"
        form.errors = {"target" if name in ("measure", "group") else name: said for name, said in form.errors.items()}
    return _form_page(urn, cohort, form, "Comment on a target", "Save this comment")


@targets.route("/schools/<int:urn>/targets/<int:cohort>/sanction", methods=["GET", "POST"])
def sanction(urn: int, cohort: int) -> ResponseReturnValue:
    current = _current(urn, cohort)
    form = Form.of_request(MEETING)
    fixed = {"urn": urn, "cohort": cohort, "version": current.version}
    if request.method == "POST" and form.send("visits.SanctionTargets", **fixed):
        return _back(urn, cohort)
    return _form_page(urn, cohort, form, "Record that governors sanctioned the targets", "Record the sanction")


@targets.route("/schools/<int:urn>/targets/<int:cohort>/absence-limits", methods=["GET", "POST"])
def absence_limits(urn: int, cohort: int) -> ResponseReturnValue:
    found = _by_cohort(urn)
    known = found[cohort].limits if cohort in found else None
    begin = {name: value for name in LIMITS if known and (value := getattr(known, name))}
    form = Form.of_request(*LIMIT_FIELDS, **begin)
    if request.method == "POST" and form.send("visits.RecordAbsenceLimits", urn=urn, cohort=cohort):
        return _back(urn, cohort)
    return _form_page(urn, cohort, form, "Limits of the absence target", "Save these limits")


def _page(urn: int, wanted: int | None, form: Form) -> ResponseReturnValue:
    school, answer = the_school(urn).value, ask("visits.SchoolTargets", urn=urn)
    found = {each.cohort: each for each in answer.value}
    today = answer.as_at.astimezone(LONDON).date()
    setting = _cohort_set_on(today)
    cohort = wanted or max(found, default=setting)
    shown = found.get(cohort)
    current = shown.versions[0] if shown else None
    page = render_template(
        "targets.html",
        school=school,
        as_at=answer.as_at,
        form=form,
        cohort=cohort,
        cohorts=sorted({*found, setting, cohort}, reverse=True),
        shown=shown,
        current=current,
        state=STATES[current.state] if current else "",
        states=STATES,
        lines=_lines(urn, cohort, current) if current else [],
        signed=_signed(urn, current) if current else [],
        limits=_limits(shown.limits) if shown else [],
        today=today,
        offers=_offers(urn, cohort, current),
    )
    return page, form.status


def _form_page(urn: int, cohort: int, form: Form, heading: str, button: str) -> ResponseReturnValue:
    school = the_school(urn)
    trail = ((f"Targets for {cohort}", url_for("targets.of_school", urn=urn, cohort=cohort)),)
    page = render_template(
        "school_form.html",
        school=school.value,
        as_at=school.as_at,
        form=form,
        heading=heading,
        trail=trail,
        button=button,
    )
    return page, form.status


def _back(urn: int, cohort: int) -> ResponseReturnValue:
    return redirect(url_for("targets.of_school", urn=urn, cohort=cohort), 303)


def _by_cohort(urn: int) -> dict[int, Any]:
    return {each.cohort: each for each in ask("visits.SchoolTargets", urn=urn).value}


def _current(urn: int, cohort: int) -> Any:
    """The current version of the targets. Not found before any were proposed."""
    found = _by_cohort(urn).get(cohort)
    if found is None:
        abort(404, f"No targets for {cohort} have been proposed yet.")
    return found.versions[0]


def _cohort_set_on(today: date) -> int:
    """The summer whose targets are set in the academic year of that day: five terms on from its autumn (TR2)."""
    return (today.year if today.month >= 9 else today.year - 1) + 2


def _offers(urn: int, cohort: int, current: Any) -> list[tuple[str, str]]:
    """What this person may do here, as words and addresses."""
    roles = clients().roles(visitor().person)
    offered = [("propose", "visits.ProposeTargets", "Change these targets" if current else "Propose targets")]
    if current:
        offered.append(("comment", "visits.CommentTarget", "Comment on a target"))
        if current.state == "agreed":
            offered.append(("sanction", "visits.SanctionTargets", "Record that governors sanctioned them"))
    offered.append(("absence_limits", "visits.RecordAbsenceLimits", "Record the limits of the absence target"))
    whole = {"visits.ProposeTargets": "headteacher", "visits.CommentTarget": "adviser"}
    return [
        (words, url_for(f"targets.{endpoint}", urn=urn, cohort=cohort))
        for endpoint, command, words in offered
        if whole.get(command, "") in ("", *roles) or may(command, urn=urn, cohort=cohort)
    ]
