"""The planning board, and somebody else for each visit of an adviser who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients import Conflict, Forbidden, Invalid, Refused
from gateway.exports import table_file
from gateway.forms import Field, Form
from gateway.paging import pages_of
from gateway.visit_words import VISITS, short, when
from gateway.visitor import ask, clients, may, visitor
from gateway.words import LONDON, academic_year, counted, day

planning = Blueprint("planning", __name__)

TERMS = (("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer"))
STATES = {
    "not_planned": "Not planned",
    "planned": "Planned",
    "confirmed": "Confirmed",
    "postponed": "Postponed",
    "cancelled": "Cancelled",
    "on_hold": "On hold",
    "not_held": "Not held",
    "handed_over": "At successor",
    "held": "Held",
}
TROUBLES = {
    "clash": "Two visits at once",
    "conflict": "Adviser has an interest in the school",
    "away": "Adviser is away",
    "holiday": "On a holiday",
    "on_hold": "On hold for an inspection",
    "at_risk": "May miss its term",
    "kept": "Time kept without a visit",
}
NEEDS = {
    "objected": "The school objected",
    "unfit": "Adviser has left or has an interest",
    "nobody": "No Link Adviser",
}
HEADS = ("School", "Adviser", *(short(visit) for visit in VISITS))
REASON = Field("reason", "Why somebody else comes", "textarea", beside=True)


@dataclass(frozen=True, slots=True)
class Covered:
    """What became of one visit that somebody else was to make."""

    visit: str
    adviser: str
    problem: str


@planning.get("/planning")
def board() -> ResponseReturnValue:
    wanted = {name: value for name in ("adviser", "term", "page") if (value := request.args.get(name, "").strip())}
    answer = _board(_year(), wanted)
    found = answer.value
    forms = {form.urn: form for form in ask("visits.CountySefs", year=found.year).value.forms}
    if "as" in request.args:
        rows = _all_schools(found, wanted, forms)
        return table_file(request.args["as"], f"planning-{academic_year(found.year)}", HEADS, rows)
    return render_template(
        "planning.html",
        as_at=answer.as_at,
        found=found,
        filters=_filters(found, wanted),
        troubles=_by_kind(found.troubles),
        allocations=_allocations(),
        overdue_forms=sum(form.state == "overdue" for form in forms.values()),
        schools=[_school(each, found.year, forms.get(each.urn)) for each in found.schools],
        heads=HEADS,
        downloads=_without_page(wanted),
        tallies=[(VISITS[code], *_tally(dict(counts))) for code, counts in found.tallies],
        loads=[_load(each) for each in found.loads],
        pages=pages_of("planning.board", found.page, found.pages, year=found.year, **_without_page(wanted)),
        covers=_may_cover(),
        releases=may("scheduling.ReleaseTime", person="any", urn=100000, year=2011, visit="1"),
        form=Form(()),
    )


@planning.post("/planning/release")
def release() -> ResponseReturnValue:
    """Let go time that a diary keeps for no visit."""
    form = Form.of_request(*(Field(name, name) for name in ("person", "urn", "year", "visit")))
    if not form.send("scheduling.ReleaseTime"):
        abort(400, "; ".join(words for messages in form.errors.values() for words in messages))
    return redirect(url_for("planning.board", year=form.values["year"]), 303)


@planning.route("/planning/cover", methods=["GET", "POST"])
def cover() -> ResponseReturnValue:
    """Choose an adviser and days, then somebody else for each of their visits; each is sent as a command of its own."""
    if not _may_cover():
        abort(403, "Only the programme office finds somebody for an absent adviser's visits.")
    people = _board(_year(), {}).value.loads
    options = tuple((each.person, each.name or each.person) for each in people)
    asking = Form(
        (
            Field("adviser", "Adviser who is away", "select", options=options),
            Field("begins", "From", "date", "For example, 3 10 2011"),
            Field("ends", "To, that day included", "date"),
        ),
        _asked(),
    )
    visits, as_at = _visits(asking)
    form = Form.of_request(*map(_choice, visits), REASON)
    done: list[Covered] = []
    if request.method == "POST":
        done = _hand_over(form, visits, dict(options))
        visits, as_at = _visits(asking)
        form = Form((*map(_choice, visits), REASON), errors=form.errors)
    page = render_template(
        "planning_cover.html", asking=asking, form=form, visits=visits, rows=_rows(visits), done=done, as_at=as_at
    )
    return page, 422 if form.errors or asking.errors else 200


def _may_cover() -> bool:
    return may("scheduling.AdviserCover", adviser="any", begins="2011-09-01", ends="2011-09-01")


def _year() -> int:
    typed = request.args.get("year", type=int)
    if typed is not None:
        return typed
    today = ask("scheduling.CountySchools").as_at.astimezone(LONDON).date()
    return today.year if today.month >= 9 else today.year - 1


def _board(year: int, wanted: dict[str, str]) -> Any:
    try:
        return ask("scheduling.PlanningBoard", year=year, **wanted)
    except Invalid:
        abort(404, "There is no such page of the planning board.")


def _without_page(wanted: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in wanted.items() if name != "page"}


def _filters(found: Any, wanted: dict[str, str]) -> Form:
    advisers = tuple((load.person, load.name or load.person) for load in found.loads)
    fields = (
        Field("adviser", "Adviser", "select", options=(*advisers, ("nobody", "Nobody allocated")), no_choice="All"),
        Field("term", "Term", "select", options=TERMS, no_choice="All"),
    )
    return Form(fields, dict(wanted))


def _by_kind(troubles: Iterable[Any]) -> list[tuple[str, str, list[Any]]]:
    """The kind, its words, and what is of that kind; the most pressing first."""
    found = list(troubles)
    return [
        (kind, words, [each for each in found if each.kind == kind])
        for kind, words in TROUBLES.items()
        if any(each.kind == kind for each in found)
    ]


def _allocations() -> list[tuple[str, str, str]]:
    """School, what it needs, and where that is settled."""
    return [
        (line.school, NEEDS[line.needs], url_for("allocation.of_school", urn=line.urn))
        for line in ask("scheduling.CountyAllocations").value
        if line.needs in NEEDS
    ]


def _all_schools(found: Any, wanted: dict[str, str], forms: dict[int, Any]) -> list[tuple[str, ...]]:
    """The rows of every page, without their addresses."""
    pages = (_board(found.year, {**wanted, "page": str(number)}).value for number in range(1, found.pages + 1))
    return [_school(each, found.year, forms.get(each.urn))[:-1] for page in pages for each in page.schools]


def _school(each: Any, year: int, form: Any) -> tuple[str, ...]:
    """School, adviser, a cell for each visit (visit 2 with its self-evaluation form), and the school's address."""
    cells = {cell.visit: _cell(cell) for cell in each.cells}
    if "2" in cells and form and form.state in ("due", "at_once", "overdue"):
        cells["2"] += f"; SEF due {day(form.due)}{', overdue' if form.state == 'overdue' else ''}"
    return (
        each.name,
        each.adviser_name or ("Name erased" if each.adviser else "Nobody"),
        *(cells.get(visit, "") for visit in VISITS),
        url_for("visits.of_school", urn=each.urn, year=year),
    )


def _cell(cell: Any) -> str:
    risk = "May miss its term: " if cell.at_risk else ""
    return f"{risk}{STATES[cell.state]}{f' {day(cell.day)}' if cell.day else ''}"


def _tally(counts: dict[str, int]) -> tuple[int, ...]:
    """Without a date, planned, confirmed, held, and other."""
    waiting = sum(counts.get(state, 0) for state in ("not_planned", "postponed", "not_held"))
    named = [counts.get(state, 0) for state in ("planned", "confirmed", "on_hold", "held")]
    return (waiting, *named, sum(counts.values()) - waiting - sum(named))


def _load(each: Any) -> tuple[Any, ...]:
    name = each.name or each.person
    return name, each.schools, each.to_plan, each.planned, each.held, each.days


def _asked() -> dict[str, str]:
    """The question as its address has it: a day in one piece, or in the three boxes of the form."""
    typed = {"adviser": request.args.get("adviser", "").strip()}
    for name in ("begins", "ends"):
        boxes = [request.args.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
        in_boxes = "-".join(box.zfill(2) for box in boxes) if any(boxes) else ""
        typed[name] = request.args.get(name, "").strip() or in_boxes
    return typed


def _visits(asking: Form) -> tuple[tuple[Any, ...], Any]:
    """The visits to hand over; none, and errors at the question, when it was not asked rightly."""
    if not any(asking.values.values()):
        return (), ask("scheduling.CountySchools").as_at
    try:
        answer = ask("scheduling.AdviserCover", **{name: value for name, value in asking.values.items() if value})
    except Invalid as invalid:
        asking.errors.update({name: list(messages) for name, messages in invalid.errors.items()})
        return (), ask("scheduling.CountySchools").as_at
    return answer.value, answer.as_at


def _choice(each: Any) -> Field:
    options = tuple(
        (one.person, f"{one.name or one.person} ({counted(one.visits, 'sitting')} in that time)")
        for one in each.candidates
    )
    return Field(_key(each), f"Adviser for {_title(each)}", "select", options=options, beside=True)


def _key(each: Any) -> str:
    return f"visit-{each.urn}-{each.year}-{each.visit}"


def _title(each: Any) -> str:
    return f"{short(each.visit)} at {each.school}"


def _rows(visits: Iterable[Any]) -> list[tuple[str, str, str, str]]:
    return [
        (
            _title(each),
            when(each.sittings),
            STATES[each.state],
            url_for("visits.show", urn=each.urn, year=each.year, visit=each.visit),
        )
        for each in visits
    ]


def _hand_over(form: Form, visits: Iterable[Any], names: dict[str, str]) -> list[Covered]:
    """One command for each visit for which somebody was chosen; what became of each."""
    chosen = [(each, form.values[_key(each)]) for each in visits if form.values[_key(each)]]
    if not form.values["reason"]:
        form.errors["reason"] = ["Enter the reason: each school is told why somebody else comes"]
    if not chosen:
        form.errors[""] = ["Choose an adviser for at least one visit"]
    if form.errors:
        return []
    return [_send(form, each, adviser, names.get(adviser, adviser)) for each, adviser in chosen]


def _send(form: Form, each: Any, adviser: str, name: str) -> Covered:
    fields = {"urn": each.urn, "year": each.year, "visit": each.visit, "adviser": adviser}
    command_id = uuid5(form.form_id, repr(sorted(fields.items())))
    problem = ""
    try:
        clients().handle(
            "scheduling.ReassignVisit",
            fields,
            person=visitor().person,
            command_id=command_id,
            reason=form.values["reason"],
        )
    except (Refused, Forbidden, Invalid) as error:
        problem = str(error)
    except Conflict:
        problem = "Somebody else changed this visit at the same moment. Look at it again."
    return Covered(_title(each), name, problem)
