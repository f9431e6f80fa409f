"""A school's targets: what they are, what was known when they were set, who agreed, and under which law."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out, turn_others_away
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.target_lines import (
    LIMITS,
    SUITABILITY,
    latest_results,
    limits_words,
    line_words,
    result_words,
    signed_words,
    version_of,
)
from gateway.target_rows import GROUPS, FormRow, form_rows, initial, send_rows
from gateway.visitor import ask, clients, may, visitor
from gateway.words import LONDON

targets = Blueprint("targets", __name__)

STATES = {
    "provisional": "Provisional",
    "proposed": "Proposed, not agreed",
    "agreed": "Agreed, not sanctioned",
    "sanctioned": "Sanctioned",
}
ANY_ROW = {"measure": "ABSENCE", "group": "all"}
FINAL = Field(
    "provisional",
    "These targets are",
    "radios",
    options=(("true", "Provisional, for the adviser before visit 1"), ("false", "Final, to be agreed")),
)
COMMENT = Act(
    "comment",
    "visits.CommentTarget",
    "Comment on a target",
    "Save this comment",
    (
        Field("suitability", "The target is", "radios", options=tuple(SUITABILITY.items())),
        Field("comment", "Comment", "textarea", "What to think about. Needed where the target is not suitable."),
    ),
    example={"version": 1, **ANY_ROW},
)
AGREE = Act(
    "agree",
    "visits.AgreeTargets",
    "Agree these targets",
    "Agree these targets",
    about="You agree for your own part. Head, chair and adviser each agree; then the governing body sanctions.",
    example={"version": 1},
)
SANCTION = Act(
    "sanction",
    "visits.SanctionTargets",
    "Record that the governing body sanctioned them",
    "Record the sanction",
    (Field("meeting", "Day of the governing body's meeting", "date", "For example, 17 11 2022"),),
    example={"version": 1},
)
LIMIT = Act(
    "absence-limits",
    "visits.RecordAbsenceLimits",
    "Record the limits of the absence target",
    "Save these limits",
    tuple(
        Field(name, f"{words}: absence in per cent", "number", width="govuk-input--width-4")
        for name, words in LIMITS.items()
    ),
    about="An absence target above any of them needs an explanation. Leave empty what is not known.",
    example=dict.fromkeys(LIMITS, "5"),
)
ACTS = {act.name: act for act in (COMMENT, AGREE, SANCTION)}
"""What is done to one version of the targets."""


@targets.get("/schools/<int:urn>/targets")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("visits.SchoolTargets", urn=urn)
    found = {each.cohort: each for each in answer.value}
    setting = _cohort_set_on(answer.as_at.astimezone(LONDON).date())
    cohort = request.args.get("cohort", type=int) or max(found, default=setting)
    shown = found.get(cohort)
    current = shown.current if shown else None
    latest = latest_results(urn, cohort)
    return render_template(
        "targets.html",
        school=school,
        as_at=answer.as_at,
        cohort=cohort,
        cohorts=sorted({*found, setting, cohort}, reverse=True),
        shown=shown,
        current=current,
        states=STATES,
        groups=GROUPS,
        lines=[(line, line_words(line, latest)) for line in current.lines] if current else [],
        signed=signed_words(urn, current) if current else [],
        limits=limits_words(shown.limits) if shown else [],
        proposing=_may_propose(urn, cohort),
        commenting=current is not None and COMMENT.offered(urn=urn, cohort=cohort),
        acts=[act for act in _open(current) if act.offered(urn=urn, cohort=cohort)],
        limiting=LIMIT.offered(urn=urn, cohort=cohort),
    )


@targets.route("/schools/<int:urn>/targets/<int:cohort>/propose", methods=["GET", "POST"])
def propose(urn: int, cohort: int) -> ResponseReturnValue:
    school, answer = the_school(urn).value, ask("visits.SchoolTargets", urn=urn)
    if not _may_propose(urn, cohort):
        abort(403, "The headteacher alone proposes the school's targets.")
    found = {each.cohort: each for each in answer.value}
    current = found[cohort].current if cohort in found else None
    latest = latest_results(urn, cohort)
    rows = _rows(urn, cohort, latest, found.get(cohort - 1))
    begin = initial(rows, current.lines) if current else {}
    form = Form.of_request(*(field for row in rows for field in row.fields), FINAL, **begin)
    if request.method == "POST" and send_rows(form, rows, "visits.ProposeTargets", urn=urn, cohort=cohort):
        return redirect(_address(urn, cohort), 303)
    by_measure: dict[str, list[FormRow]] = {}
    for row in rows:
        by_measure.setdefault(row.measure, []).append(row)
    page = render_template(
        "targets_propose.html",
        school=school,
        as_at=answer.as_at,
        cohort=cohort,
        form=form,
        final=FINAL,
        measures=[(same[0], result_words(latest, code), same) for code, same in by_measure.items()],
        groups=GROUPS,
        limits=limits_words(found[cohort].limits) if cohort in found else [],
        signed_off=current is not None and current.state in ("agreed", "sanctioned"),
    )
    return page, form.status


@targets.route("/schools/<int:urn>/targets/<int:cohort>/version-<int:version>/<name>", methods=["GET", "POST"])
def act(urn: int, cohort: int, version: int, name: str) -> ResponseReturnValue:
    if name not in ACTS:
        abort(404, "There is nothing of this kind to do with targets.")
    chosen, fixed = ACTS[name], {"urn": urn, "cohort": cohort, "version": version}
    about = {part: request.args.get(part, "") for part in ANY_ROW} if chosen is COMMENT else {}
    return carry_out(chosen, _address(urn, cohort), lambda form: _act_page(chosen, urn, cohort, form), **fixed, **about)


@targets.route("/schools/<int:urn>/targets/<int:cohort>/absence-limits", methods=["GET", "POST"])
def limit(urn: int, cohort: int) -> ResponseReturnValue:
    turn_others_away(LIMIT, urn=urn, cohort=cohort)
    known = next((each.limits for each in ask("visits.SchoolTargets", urn=urn).value if each.cohort == cohort), None)
    form = Form.of_request(*LIMIT.fields, **{name: getattr(known, name, None) or "" for name in LIMITS})
    if request.method == "POST" and form.send(LIMIT.command, urn=urn, cohort=cohort):
        return redirect(_address(urn, cohort), 303)
    return _act_page(LIMIT, urn, cohort, form), form.status


def _act_page(act: Act, urn: int, cohort: int, form: Form) -> str:
    school = the_school(urn)
    trail = ((f"Targets for {cohort}", _address(urn, cohort)),)
    return render_template("school_act.html", school=school.value, as_at=school.as_at, act=act, form=form, trail=trail)


def _rows(urn: int, cohort: int, latest: dict[str, Any], before: Any) -> list[FormRow]:
    """The rows to ask for, each with what is known as it is set. Not found where there is nothing to ask for."""
    measures = ask("visits.TargetMeasures", urn=urn, cohort=cohort).value
    if not measures:
        abort(404, "No targets are set for the tests of that summer.")
    lines = before.current.lines if before and before.current else ()
    earlier = {(line.measure, line.group): line.percentage for line in lines}
    known = {key: {"earlier": percentage} for key, percentage in earlier.items() if percentage}
    for measure in measures:
        # Results are published for all pupils only.
        if version := version_of(latest, measure.code):
            known.setdefault((measure.code, "all"), {})["data_version"] = version
    return form_rows(measures, known)


def _may_propose(urn: int, cohort: int) -> bool:
    return may("visits.ProposeTargets", urn=urn, cohort=cohort, targets=[ANY_ROW], provisional=False)


def _open(current: Any) -> list[Act]:
    """What is to be done with the current version as it stands, if it is this person's to do."""
    if current is None or current.state not in ("proposed", "agreed"):
        return []
    if current.state == "agreed":
        return [SANCTION]
    roles = clients().roles(visitor().person)
    return [AGREE] if any(each.party in roles and each.day is None for each in current.agreements) else []


def _address(urn: int, cohort: int) -> str:
    return url_for("targets.of_school", urn=urn, cohort=cohort)


def _cohort_set_on(today: date) -> int:
    """The summer whose targets are set in the academic year of that day: five terms on from its autumn (TR2)."""
    return (today.year if today.month >= 9 else today.year - 1) + 2
