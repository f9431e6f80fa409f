"""Who has read what about a school, for its head to see."""

from flask import Blueprint, render_template

from gateway.school import the_school
from gateway.visitor import ask
from gateway.words import day, role

readings = Blueprint("readings", __name__)


@readings.get("/schools/<int:urn>/readings")
def of_school(urn: int) -> str:
    known, answer = the_school(urn), ask("visits.Readings", urn=urn)
    rows = [(day(line.day), line.title, line.name or "Name erased", role(line.role)) for line in answer.value]
    as_at = min(known.as_at, answer.as_at)
    return render_template("readings.html", school=known.value, as_at=as_at, rows=rows)
