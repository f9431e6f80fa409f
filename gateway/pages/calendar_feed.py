"""Visits in one's own calendar: an address without sign-in, that can be revoked and ends with the role."""

from collections.abc import Iterator
from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.accounts import Accounts
from gateway.clients import Answer, Forbidden
from gateway.feeds import EVERYTHING_OF_ONES_OWN, Feed, Feeds
from gateway.ics import Entry, calendar
from gateway.school import the_school
from gateway.visit_words import VISITS
from gateway.visitor import ask, clients, visitor

calendar_feed = Blueprint("calendar", __name__)

EVER = {"begins": "2000-09-01", "ends": "2101-08-31"}
"""Every academic year that there may be."""
SHOWN = frozenset({"planned", "confirmed", "papers_requested", "papers_received", "held"})


@calendar_feed.route("/schools/<int:urn>/calendar", methods=["GET", "POST"])
def of_school(urn: int) -> ResponseReturnValue:
    school = the_school(urn)
    address = _change(urn)
    return render_template(
        "calendar_school.html",
        school=school.value,
        as_at=school.as_at,
        address=address,
        exists=_feeds().exists(visitor().person, urn),
    )


@calendar_feed.route("/calendar", methods=["GET", "POST"])
def mine() -> ResponseReturnValue:
    answer = ask("scheduling.AdviserVisits", adviser=visitor().person, **EVER)
    address = _change(EVERYTHING_OF_ONES_OWN)
    exists = _feeds().exists(visitor().person, EVERYTHING_OF_ONES_OWN)
    return render_template(
        "calendar.html", as_at=answer.as_at, address=address, exists=exists, visits=len(answer.value)
    )


@calendar_feed.get("/calendar/<token>.ics")
def feed(token: str) -> Response:
    """For programs that keep calendars; they do not sign in."""
    found = _feeds().find(token)
    if found is None:
        abort(404, "There is no calendar at this address. It may have been revoked.")
    try:
        name, entries, answer = _school(found) if found.urn else _own(found)
    except Forbidden:
        abort(404, "This calendar ended with the role that it was for.")
    file = calendar(name, VISITS, entries, answer.as_at)
    return Response(file, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


def _change(urn: int) -> str | None:
    """Do what was posted; the new address, which is shown this once."""
    if request.method != "POST":
        return None
    if request.form.get("step") == "revoke":
        _feeds().revoke(visitor().person, urn)
        return None
    return url_for("calendar.feed", token=_feeds().make(visitor().person, urn), _external=True)


def _own(found: Feed) -> tuple[str, list[Entry], Answer]:
    answer = clients().ask("scheduling.AdviserVisits", {"adviser": found.person, **EVER}, person=found.person)
    fields = Entry.__slots__
    return "Visits", [Entry(**{name: getattr(each, name) for name in fields}) for each in answer.value], answer


def _school(found: Feed) -> tuple[str, list[Entry], Answer]:
    def of(query: str, **fields: int) -> Answer:
        return clients().ask(query, {"urn": found.urn, **fields}, person=found.person)

    school, now = of("scheduling.SchoolByUrn"), of("scheduling.SchoolVisits")
    name = school.value.row.name
    years = [of("scheduling.SchoolVisits", year=year).value for year in now.value.years]
    return name, [entry for year in years for entry in _entries(year, name)], now


def _entries(year: Any, school: str) -> Iterator[Entry]:
    for line in year.visits:
        if line.state in SHOWN or line.held:
            times = [(each.day, each.starts, each.ends) for each in line.held or line.planned]
            sittings = times or [(on, None, None) for on in line.days]
            for part, when in enumerate(sittings, 1):
                yield Entry(year.urn, school, year.year, line.visit, part, len(sittings), *when, line.state)


def _feeds() -> Feeds:
    return cast(Accounts, current_app.extensions["accounts"]).feeds
