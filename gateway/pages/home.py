"""The first page after signing in: the county for those who work for it, their own school for heads and chairs."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.pages.schools import find_form
from gateway.school import may_find
from gateway.visitor import ask, clients, visitor

home = Blueprint("home", __name__)


def first_page() -> str:
    """The address at which somebody who has just signed in begins: an adviser with the day."""
    return url_for("day.show" if "adviser" in clients().roles(visitor().person) else "home.home")


@home.get("/", endpoint="home")
def show() -> ResponseReturnValue:
    schools = clients().schools(visitor().person)
    if may_find():
        county = ask("scheduling.CountySchools")
        return render_template("home.html", form=find_form(), county=county.value, at=county.as_at)
    if len(schools) == 1:
        return redirect(url_for("schools.school", urn=schools[0]))
    own = [ask("scheduling.SchoolByUrn", urn=urn) for urn in schools]
    return render_template("own_schools.html", schools=[answer.value for answer in own if answer.value])
