"""A school's self-evaluation: when its form is due, and the grades of school, both and authority side by side."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.exports import asked_as_file
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask
from gateway.words import academic_year, counted, day

sef = Blueprint("sef", __name__)

OCCASIONS = {"2": "Visit 2", "ip": "IP day"}
ANY_HEADING = {"year": 2011, "occasion": "2", "heading": "any"}
GRADE = Field("grade", "Grade", "select")
RECEIVE = Act(
    "receive",
    "visits.ReceiveSef",
    "Record that the form came",
    "Record it",
    (Field("received", "On which day it came", "date", "For example, 16 2 2012"),),
    example={"year": 2011},
)
NOTE = Act(
    "overdue",
    "visits.NoteSefOverdue",
    "Put on record that it is overdue",
    "Put it on record",
    about="It stays on record, even if the visit moves or the form comes later.",
    example={"year": 2011},
)
OWN = Act(
    "own",
    "visits.GradeOwn",
    "Give the school's own grade",
    "Save the school's grade",
    (GRADE, Field("evidence", "Evidence", "textarea")),
)
AGREED = Act(
    "agreed",
    "visits.AgreeGrade",
    "Record the agreed grade",
    "Save the agreed grade",
    (GRADE,),
    reason="Why it changes, where another grade was agreed before",
)
DISPUTE = Act(
    "disagreement",
    "visits.DisputeGrade",
    "Record a disagreement",
    "Save both texts",
    (
        replace(GRADE, name="adviser_grade", label="The adviser's grade"),
        Field("school_words", "The school's view, in its own words", "textarea"),
        Field("adviser_words", "The adviser's view", "textarea"),
    ),
    about="Both texts are kept. Nobody has to agree; the programme manager can moderate.",
)
MODERATE = Act(
    "moderation",
    "visits.ModerateGrade",
    "Moderate a disagreement",
    "Save the moderation",
    (
        Field("words", "What was found", "textarea"),
        replace(GRADE, hint="Leave empty where no grade can be held by both"),
    ),
)
LA = Act(
    "authority",
    "visits.SetLaGrade",
    "Set the authority's grade",
    "Save the authority's grade",
    (GRADE, Field("rationale", "Rationale", "textarea")),
    about="The authority's grade stands beside the others and changes none of them.",
)
LINKS = {
    "own": "Grade",
    "agreed": "Agree",
    "disagreement": "Disagree",
    "moderation": "Moderate",
    "authority": "Set authority’s",
}
"""What the links to them say in the table, whose unseen words say the rest."""
GRADING = {act.name: act for act in (OWN, AGREED, DISPUTE, MODERATE, LA)}
OF_THE_FORM = {act.name: act for act in (RECEIVE, NOTE)}


@sef.get("/schools/<int:urn>/self-evaluation")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("visits.SefState", urn=urn, **_year_asked())
    found = answer.value
    grading = [act for act in GRADING.values() if act.offered(urn=urn, **ANY_HEADING)]
    return render_template(
        "sef.html",
        school=school,
        as_at=answer.as_at,
        year=found.year,
        years=(found.year + 1, found.year, found.year - 1),
        form=found.form,
        state=form_words(found.form) if found.form else "",
        sheets=[(OCCASIONS[sheet.occasion], sheet, _to_do(sheet, grading)) for sheet in found.sheets],
        links=LINKS,
        acts=[act for act in OF_THE_FORM.values() if _is_open(act, found.form) and act.offered(urn=urn)],
    )


@sef.route("/schools/<int:urn>/self-evaluation/<int:year>/<name>", methods=["GET", "POST"])
def act(urn: int, year: int, name: str) -> ResponseReturnValue:
    if name not in OF_THE_FORM:
        abort(404, "There is nothing of this kind to do with the form.")
    return _carry_out(OF_THE_FORM[name], urn, year)


@sef.route("/schools/<int:urn>/self-evaluation/<int:year>/<occasion>/<heading>/<name>", methods=["GET", "POST"])
def grade(urn: int, year: int, occasion: str, heading: str, name: str) -> ResponseReturnValue:
    sheets = ask("visits.SefState", urn=urn, year=year).value.sheets
    now = next((sheet for sheet in sheets if sheet.occasion == occasion and sheet.in_force), None)
    row = next((each for each in now.headings if each.heading == heading), None) if now else None
    if name not in GRADING or row is None:
        abort(404, "There is no such heading in the inspection framework of this visit.")
    chosen, options = GRADING[name], tuple((each, each) for each in row.scale)
    fields = tuple(replace(each, options=options) if each.kind == "select" else each for each in chosen.fields)
    titled = replace(chosen, words=f"{chosen.words}: {heading}", fields=fields)
    return _carry_out(titled, urn, year, occasion=occasion, heading=heading)


HEADS = ("School", "Form", "Due", "Visit 2")


@sef.get("/self-evaluations")
def county() -> ResponseReturnValue:
    answer = ask("visits.CountySefs", **_year_asked())
    found = answer.value
    rows = [
        (
            form.school,
            form_words(form),
            day(form.due),
            day(form.visit_day),
            url_for("sef.of_school", urn=form.urn, year=found.year),
        )
        for form in found.forms
    ]
    overdue = sum(form.state == "overdue" for form in found.forms)
    page = render_template(
        "sefs.html",
        as_at=answer.as_at,
        heads=HEADS,
        year=found.year,
        years=(found.year + 1, found.year, found.year - 1),
        overdue=rows[:overdue],
        others=rows[overdue:],
    )
    return asked_as_file(f"self-evaluations-{academic_year(found.year)}", HEADS, rows) or page


def form_words(form: Any) -> str:
    """How a form stands, in a sentence."""
    match form.state:
        case "received" if form.days:
            late = f"{counted(form.days, 'day')} late: it was due by {day(form.late_against)}"
            return f"Received on {day(form.received)}, {late}"
        case "received":
            return f"Received on {day(form.received)}, on time"
        case "overdue":
            return f"{counted(form.days, 'day')} overdue: it was due by {day(min([*form.breaches, form.due]))}"
        case "put_off":
            return "Visit 2 was put off: nothing is due until it has a date"
        case "handed_over":
            return "Visit 2 goes on at the school that followed, and the form with it"
        case "at_once":
            return "Due at once: visit 2 was booked under two weeks out, so the school is not late"
    return f"Due by {day(form.due)}, {counted(form.days, 'day')} left" if form.days else "Due today"


def _to_do(sheet: Any, grading: list[Act]) -> dict[str, list[Act]]:
    """What the person of the page may do under each heading, as it stands."""
    if not sheet.in_force or not grading:
        return {}
    return {row.heading: [act for act in grading if _has_come_to(act, row)] for row in sheet.headings}


def _has_come_to(act: Act, row: Any) -> bool:
    if act is MODERATE:
        return bool(row.disagreements)
    return act in (OWN, LA) or (row.own is not None and (act is AGREED or row.agreed is None))


def _is_open(act: Act, form: Any) -> bool:
    if form is None or form.state in ("received", "handed_over"):
        return False
    return act is RECEIVE or (form.state == "overdue" and not form.breaches)


def _carry_out(act: Act, urn: int, year: int, **fixed: Any) -> ResponseReturnValue:
    school, back = the_school(urn), url_for("sef.of_school", urn=urn, year=year)

    def page(form: Form) -> str:
        trail = (("Self-evaluation", back),)
        return render_template(
            "school_act.html", school=school.value, as_at=school.as_at, act=act, form=form, trail=trail
        )

    return carry_out(act, back, page, urn=urn, year=year, **fixed)


def _year_asked() -> dict[str, int]:
    """The academic year in the address, where it has one."""
    year = request.args.get("year", type=int)
    return {"year": year} if year else {}
