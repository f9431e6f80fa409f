"""Visits in one's own calendar program: read without a sign-in, in London's time, and revocable."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.gateway.turned import Turned, turned
from tests.gateway.visits import Browser
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, YEAR, act, at, plan, prepare, typed

OWN, OF_SCHOOL = "/calendar", f"/schools/{SCHOOL}/calendar"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as gate:
        prepare(gate.platform)
        yield gate


def address(browser: Browser, page: str) -> str:
    """Make an address on the page, and read it there."""
    made = browser.fill_in(page, step="make").text
    found = re.search(r'href="http://localhost(/calendar/[^"]+\.ics)"', made)
    assert found
    return found[1]


def entries(gate: Turned, at_address: str) -> list[Any]:
    """What somebody without a session reads there."""
    stranger: FlaskClient = gate.app.test_client()
    answer = stranger.get(at_address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2011, 10, 29), 8),
        (date(2011, 10, 30), 9),
        (date(2012, 3, 24), 9),
        (date(2012, 3, 25), 8),
    ],
)
def test_edge_clock_change_times_are_londons_on_every_day(gate: Turned, day: date, utc_hour: int) -> None:
    plan(gate.platform, "ip", at(day, "09:00", "14:00"), because="The only day")
    [entry] = entries(gate, address(gate.visit("adviser"), OWN))
    starts, ends = entry.decoded("dtstart"), entry.decoded("dtend")
    assert (starts.date(), starts.hour) == (day, 9)
    assert starts.astimezone(UTC) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert ends - starts == timedelta(hours=5)
    assert starts.tzinfo is not None
    assert entry["dtstart"].params["TZID"] == "Europe/London"


def test_the_calendar_says_school_and_visit_and_nobodys_name(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    at_address = address(gate.visit("adviser"), OWN)
    [entry] = entries(gate, at_address)
    assert entry["summary"] == "Visit 1: data analysis and target setting: Aldborough Primary School"
    assert (entry["status"], entry["uid"]) == ("TENTATIVE", f"{SCHOOL}-{YEAR}-1-1@visits.partnership")
    file = gate.app.test_client().get(at_address).text
    assert "Adviser" not in file
    assert "BEGIN:VTIMEZONE" in file


def test_a_moved_visit_keeps_its_identity_and_a_postponed_one_leaves(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    at_address = address(gate.visit("adviser"), OWN)
    [before] = entries(gate, at_address)
    later = typed(at(date(2011, 10, 10)))
    act(gate.platform, "MoveVisit", "1", by="officer", because="Inset day", sittings=later)
    [after] = entries(gate, at_address)
    assert (after["uid"], after.decoded("dtstart").date()) == (before["uid"], date(2011, 10, 10))
    act(gate.platform, "PostponeVisit", "1", by="officer", because="Flood")
    assert entries(gate, at_address) == []


def test_a_schools_calendar_holds_all_its_visits(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    plan(gate.platform, "ip", at(date(2011, 11, 7)), at(date(2012, 2, 6)))
    for person in ("head", "chair", "adviser"):
        found = entries(gate, address(gate.visit(person), OF_SCHOOL))
        assert len(found) == 3
    assert str(found[-1]["summary"]).endswith("(part 2 of 2)")


def test_vr2_visit_4_is_a_matter_of_the_day_in_an_outsiders_calendar(gate: Turned) -> None:
    plan(gate.platform, "4", at(AUTUMN))
    (entry,) = entries(gate, address(gate.visit("auditor"), OF_SCHOOL))
    assert entry.decoded("dtstart") == AUTUMN
    assert "dtend" not in entry
    (entry,) = entries(gate, address(gate.visit("head"), OF_SCHOOL))
    assert entry.decoded("dtstart").hour == 9


def test_an_address_is_shown_once_and_a_new_one_ends_the_old(gate: Turned) -> None:
    head = gate.visit("head")
    old = address(head, OF_SCHOOL)
    assert old not in head.open(OF_SCHOOL).text
    new = address(head, OF_SCHOOL)
    assert new != old
    assert gate.app.test_client().get(old).status_code == 404
    assert gate.app.test_client().get(new).status_code == 200
    head.fill_in(OF_SCHOOL, step="revoke")
    assert gate.app.test_client().get(new).status_code == 404


def test_an_address_ends_with_the_role(gate: Turned) -> None:
    at_address = address(gate.visit("head"), OF_SCHOOL)
    ended: dict[str, Any] = {"person": "head", "role": "headteacher", "ends": "2011-09-02", "urn": str(SCHOOL)}
    gate.platform.do("scheduling.EndTenure", by="manager", **ended)
    assert gate.app.test_client().get(at_address).status_code == 200
    gate.platform.on(date(2011, 9, 2))
    assert gate.app.test_client().get(at_address).status_code == 404


def test_the_address_stands_in_no_file(gate: Turned, tmp_path: Path) -> None:
    token = address(gate.visit("head"), OF_SCHOOL).split("/")[-1].removesuffix(".ics")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("accounts.db*"))
    assert token.encode() not in stored


@pytest.mark.parametrize("guess", ["/calendar/guess.ics", "/calendar/.ics", "/calendar/%00.ics"])
def test_a_guess_finds_nothing(gate: Turned, guess: str) -> None:
    assert gate.app.test_client().get(guess).status_code in (302, 404)


def test_everything_else_of_the_calendar_is_behind_the_sign_in(gate: Turned) -> None:
    for page in (OWN, OF_SCHOOL):
        assert gate.app.test_client().get(page).status_code == 302
    assert gate.visit("head").open(OWN).status_code == 403
