"""Finding a school, and a school's first page."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.about_school import about_school
from gateway.asked import asked_of_school, for_roles, questions_of_asked
from gateway.clients import Answer, Invalid
from gateway.forms import Field, Form
from gateway.helpline import helpline, today
from gateway.helpline import question as helpline_question
from gateway.pictures import HEADLINE
from gateway.school import the_school
from gateway.visitor import Question, ask, ask_ahead, ask_if_may, clients, visitor
from gateway.words import LONDON, year_of

schools = Blueprint("schools", __name__)

QUESTION = Field(
    "q",
    "Name, town, postcode, URN or LAESTAB number",
    hint="The first letters of each word are enough",
    width="govuk-input--width-20",
    autocomplete="off",
)
MOST = 50
"""Schools in one list; a longer one is no answer."""
LATEST_FACTS = 5


@schools.get("/schools")
def find() -> ResponseReturnValue:
    form = find_form()
    if "q" not in request.args:
        return render_template("find.html", form=form, found=None)
    try:
        found = ask("scheduling.FindSchools", text=form.values["q"], limit=MOST)
    except Invalid as invalid:
        form.errors["q"] = invalid.errors.get("text", []) if form.values["q"] else ["Enter a few letters or figures"]
        return render_template("find.html", form=form, found=None), form.status
    return render_template("find.html", form=form, found=found.value, at=found.as_at, most=MOST)


def find_form() -> Form:
    """The question as it was asked, if it was."""
    return Form((QUESTION,), {"q": request.args.get("q", "").strip()})


@schools.get("/schools/<int:urn>")
def school(urn: int) -> str:
    ask_ahead(*_questions(urn))
    known = the_school(urn)
    day = known.as_at.astimezone(LONDON).date()
    people = ask("scheduling.SchoolPeople", urn=urn, on=day.isoformat())
    results = ask("analytics.SchoolResults", urn=urn, measure=HEADLINE)
    inspections = ask("analytics.Inspections", urn=urn)
    timeline = ask_if_may("analytics.SchoolTimeline", urn=urn, newest_first=True, limit=LATEST_FACTS)
    charges = ask_if_may("billing.SchoolStatement", urn=urn)
    this_year = year_of(day)
    asked, of_others = for_roles(asked_of_school(urn, this_year), clients().roles(visitor().person))
    answers = [known, people, results, inspections, *(each for each in (timeline, charges) if each)]
    return render_template(
        "school_home.html",
        school=known.value,
        as_at=min(answer.as_at for answer in answers),
        this_year=this_year,
        programme=ask("scheduling.SchoolProgramme", urn=urn, year=this_year).value,
        asked=asked,
        of_others=of_others,
        about=about_school(urn),
        line=helpline(),
        people=people.value,
        latest=_latest(results),
        area=results.value.la_name,
        inspection=next(iter(inspections.value), None),
        timeline=timeline.value if timeline else None,
        charges=charges.value if charges else None,
        website=website(known.value.row.website),
    )


def _questions(urn: int) -> Iterator[Question]:
    """What a school's first page asks."""
    this_day = today()
    this_year = year_of(this_day)
    yield "scheduling.SchoolByUrn", {"urn": urn}
    yield "scheduling.SchoolPeople", {"urn": urn, "on": this_day.isoformat()}
    yield "analytics.SchoolResults", {"urn": urn, "measure": HEADLINE}
    yield "analytics.Inspections", {"urn": urn}
    yield "analytics.SchoolTimeline", {"urn": urn, "newest_first": True, "limit": LATEST_FACTS}
    yield "billing.SchoolStatement", {"urn": urn}
    yield helpline_question()
    yield "scheduling.SchoolVisits", {"urn": urn, "year": this_year - 1}
    yield from questions_of_asked(urn, this_year)


def _latest(results: Answer) -> Any:
    """The last year for which the school has a figure, or a reason for none, in the headline measure."""
    years = [year for row in results.value.measures if row.code == HEADLINE for year in row.years if year.school]
    return years[-1] if years else None


def website(text: str | None) -> str | None:
    """The address as a link may hold it; None for what a browser would not open as a web page."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None
