"""The terms of an academic year, and setting them."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients import Answer, Invalid
from gateway.forms import Field, Form
from gateway.visitor import ask, may

terms = Blueprint("terms", __name__)

NAMES = ("autumn", "spring", "summer")
ENDS = (("begins", "first day"), ("ends", "last day"))


@terms.get("/terms/<int:year>")
def of_year(year: int) -> str:
    answer = _the_terms(year)
    return render_template("terms.html", as_at=answer.as_at, it=answer.value, setting=_may_set(answer.value))


@terms.route("/terms/<int:year>/set", methods=["GET", "POST"])
def set_terms(year: int) -> ResponseReturnValue:
    known = _the_terms(year).value
    if not _may_set(known):
        abort(403, "Only the programme office sets the terms.")
    fields = tuple(
        Field(f"terms.{number}.{end}", f"{name.capitalize()} term, {words}", "date", beside=True)
        for number, name in enumerate(NAMES)
        for end, words in ENDS
    )
    shown = {
        f"terms.{number}.{end}": f"{getattr(term, end)}" for number, term in enumerate(known.terms) for end, _ in ENDS
    }
    form = Form.of_request(*fields, **shown)
    typed = [
        {"term": name, **{end: form.values.get(f"terms.{number}.{end}", "") for end, _ in ENDS}}
        for number, name in enumerate(NAMES)
    ]
    if request.method == "POST" and form.send("scheduling.SetTerms", year=year, terms=typed):
        return redirect(url_for("terms.of_year", year=year), 303)
    return render_template("terms_set.html", form=form, year=year), form.status


def _may_set(known: Any) -> bool:
    terms = [{"term": each.term, "begins": f"{each.begins}", "ends": f"{each.ends}"} for each in known.terms]
    return may("scheduling.SetTerms", year=known.year, terms=terms)


def _the_terms(year: int) -> Answer:
    try:
        return ask("scheduling.Terms", year=year)
    except Invalid:
        abort(404, "There is no such academic year in this record.")
