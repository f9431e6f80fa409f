"""A school's history under two dials, and one fact of it with its evidence."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from gateway.clients import Invalid
from gateway.dials import SERVICES, Dials
from gateway.pictures import compare
from gateway.school import the_school
from gateway.visitor import ask

history = Blueprint("history", __name__)

PAGE = 50
"""Facts on one page."""
ALL = 500
"""As many facts as one question gives."""


@history.get("/schools/<int:urn>/history", endpoint="timeline")
def timeline(urn: int) -> ResponseReturnValue:
    known, dials = the_school(urn), Dials.of_request()
    page = {"school": known.value, "dials": dials, "services": SERVICES}
    if dials.form.errors:  # no history: it would look like the one that was asked for
        return render_template("history.html", **page, as_at=known.as_at), dials.form.status
    after = request.args.get("after", 0, type=int)
    order = {"newest_first": not dials.oldest_first, "after": after, "limit": PAGE}
    facts = ask("analytics.SchoolTimeline", urn=urn, **dials.asked(), services=list(dials.services), **order)
    shown = ask("analytics.SchoolAsOf", urn=urn, **dials.asked())
    today = ask("analytics.SchoolAsOf", urn=urn) if dials.turned else shown
    return render_template(
        "history.html",
        **page,
        as_at=min(answer.as_at for answer in (known, facts, shown, today)),
        facts=facts.value,
        after=after,
        picture=compare(shown.value, today.value),
        empty=not facts.value.total and _first(urn),
    )


@history.get("/schools/<int:urn>/history/<int:position>", endpoint="fact")
def fact(urn: int, position: int) -> str:
    known, dials = the_school(urn), Dials.of_request()
    try:
        opened = ask("analytics.TimelineEntry", urn=urn, position=position)
    except Invalid:
        abort(404, f"Fact {position} is not in the history of this school.")
    return render_template(
        "fact.html",
        school=known.value,
        as_at=min(known.as_at, opened.as_at),
        opened=opened.value,
        fields=list(flat(opened.value.data)),
        about=SERVICES.get(opened.value.entry.service, opened.value.entry.service),
        back=dials.address(),
    )


def flat(data: dict[str, Any], above: str = "") -> list[tuple[str, str]]:
    """Every value that a fact holds, with the way to it in words. What was cleared is blank."""
    found: list[tuple[str, str]] = []
    for name, value in data.items():
        words = f"{above}{name.replace('_', ' ')}" if not above else f"{above}{name}"
        if isinstance(value, dict):
            found += flat(value, f"{words}: ")
        else:
            found.append((words, "blank" if value is None else str(value)))
    return found


def _first(urn: int) -> tuple[datetime, Any] | None:
    """When the first fact of a school was recorded, and the first day from which one is true."""
    entries = ask("analytics.SchoolTimeline", urn=urn, limit=ALL).value.entries
    if not entries:
        return None
    return min(entry.recorded_at for entry in entries), min(entry.effective_on for entry in entries)
