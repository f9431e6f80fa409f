"""An adviser's day: today and the fortnight after it, and what to do before leaving home."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.helpline import today
from gateway.visit_words import clock_time, short
from gateway.visitor import ask, clients, visitor
from gateway.words import since

day = Blueprint("day", __name__)

FORTNIGHT = timedelta(days=14)
ACTIONS = 3


@dataclass(frozen=True, slots=True)
class Call:
    """A school on a day of the diary, with all that is worth knowing before one goes there."""

    appointment: Any
    what: str
    when: str
    address: str
    line: Any
    actions: tuple[Any, ...]
    rating: Any
    concerns: int
    calls: int
    conflict: bool


@day.get("/day")
def show() -> ResponseReturnValue:
    person = visitor().person
    if "adviser" not in clients().roles(person):
        return redirect(url_for("home.home"))
    this_day = today()
    diary = _diary(person, this_day)
    about = ask("scheduling.AdviserDetails", person=person)
    schools = about.value.schools if about.value else ()
    conflicts = {each.urn for each in (about.value.interests or ())} if about.value else set()
    return render_template(
        "day.html",
        as_at=min(diary.as_at, about.as_at),
        today=this_day,
        days=[
            (on, [_call(each, conflicts) for each in each_day])
            for on, each_day in groupby(diary.value, lambda each: each.day)
        ],
        drafts=ask("visits.DraftsOf", adviser=person).value,
        drafts_rows=_drafts,
        line=about.value.line if about.value else None,
        schools=schools,
        schools_rows=_schools,
        last_day=this_day + FORTNIGHT,
        inspections=_inspections({each.urn for each in schools}),
    )


def _diary(person: str, this_day: date) -> Any:
    begins, ends = this_day.isoformat(), (this_day + FORTNIGHT).isoformat()
    return ask("scheduling.AdviserVisits", adviser=person, begins=begins, ends=ends)


def _call(appointment: Any, conflicts: set[int]) -> Call:
    urn, year = appointment.urn, appointment.year
    lines = ask("scheduling.SchoolVisits", urn=urn, year=year).value.visits
    line = next(line for line in lines if line.visit == appointment.visit)
    last = max((each.held_on for each in lines if each.held_on), default=date.min)
    calls = ask("helpdesk.SchoolCalls", urn=urn).value
    return Call(
        appointment=appointment,
        what=short(appointment.visit),
        when=f"{clock_time(appointment.starts)} to {clock_time(appointment.ends)}",
        address=url_for("visits.show", urn=urn, year=year, visit=appointment.visit),
        line=line,
        actions=ask("visits.SchoolActions", urn=urn).value.open[:ACTIONS],
        rating=ask("visits.SchoolRisk", urn=urn).value.rating,
        concerns=sum(concern.closed is None for concern in ask("visits.SchoolConcerns", urn=urn).value),
        calls=sum(call.received_at.date() > last for call in calls),
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
            url_for("records.read", urn=draft.urn, year=draft.year, document=draft.document),
        )
        for draft in drafts
    ]


def _schools(schools: Any) -> list[tuple[str, str, str]]:
    """School, since when, and its address."""
    return [(each.school, since(each.begins), url_for("schools.school", urn=each.urn)) for each in schools]


def _inspections(schools: set[int]) -> list[Any]:
    return [each for each in ask("helpdesk.InspectionBoard").value if each.urn in schools]
