"""One visit as pages show it: where it stands, what is to be done next and by whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from services.scheduling.events import AgendaItem, Participant, Sitting, VisitHeld
from services.scheduling.projections.visits import KeptAgenda

STATE_WORDS = {
    "not_planned": "Not planned yet",
    "planned": "Planned",
    "confirmed": "Confirmed",
    "papers_requested": "Papers asked for",
    "papers_received": "Papers received",
    "postponed": "Postponed",
    "cancelled": "Cancelled",
    "on_hold": "On hold for an inspection",
    "not_held": "Did not take place",
    "handed_over": "Goes on at the school's successor",
    "held": "Held",
    "drafted": "Record being written",
    "submitted": "Record in quality assurance",
    "returned": "Record returned by quality assurance",
    "passed": "Record passed",
    "issued": "Record issued",
    "accurate": "Final: accurate",
    "inaccurate": "Answered: inaccurate",
}
"""The states of domain 2.3 in words."""
IN_THE_AUTHORITY = frozenset({"submitted", "returned", "passed"})
"""Steps of a record that its school does not follow."""


class Agenda(Struct, frozen=True):
    """The agenda last put forward, by headteacher or adviser; `words` say why it answers another."""

    version: int
    by: str
    items: tuple[AgendaItem, ...]
    agreed: bool
    words: str | None


class PaperLine(Struct, frozen=True):
    """A paper asked for before the visit. `days_late` is None until it came."""

    paper: str
    title: str
    due: date
    received: date | None
    days_late: int | None


class Ask(Struct, frozen=True):
    """What is to be done next, by which role, and by when if there is a day."""

    what: str
    of: str
    by: date | None = None


class VisitLine(Struct, frozen=True):
    """A visit of a school's year. `planned` is kept when it was held on other days (`held`); `why` is the reason given
    for its state; `days_notice` is how long before its day it got that date; `governors` tells whether governors took
    part, None before it was held (VR3). Of visit 4 there are dates and nothing else; `date_only` is set for whom its
    hours are not either, and then `days` alone tells for when it is planned."""

    visit: str
    state: str
    words: str
    adviser: str | None = None
    adviser_name: str | None = None
    planned: tuple[Sitting, ...] = ()
    days: tuple[date, ...] = ()
    held: tuple[Sitting, ...] = ()
    held_on: date | None = None
    mode: str | None = None
    term: str | None = None
    in_term: bool = True
    joint: str | None = None
    moved: int = 0
    days_notice: int | None = None
    why: str | None = None
    hold_ends: date | None = None
    agenda: Agenda | None = None
    papers: tuple[PaperLine, ...] = ()
    participants: tuple[Participant, ...] = ()
    governors: bool | None = None
    ask: Ask | None = None
    warnings: tuple[str, ...] = ()
    date_only: bool = False


def line_of(row: Any, papers: Iterable[Any], name: str | None, today: date, *, in_authority: bool) -> VisitLine:
    """A visit from its row and its papers' rows."""
    planned = sittings_of(row.sittings)
    state = row.state
    shared = {"visit": row.visit, "adviser": row.adviser, "adviser_name": name, "planned": planned, "term": row.term}
    shared |= {"days": tuple(dict.fromkeys(each.day for each in planned))}
    shared |= {"in_term": row.in_term, "moved": row.moved, "why": row.why, "joint": row.joint, "mode": row.mode}
    shared["days_notice"] = (planned[0].day - row.dated_on).days
    if row.visit == "4":
        held_on = msgspec.json.decode(row.held, type=date) if row.held else None
        return VisitLine(
            state=state, words=STATE_WORDS[state], held_on=held_on, ask=_ask_4(row, planned, today), **shared
        )
    agenda = _agenda(row.agenda)
    lines = tuple(PaperLine(each.paper, each.title, each.due, each.received, each.days_late) for each in papers)
    held = msgspec.json.decode(row.held, type=VisitHeld) if row.held else None
    state = _state(row, lines, in_authority=in_authority)
    return VisitLine(
        state=state,
        words=STATE_WORDS[state],
        held=held.sittings if held else (),
        held_on=held.sittings[-1].day if held else None,
        hold_ends=row.hold_ends if state == "on_hold" else None,
        agenda=agenda,
        papers=lines,
        participants=held.participants if held else (),
        governors=held.governors_took_part if held else None,
        ask=_ask(state, planned, agenda, lines, today),
        **shared,
    )


def date_only(line: VisitLine) -> VisitLine:
    """Visit 4 for those who neither plan it nor take part: where it stands, and the date."""
    return VisitLine(line.visit, line.state, line.words, days=line.days, held_on=line.held_on, date_only=True)


def not_planned(visit: str, adviser: str | None, name: str | None) -> VisitLine:
    words = STATE_WORDS["not_planned"]
    ask = Ask("Plan a date", "adviser") if adviser else Ask("Allocate a Link Adviser", "programme_officer")
    return VisitLine(visit, "not_planned", words, adviser=adviser, adviser_name=name, ask=ask)


def sittings_of(packed: str | None) -> tuple[Sitting, ...]:
    return msgspec.json.decode(packed, type=tuple[Sitting, ...]) if packed else ()


def _agenda(packed: str | None) -> Agenda | None:
    if packed is None:
        return None
    kept = msgspec.json.decode(packed, type=KeptAgenda)
    items = msgspec.convert(kept.items, type=tuple[AgendaItem, ...])
    return Agenda(kept.version, kept.by, items, kept.agreed, kept.words)


def _state(row: Any, papers: Sequence[PaperLine], *, in_authority: bool) -> str:
    """The state with what was prepared, and what became of it, as far as the viewer may know."""
    if row.state == "held" and row.record:
        return "drafted" if row.record in IN_THE_AUTHORITY and not in_authority else str(row.record)
    if row.state == "confirmed" and papers:
        return "papers_requested" if any(paper.received is None for paper in papers) else "papers_received"
    return str(row.state)


_AFTER_HELD = {
    "held": Ask("Write the record of the visit", "adviser"),
    "drafted": Ask("Finish the record of the visit", "adviser"),
    "submitted": Ask("Assure the quality of the record", "programme_manager"),
    "returned": Ask("Amend the record of the visit", "adviser"),
    "passed": Ask("Issue the record", "adviser"),
    "issued": Ask("Say whether the record is accurate", "headteacher"),
    "inaccurate": Ask("Correct the record, or say why not", "adviser"),
}
_TO_PLAN_AGAIN = {
    "postponed": Ask("Plan another date", "adviser"),
    "not_held": Ask("Plan another date", "adviser"),
}


def _ask(
    state: str, planned: tuple[Sitting, ...], agenda: Agenda | None, papers: Sequence[PaperLine], today: date
) -> Ask | None:
    if known := _AFTER_HELD.get(state) or _TO_PLAN_AGAIN.get(state):
        return known
    if state == "on_hold":
        return Ask("Plan a date after the inspection", "adviser")
    if state not in ("planned", "confirmed", "papers_requested", "papers_received"):
        return None
    first = planned[0].day
    if planned[-1].day < today:
        return Ask("Say whether the visit took place, and who took part", "adviser")
    if agenda is None:
        return Ask("Put an agenda forward", "adviser", first)
    if not agenda.agreed:
        other = "headteacher" if agenda.by == "adviser" else "adviser"
        return Ask("Agree the agenda, or answer with another", other, first)
    if state == "planned":
        return Ask("Confirm the visit", "headteacher", first)
    if waiting := [paper for paper in papers if paper.received is None]:
        titles = ", ".join(paper.title for paper in waiting)
        return Ask(f"Send: {titles}", "headteacher", min(paper.due for paper in waiting))
    return None


def _ask_4(row: Any, planned: tuple[Sitting, ...], today: date) -> Ask | None:
    if again := _TO_PLAN_AGAIN.get(row.state):
        return again
    if row.state == "on_hold":
        return Ask("Plan a date after the inspection", "adviser")
    if row.state == "planned" and today <= planned[0].day:
        return Ask("Confirm the visit", "headteacher", planned[0].day)
    return None
