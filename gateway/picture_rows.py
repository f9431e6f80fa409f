"""What the programme did at a school, as its picture has it, in rows of words."""

from collections.abc import Iterator
from typing import Any

from gateway.words import academic_year, counted, day, role

VISITS = {"1": "Visit 1", "2": "Visit 2", "3": "Visit 3", "4": "Visit 4", "ip": "IP day"}
RECORDS = {
    "1": "Record of visit 1",
    "2": "Record of visit 2",
    "3": "Record of visit 3",
    "ip": "Record of the IP day",
    "annual-report": "Annual report to governors",
}
STATES = {
    "planned": "Planned",
    "confirmed": "Confirmed",
    "postponed": "Put off, no new date yet",
    "on_hold": "On hold for an inspection",
    "cancelled": "Cancelled",
    "not_held": "Did not take place",
    "held": "Held",
    "withdrawn": "Logged by mistake, not held so far",
}


def programme_rows(picture: Any) -> Iterator[tuple[str, str]]:
    """One row for each thing that the picture has."""
    if picture.adviser:
        yield "Link Adviser", picture.adviser
    yield from _visits(picture)
    yield from _targets(picture)
    yield from _grades(picture)
    if picture.actions:
        listed = "; ".join(f"{each.text} ({role(each.owner)}, by {day(each.due)})" for each in picture.actions.values())
        yield "Open actions", f"{len(picture.actions)}: {listed}"
    if picture.concerns:
        yield "Open concerns", "; ".join(f"{each.aspect} ({each.state})" for each in picture.concerns.values())
    if picture.risk:
        yield "Rating of risk (no forecast of an inspection)", f"{picture.risk.rating}, {picture.risk.direction}"
    if picture.calls:
        yield "Help-line", counted(picture.calls, "call")


def _visits(picture: Any) -> Iterator[tuple[str, str]]:
    for key, visit in sorted(picture.visits.items()):
        when = f" on {day(visit.day)}" if visit.day else ""
        if visit.state in ("planned", "confirmed"):
            when = when.replace(" on ", " for ", 1)
        yield _in_year(key, VISITS), f"{STATES[visit.state]}{when}"
    for key, record in sorted(picture.records.items()):
        answer = f", called {record.answer}" if record.answer else ", not answered yet"
        yield _in_year(key, RECORDS), f"Version {record.version} issued on {day(record.issued)}{answer}"


def _targets(picture: Any) -> Iterator[tuple[str, str]]:
    for cohort, targets in sorted(picture.targets.items()):
        law = f", statutory under {targets.statute}" if targets.statute else ""
        yield f"Targets for {cohort}", f"Version {targets.version} {targets.state}{law}"
    for year, sef in sorted(picture.sefs.items()):
        yield f"SEF of {academic_year(year)}", _sef(sef)


def _sef(sef: Any) -> str:
    if sef.received:
        late = f"{counted(sef.days_late, 'day')} late" if sef.days_late else "on time"
        return f"Received on {day(sef.received)}, {late}"
    due = f"Due by {day(sef.due)}"
    return f"{due}, overdue" if sef.overdue else due


def _grades(picture: Any) -> Iterator[tuple[str, str]]:
    for framework, headings in sorted(picture.grades.items()):
        for heading, grades in headings.items():
            agreed = "not agreed" if grades.disputed else grades.agreed or "none yet"
            three = f"School: {grades.school or 'none'}; agreed: {agreed}; authority: {grades.authority or 'none'}"
            yield f"{heading} (framework {framework})", three


def _in_year(key: str, names: dict[str, str]) -> str:
    year, _, name = key.partition("-")
    return f"{names[name]}, {academic_year(int(year))}"
