"""The numbered questions of forms about visits, and how they become what a command takes."""

from datetime import date
from typing import Any

from gateway.forms import Field, Form
from gateway.times import NotATime, parse_time
from gateway.visit_words import ASPECTS, PARTS, PRESENT, SLOTS, SOURCES, STOOD_IN

Group = tuple[str, tuple[Field, ...]]
"""A legend and the questions under it."""
AGENDA_ROWS = 8
PEOPLE_ROWS = 6
_SHORT = "govuk-input--width-5"


def _aside(name: str, label: str, kind: str = "text", **more: Any) -> Field:
    return Field(name, label, kind, beside=True, **more)


def sitting_groups() -> tuple[Group, ...]:
    """A visit in one part, and its second half where it is split. What is wrong with both is said at the first day."""
    first = (
        _aside("sittings", "Day", "date", hint="For example, 3 10 2011"),
        _aside("starts", "Begins at", hint="For example, 9:30am", width=_SHORT),
        _aside("ends", "Ends at", hint="For example, 12:30pm", width=_SHORT),
    )
    second = (
        _aside("second", "Day", "date"),
        _aside("second_starts", "Begins at", width=_SHORT),
        _aside("second_ends", "Ends at", width=_SHORT),
    )
    return ("When", first), ("Second part, if the visit is split", second)


def read_sittings(form: Form) -> dict[str, Any]:
    """`sittings` as the command takes them; what is wrong is said at its field."""
    sittings = [_sitting(form, "sittings", "starts", "ends")]
    if any(form.values[name] for name in ("second", "second_starts", "second_ends")):
        sittings.append(_sitting(form, "second", "second_starts", "second_ends"))
    return {"sittings": sittings}


def typed_sittings(sittings: tuple[Any, ...]) -> dict[str, str]:
    """What the form begins with, where the visit has a date."""
    typed: dict[str, str] = {}
    for each, names in zip(
        sittings, (("sittings", "starts", "ends"), ("second", "second_starts", "second_ends")), strict=False
    ):
        typed |= dict(zip(names, (each.day.isoformat(), f"{each.starts:%H:%M}", f"{each.ends:%H:%M}"), strict=True))
    return typed


def _sitting(form: Form, day: str, starts: str, ends: str) -> dict[str, str]:
    read = {"day": form.values[day]}
    try:
        date.fromisoformat(form.values[day])
    except ValueError:
        form.errors[day] = ["Enter a real date, such as 3 10 2011"]
    for name, field in (("starts", starts), ("ends", ends)):
        try:
            read[name] = parse_time(form.values[field]).isoformat()
        except NotATime as error:
            form.errors[field] = [str(error)]
    return read


def agenda_groups(*, ip: bool) -> tuple[Group, ...]:
    """One group for each item; an IP day's say whose time they take and which aspect they are about."""
    groups = []
    for row in range(1, AGENDA_ROWS + 1):
        fields = [
            _aside(f"title_{row}", "What it is about", width="govuk-input--width-30"),
            _aside(f"minutes_{row}", "Minutes", "number", width=_SHORT),
            _aside(f"source_{row}", "Asked for by", "select", options=SOURCES),
        ]
        if ip:
            fields.append(_aside(f"slot_{row}", "Part of the day", "select", options=SLOTS))
            fields.append(_aside(f"aspect_{row}", "Aspect, if it is one", "select", options=ASPECTS))
        groups.append((f"Item {row}", tuple(fields)))
    return tuple(groups)


def read_agenda(form: Form) -> dict[str, Any]:
    """`items`: every row that has a title."""
    items = []
    for row in range(1, AGENDA_ROWS + 1):
        item: dict[str, Any] = {
            name: form.values.get(f"{name}_{row}", "") for name in ("title", "source", "slot", "aspect")
        }
        if not item["title"]:
            continue
        minutes = form.values[f"minutes_{row}"]
        if not minutes.isdecimal() or not 5 <= int(minutes) <= 300:
            form.errors[f"minutes_{row}"] = [f"Enter the minutes of item {row}, from 5 to 300"]
        if not item["source"]:
            form.errors[f"source_{row}"] = [f"Choose who asks for item {row}"]
        items.append({**item, "minutes": minutes})
    if not items:
        form.errors["title_1"] = ["Enter at least one item"]
    return {"items": items}


def typed_agenda(items: tuple[Any, ...], slots: tuple[tuple[str, int], ...]) -> dict[str, str]:
    """The agenda last put forward, or on an IP day without one its parts with the minutes that the guidance names."""
    if not items:
        rows = [{"slot": slot, "minutes": minutes} for slot, minutes in slots]
    else:
        names = ("title", "source", "minutes", "slot", "aspect")
        rows = [{name: getattr(item, name) for name in names} for item in items[:AGENDA_ROWS]]
    return {f"{name}_{number}": str(value) for number, row in enumerate(rows, 1) for name, value in row.items()}


def people_groups() -> tuple[Group, ...]:
    return tuple(
        (
            f"Person {row}",
            (
                _aside(f"role_{row}", "Role", "select", options=PRESENT),
                _aside(f"part_{row}", "Was there for", "select", options=PARTS),
                _aside(f"stands_in_for_{row}", "Stood in for, if anybody", "select", options=STOOD_IN),
            ),
        )
        for row in range(1, PEOPLE_ROWS + 1)
    )


def read_people(form: Form) -> dict[str, Any]:
    """`participants`: every row that has a role."""
    people = []
    for row in range(1, PEOPLE_ROWS + 1):
        person = {name: form.values[f"{name}_{row}"] for name in ("role", "part", "stands_in_for")}
        if person["role"]:
            people.append({name: value for name, value in person.items() if value})
    if not people:
        form.errors["role_1"] = ["Say who took part: choose at least one role"]
    return {"participants": people}


def read_titles(form: Form) -> dict[str, Any]:
    """`titles`: one paper on each line."""
    titles = [line.strip() for line in form.values["titles"].splitlines() if line.strip()]
    if not titles:
        form.errors["titles"] = ["Enter at least one paper, each on a line of its own"]
    return {"titles": titles}
