"""A school's history under two dials: one fact of it with its evidence, two settings compared, and the proof of it
all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import json, to_builtins
from msgspec.structs import replace

from gateway.clients import Invalid
from gateway.dials import SERVICES, Dials, TwoSettings, setting_words
from gateway.names import named
from gateway.pictures import compare
from gateway.school import the_school
from gateway.visitor import ask, may
from gateway.words import LONDON

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
        picture=compare(*_named(urn, shown.value, today.value)),
        empty=not facts.value.total and _first(urn),
        may_pack=may("analytics.EvidencePack", urn=urn),
    )


@history.get("/schools/<int:urn>/history/<int:position>", endpoint="fact")
def fact(urn: int, position: int) -> str:
    known, dials = the_school(urn), Dials.of_request()
    try:
        opened = ask("analytics.TimelineEntry", urn=urn, position=position)
    except Invalid:
        abort(404, f"Fact {position} is not in the history of this school.")
    entry = opened.value.entry
    by = named([entry.actor], urn, entry.recorded_at.astimezone(LONDON).date())(entry.actor)
    return render_template(
        "fact.html",
        by=by,
        school=known.value,
        as_at=min(known.as_at, opened.as_at),
        opened=opened.value,
        fields=list(flat(opened.value.data)),
        about=SERVICES.get(entry.service, entry.service),
        back=dials.address(),
    )


@history.get("/schools/<int:urn>/history/compare")
def difference(urn: int) -> ResponseReturnValue:
    known, settings = the_school(urn), TwoSettings.of_request()
    page = {"school": known.value, "form": settings.form, "services": SERVICES}
    if settings.form.errors:
        return render_template("history_compare.html", **page, as_at=known.as_at), settings.form.status
    answer = ask("analytics.HistoryDifference", urn=urn, **settings.asked())
    found = answer.value
    pictures = _named(urn, found.one.picture, found.other.picture)
    return render_template(
        "history_compare.html",
        **page,
        as_at=min(known.as_at, answer.as_at),
        sides=[(setting_words(*settings.one), found.one), (setting_words(*settings.other), found.other)],
        changed=[row for row in compare(*pictures) if row.differs],
    )


@history.get("/schools/<int:urn>/history/check")
def check(urn: int) -> str:
    known = the_school(urn)
    answer = ask("analytics.HistoryCheck", urn=urn)
    return render_template("history_check.html", school=known.value, as_at=answer.as_at, found=answer.value)


@history.get("/schools/<int:urn>/history/pack")
def pack(urn: int) -> ResponseReturnValue:
    the_school(urn)
    dials = Dials.of_request()
    if dials.form.errors:
        abort(400, "Set the dials to days before the pack is made.")
    answer = ask("analytics.EvidencePack", urn=urn, **dials.asked())
    made = {"made_at": answer.as_at, "log_position": answer.position} | to_builtins(answer.value)
    response = make_response(json.format(json.encode(made), indent=1))
    response.mimetype = "application/json"
    response.headers.set("Content-Disposition", "attachment", filename=f"school-{urn}-history.json")
    return response


def flat(data: dict[str, Any], above: str = "") -> list[tuple[str, str]]:
    """Every value that a fact holds, with the way to it in words. What was cleared is blank."""
    found: list[tuple[str, str]] = []
    for name, value in data.items():
        words = f"{above}{name.replace('_', ' ')}" if not above else f"{above}{name}"
        if isinstance(value, dict):
            found += flat(value, f"{words}: ")
        elif isinstance(value, list | tuple):
            found += _flat_list(value, words)
        else:
            found.append((words, "blank" if value is None else str(value)))
    return found


def _flat_list(values: Sequence[Any], words: str) -> list[tuple[str, str]]:
    """Plain values in one line; of the rest, each under its number."""
    if any(isinstance(value, dict) for value in values):
        numbered = enumerate(values, 1)
        return [each for number, value in numbered for each in flat(value, f"{words} {number}: ")]
    return [(words, ", ".join(map(str, values)) or "none")]


def _named(urn: int, *pictures: Any) -> list[Any]:
    """Pictures with the name of the Link Adviser, of whom they have the identifier only."""
    name = named((each.adviser for each in pictures if each.adviser), urn)
    return [replace(each, adviser=name(each.adviser)) if each.adviser else each for each in pictures]


def _first(urn: int) -> tuple[datetime, Any] | None:
    """When the first fact of a school was recorded, and the first day from which one is true."""
    entries = ask("analytics.SchoolTimeline", urn=urn, limit=ALL).value.entries
    if not entries:
        return None
    return min(entry.recorded_at for entry in entries), min(entry.effective_on for entry in entries)
