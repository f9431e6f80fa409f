"""A school's visits of a year, and one visit with everything that is done about it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients import Answer, Invalid
from gateway.forms import Field, Form
from gateway.pages.questions import QUESTIONED
from gateway.school import the_school
from gateway.visit_acts import Moment, VisitAct, offered
from gateway.visit_words import ASPECTS, SLOTS, SOURCES, VISITS, days, planned_for, present, short, when
from gateway.visitor import ask, clients, may, visitor
from gateway.words import LONDON, day, role

visits = Blueprint("visits", __name__)

NEGOTIATING = ("headteacher", "adviser")


@visits.get("/schools/<int:urn>/visits")
def of_school(urn: int) -> str:
    school = the_school(urn)
    year = {"year": request.args["year"]} if "year" in request.args else {}
    try:
        answer = ask("scheduling.SchoolVisits", urn=urn, **year)
    except Invalid:
        abort(404, "There is no such academic year in this record.")
    it = answer.value
    return render_template(
        "visits.html",
        school=school.value,
        as_at=min(school.as_at, answer.as_at),
        it=it,
        rows=[_row(line, urn, it.year) for line in it.visits],
        asked=[(short(line.visit), line.ask, role(line.ask.of)) for line in it.visits if line.ask],
        warnings=[warning for line in it.visits for warning in line.warnings],
        held_before=[short(code) for code in it.held_before],
    )


@visits.get("/schools/<int:urn>/visits/<int:year>/<visit>")
def show(urn: int, year: int, visit: str) -> str:
    school, answer = the_school(urn), _details(urn, year, visit)
    moment = _moment(answer)
    line = moment.line
    return render_template(
        "visit.html",
        school=school.value,
        as_at=min(school.as_at, answer.as_at),
        year=year,
        title=VISITS[visit],
        line=line,
        planned=planned_for(line),
        held=when(line.held) if line.held else day(line.held_on) if line.held_on else "",
        present=[present(each) for each in line.participants],
        agenda=_agenda_rows(line.agenda),
        minutes=sum(item.minutes for item in line.agenda.items) if line.agenda else 0,
        papers=[_paper(each) for each in line.papers],
        acts=[each.act for each in _offered(moment, urn, year)],
        questions=visit in QUESTIONED and may("analytics.VisitQuestions", urn=urn, year=year, visit=visit),
        ask=line.ask,
    )


@visits.route("/schools/<int:urn>/visits/<int:year>/<visit>/<name>", methods=["GET", "POST"])
def act(urn: int, year: int, visit: str, name: str) -> ResponseReturnValue:
    school, answer = the_school(urn), _details(urn, year, visit)
    moment = _moment(answer)
    chosen = next((each for each in _offered(moment, urn, year) if each.act.name == name), None)
    if chosen is None:
        abort(404, "There is nothing of this kind to do about this visit now. Look at the visit again.")
    back = url_for("visits.show", urn=urn, year=year, visit=visit)
    groups = chosen.groups(moment)
    own = tuple(_with_options(field, moment, urn, year) for field in chosen.act.questions)
    form = Form.of_request(*(field for _, fields in groups for field in fields), *own, **chosen.begins(moment))
    if request.method == "POST":
        read = chosen.read(form)
        if not form.errors and form.send(chosen.act.command, **_fixed(chosen, moment, urn, year), **read):
            return redirect(back, 303)
    page = render_template(
        "visit_act.html",
        school=school.value,
        as_at=min(school.as_at, answer.as_at),
        act=chosen.act,
        form=form,
        groups=groups,
        own=own,
        trail=(("Visits", url_for("visits.of_school", urn=urn, year=year)), (short(visit), back)),
        agenda=_agenda_rows(moment.line.agenda) if name in ("agree", "answer", "confirm") else [],
        words=moment.line.agenda.words if moment.line.agenda and name in ("agree", "answer") else None,
        menu=moment.details.menu if name in ("agenda", "answer") else (),
        planned=when(moment.line.planned),
    )
    return page, form.status


def _details(urn: int, year: int, visit: str) -> Answer:
    try:
        return ask("scheduling.VisitDetails", urn=urn, year=year, visit=visit)
    except Invalid:
        abort(404, "There is no such visit in a school's year.")


def _moment(answer: Answer) -> Moment:
    roles = clients().roles(visitor().person)
    side = next((name for name in NEGOTIATING if name in roles), "")
    return Moment(answer.value, answer.as_at.astimezone(LONDON).date(), side)


def _offered(moment: Moment, urn: int, year: int) -> list[VisitAct]:
    roles = clients().roles(visitor().person)
    another = moment.line.adviser is not None and moment.line.adviser != visitor().person
    own = not moment.line.date_only and not (roles == {"adviser"} and another)
    return offered(moment, own, urn=urn, year=year, visit=moment.line.visit)


def _fixed(chosen: VisitAct, moment: Moment, urn: int, year: int) -> dict[str, Any]:
    """What the page answers itself: an agreement is to the agenda that it shows."""
    version = {"version": moment.line.agenda.version} if chosen.act.name == "agree" else {}
    return {"urn": urn, "year": year, "visit": moment.line.visit, **version}


def _with_options(field: Field, moment: Moment, urn: int, year: int) -> Field:
    """The question with what there is to choose from."""
    if field.name == "paper":
        waiting = [paper for paper in moment.line.papers if paper.received is None]
        return replace(field, options=tuple((paper.paper, f"{paper.title}, due {day(paper.due)}") for paper in waiting))
    if field.name == "adviser":
        return replace(field, options=_candidates(moment.line, urn, year))
    return field


def _candidates(line: Any, urn: int, year: int) -> tuple[tuple[str, str], ...]:
    first, last = line.planned[0].day, line.planned[-1].day
    found = ask("scheduling.AdviserCover", adviser=line.adviser, begins=first.isoformat(), ends=last.isoformat()).value
    here = [each for each in found if (each.urn, each.year, each.visit) == (urn, year, line.visit)]
    return tuple((one.person, one.name or one.person) for each in here for one in each.candidates)


def _row(line: Any, urn: int, year: int) -> tuple[str, ...]:
    """Visit, state, planned, held, adviser, governors, and its address."""
    governors = "" if line.governors is None else "Took part" if line.governors else "Did not take part"
    return (
        VISITS[line.visit],
        line.words,
        planned_for(line),
        days(line.held) or (day(line.held_on) if line.held_on else ""),
        "Not shown" if line.date_only else line.adviser_name or ("Name erased" if line.adviser else "None"),
        governors,
        url_for("visits.show", urn=urn, year=year, visit=line.visit),
    )


def _agenda_rows(agenda: Any) -> list[tuple[str, ...]]:
    if agenda is None:
        return []
    sources, slots, aspects = dict(SOURCES), dict(SLOTS), dict(ASPECTS)
    return [
        (item.title, str(item.minutes), sources[item.source], slots.get(item.slot, ""), aspects.get(item.aspect, ""))
        for item in agenda.items
    ]


def _paper(each: Any) -> tuple[str, str, str]:
    if each.received is None:
        return each.title, day(each.due), "Not yet"
    late = f", {each.days_late} {'day' if each.days_late == 1 else 'days'} late" if each.days_late else ""
    return each.title, day(each.due), f"{day(each.received)}{late}"
