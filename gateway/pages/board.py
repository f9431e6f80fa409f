"""What a chair of governors needs before the board meets, on one page. Of performance management it shows a date."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from gateway.asked import asked_of_school, questions_of_asked
from gateway.clients import Answer, Invalid
from gateway.helpline import today
from gateway.school import the_school
from gateway.visit_words import VISITS, dates, days, present
from gateway.visitor import Question, ask, ask_ahead
from gateway.words import day, year_of

board = Blueprint("board", __name__)

CHAIR = "chair_of_governors"
GOVERNORS = ("chair_of_governors", "governor", "clerk")
PREPARED = ("1", "2", "3", "ip")
"""The visits before which questions are sent."""
SUITABILITY = {"suitable": "Suitable", "unrealistic": "Unrealistic", "not_challenging": "Not challenging enough"}


@board.get("/schools/<int:urn>/board")
def of_school(urn: int) -> str:
    this_year = year_of(today())
    year = request.args.get("year", this_year, type=int)
    ask_ahead(*_to_ask(urn, year))
    school = the_school(urn)
    visits, records = _of_year(urn, year)
    return render_template(
        "board.html",
        school=school.value,
        as_at=min(school.as_at, visits.as_at, records.as_at),
        year=year,
        years=sorted({this_year, *visits.value.years}, reverse=True),
        asked=[each for each in asked_of_school(urn, year) if each.of == CHAIR],
        visits=[_visit(line) for line in visits.value.visits],
        records=[_record(line, urn) for line in records.value if line.issued_on],
        targets=[cohort for cohort in ask("visits.SchoolTargets", urn=urn).value if _awaits_sanction(cohort)],
        suitability=SUITABILITY,
        questions=_questions(urn, year),
    )


def _to_ask(urn: int, year: int) -> Iterator[Question]:
    yield "scheduling.SchoolByUrn", {"urn": urn}
    yield "visits.SchoolRecords", {"urn": urn, "year": year}
    yield from questions_of_asked(urn, year)
    yield from (("analytics.VisitQuestions", {"urn": urn, "year": year, "visit": visit}) for visit in PREPARED)


def _of_year(urn: int, year: int) -> tuple[Answer, Answer]:
    try:
        return ask("scheduling.SchoolVisits", urn=urn, year=year), ask("visits.SchoolRecords", urn=urn, year=year)
    except Invalid:
        abort(404, "There is no such academic year in this record.")


def _visit(line: Any) -> tuple[str, str, str]:
    """A visit, when it was or will be, and which governors took part; of visit 4 the date alone."""
    held = days(line.held) or (day(line.held_on) if line.held_on else "")
    when = held or dates(line.days) or line.words
    if line.visit == "4":
        return VISITS["4"], f"{when}{', took place' if line.held_on else ''}", "Not shown"
    governors = [each for each in line.participants if {each.role, each.stands_in_for} & set(GOVERNORS)]
    words = "; ".join(present(each) for each in governors)
    return VISITS[line.visit], when, words or ("None took part" if line.held else "")


def _record(line: Any, urn: int) -> tuple[str, str, str, str]:
    """An issued document, since when, the head's answer, and its address."""
    address = url_for("records.read", urn=urn, year=line.year, document=line.document)
    return line.title, day(line.issued_on), (line.answer or "Not answered yet").capitalize(), address


def _awaits_sanction(cohort: Any) -> bool:
    latest = cohort.versions[0]
    return latest.meeting is None and not latest.provisional


def _questions(urn: int, year: int) -> list[Any]:
    """What the adviser asked the school before its visits, for governors to ask as well."""
    asked = (ask("analytics.VisitQuestions", urn=urn, year=year, visit=visit).value for visit in PREPARED)
    return [question for each in asked for question in each if question.sent and not question.withdrawn]
