"""Quality assurance: what waits for it, and judging one document criterion by criterion."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.forms import Field, Form
from gateway.record_papers import the_record
from gateway.school import the_school
from gateway.visitor import ask

quality = Blueprint("quality", __name__)

WORDS = Field("words", "What to change", "textarea")


@quality.get("/quality")
def queue() -> str:
    answer = ask("visits.QaQueue")
    return render_template("quality_queue.html", as_at=answer.as_at, lines=answer.value)


@quality.route(
    '/schools/<int:urn>/records/<int:year>/<any("1", "2", "3", "ip", "annual-report"):document>/review',
    methods=["GET", "POST"],
)
def review(urn: int, year: int, document: str) -> ResponseReturnValue:
    known, answer = the_school(urn), the_record(urn, year, document)
    paper = answer.value
    if paper.phase != "submitted" or not paper.criteria:
        return redirect(url_for("records.read", urn=urn, year=year, document=document), 303)
    fields = tuple(
        Field(f"criterion-{each.criterion}", each.sentence, "radios", beside=True) for each in paper.criteria
    )
    judged = {
        f"criterion-{each.criterion}": "met" if each.met else "unmet" for each in paper.criteria if each.met is not None
    }
    form = Form.of_request(*fields, WORDS, **judged)
    if request.method == "POST" and _send(form, paper, request.form.get("step") == "pass"):
        return redirect(url_for("quality.queue"), 303)
    as_at = min(known.as_at, answer.as_at)
    return render_template("quality_review.html", school=known.value, as_at=as_at, paper=paper, form=form), form.status


def _send(form: Form, paper: Any, passing: bool) -> bool:
    """Pass or return it. False when something is missing or refused, and the form's errors say why."""
    results = {}
    for each in paper.criteria:
        said = form.values.get(f"criterion-{each.criterion}")
        results[each.criterion] = said == "met"
        if not said:
            form.errors[f"criterion-{each.criterion}"] = [f"Say whether this is met: {each.sentence}"]
    if form.errors:
        return False
    about = {"urn": paper.urn, "year": paper.year, "document": paper.document, "results": results}
    if not passing:
        return form.send("visits.ReturnRecord", **about)
    words = form.values.pop("words", "")
    passed = form.send("visits.PassRecord", **about)
    form.values["words"] = words
    return passed
