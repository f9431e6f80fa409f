"""An adviser's day: today and the fortnight after it, and what to do before leaving home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.helpline import today
from gateway.visit_words import short, times
from gateway.visitor import Question, ask, ask_ahead, clients, visitor
from gateway.words import day as day_words
from gateway.words import since

day = Blueprint("day", __name__)

FORTNIGHT = timedelta(days=14)
ACTIONS = 3


@dataclass(frozen=True, slots=True)
class Call:
    """A school on a day of the diary, with all that is worth knowing before one goes there; `record` are the words and
    the address of the record to write, of which visit 4 has none."""

    appointment: Any
    what: str
    when: str
    address: str
    record: tuple[str, str] | None
    line: Any
    actions: tuple[Any, ...]
    rating: Any
    concerns: int
    calls: int
    visited: bool
    conflict: bool

    def to_do(self, this_day: date) -> list[tuple[str, str, date | None]]:
        """What the adviser can do about it now: words, address and by when."""
        late = [paper for paper in self.line.papers if paper.received is None and paper.due < this_day]
        found = [(f"Chase “{paper.title}”, due {day_words(paper.due)}", None) for paper in late]
        waits = self.line.ask
        if waits and waits.of == "adviser":
            found.append((waits.what, waits.by))
        return [(f"{words}: {self.what} at {self.appointment.school}", self.address, by) for words, by in found]


@day.get("/day")
def show() -> ResponseReturnValue:
    person = visitor().person
    if "adviser" not in clients().roles(person):
        return redirect(url_for("home.home"))
    this_day = today()
    whose, fields = _diary(person, this_day)
    board: Question = "helpdesk.InspectionBoard", {}
    ask_ahead(
        (whose, fields),
        board,
        ("scheduling.AdviserDetails", {"person": person}),
        ("visits.DraftsOf", {"adviser": person}),
    )
    diary = ask(whose, **fields)
    ask_ahead(*(question for each in diary.value for question in _to_ask(each.urn, each.year)))
    about, drafts = ask("scheduling.AdviserDetails", person=person), ask("visits.DraftsOf", adviser=person).value
    schools = about.value.schools if about.value else ()
    conflicts = {each.urn for each in (about.value.interests or ())} if about.value else set()
    begun = {(draft.urn, draft.year, draft.document) for draft in drafts}
    days = {on: _calls(each_day, conflicts, begun) for on, each_day in groupby(diary.value, lambda each: each.day)}
    calls = [call for each_day in days.values() for call in each_day]
    to_do = dict.fromkeys(each for call in calls for each in call.to_do(this_day))
    return render_template(
        "day.html",
        as_at=min(diary.as_at, about.as_at),
        today=this_day,
        days={this_day: [], **days},
        to_do=sorted(to_do, key=lambda each: each[2] or date.min),
        drafts=drafts,
        drafts_rows=_drafts,
        line=about.value.line if about.value else None,
        schools=schools,
        schools_rows=_schools,
        last_day=this_day + FORTNIGHT,
        inspections=_inspections({each.urn for each in schools}),
    )


def _diary(person: str, this_day: date) -> Question:
    begins, ends = this_day.isoformat(), (this_day + FORTNIGHT).isoformat()
    return "scheduling.AdviserVisits", {"adviser": person, "begins": begins, "ends": ends}


def _to_ask(urn: int, year: int) -> Iterator[Question]:
    """What `_call` asks."""
    yield from (("scheduling.SchoolVisits", {"urn": urn, "year": each}) for each in (year, year - 1))
    names = ("helpdesk.SchoolCalls", "visits.SchoolActions", "visits.SchoolRisk", "visits.SchoolConcerns")
    yield from ((name, {"urn": urn}) for name in names)


def _calls(appointments: Any, conflicts: set[int], begun: set[tuple[int, int, str]]) -> list[Call]:
    """The schools of one day in order of time; a visit in two parts is one call."""
    by_visit = groupby(appointments, lambda each: (each.urn, each.year, each.visit))
    return [_call(list(sittings), conflicts, begun) for _, sittings in by_visit]


def _call(sittings: list[Any], conflicts: set[int], begun: set[tuple[int, int, str]]) -> Call:
    appointment = sittings[0]
    urn, year, visit = appointment.urn, appointment.year, appointment.visit
    lines = ask("scheduling.SchoolVisits", urn=urn, year=year).value.visits
    before = ask("scheduling.SchoolVisits", urn=urn, year=year - 1).value.visits
    last = max((each.held_on for each in (*lines, *before) if each.held_on), default=None)
    calls = ask("helpdesk.SchoolCalls", urn=urn).value
    words = "Go on with the record" if (urn, year, visit) in begun else "Start the record"
    return Call(
        appointment=appointment,
        what=short(visit),
        when=times(sittings),
        address=url_for("visits.show", urn=urn, year=year, visit=visit),
        record=None if visit == "4" else (words, url_for("records.edit", urn=urn, year=year, document=visit)),
        line=next(line for line in lines if line.visit == visit),
        actions=ask("visits.SchoolActions", urn=urn).value.open[:ACTIONS],
        rating=ask("visits.SchoolRisk", urn=urn).value.rating,
        concerns=sum(concern.closed is None for concern in ask("visits.SchoolConcerns", urn=urn).value),
        calls=sum(last is None or call.received_at.date() > last for call in calls),
        visited=last is not None,
        conflict=urn in conflicts,
    )


def _drafts(drafts: Any) -> list[tuple[str, str, str, int, str]]:
    """Document, school, where it stands, for how many days, and its address."""
    return [
        (
            draft.title,
            draft.school,
            draft.state,
            draft.days,
            url_for("records.edit", urn=draft.urn, year=draft.year, document=draft.document),
        )
        for draft in drafts
    ]


def _schools(schools: Any) -> list[tuple[str, str, str]]:
    """School, since when, and its address."""
    return [(each.school, since(each.begins), url_for("schools.school", urn=each.urn)) for each in schools]


def _inspections(schools: set[int]) -> list[Any]:
    return [each for each in ask("helpdesk.InspectionBoard").value if each.urn in schools]
