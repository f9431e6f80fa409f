"""An adviser's day: what is to do, then the schools of the next fortnight in order, each with what one should know."""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from gateway.accounts import DEMONSTRATION_PASSWORD
from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import Browser
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, YEAR, act, add_school, at, plan, prepare
from tests.visits.recording import hold
from tests.visits.steps import agree_action

VISIT = f"/schools/{SCHOOL}/visits/{YEAR}/1"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as gate:
        prepare(gate.platform)
        yield gate


def day(gate: Turned) -> str:
    return gate.visit("adviser").open("/day").text


def headings(page: str) -> list[str]:
    return [words(each) for each in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", page, re.DOTALL)]


def to_do(page: str) -> list[str]:
    found = re.search(r'aria-labelledby="to-do">(.*?)</section>', page, re.DOTALL)
    return [words(each) for each in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)] if found else []


def test_an_adviser_begins_with_the_day_and_nobody_else_does(gate: Turned) -> None:
    for person, first in (("adviser", "/day"), ("manager", "/"), ("head", "/")):
        browser = Browser(gate.app.test_client())
        assert browser.sign_in(person, DEMONSTRATION_PASSWORD, to="/").location == first
    assert gate.visit("manager").open("/day").location == "/"


def test_without_visits_the_page_says_so_and_how_one_is_planned(gate: Turned) -> None:
    page = words(day(gate))
    assert "No visit of yours is planned for today. None is planned until 15 September 2011." in page
    assert "Nothing waits for you to be written." in page
    assert "To do before these visits" not in page


def test_visits_stand_by_day_and_time_and_one_in_two_parts_stands_once(gate: Turned) -> None:
    platform = gate.platform
    add_school(platform)
    plan(platform, "1", at(AUTUMN, "13:00", "16:00"), urn=120778)
    plan(platform, "1", at(AUTUMN, "09:00", "12:00"))
    plan(platform, "ip", at(date(2011, 10, 4), "09:00", "11:30"), at(date(2011, 10, 4), "13:00", "15:30"))
    plan(platform, "4", at(date(2011, 10, 18)))
    platform.on(AUTUMN, time(7))
    assert [each for each in headings(day(gate)) if "day" in each or "at " in each] == [
        "Today, Monday 3 October 2011",
        "9:00am to 12:00pm: Visit 1 at Aldborough Primary School",
        "1:00pm to 4:00pm: Visit 1 at Primary School 120778",
        "Tuesday 4 October 2011",
        "9:00am to 11:30am and 1:00pm to 3:30pm: IP day at Aldborough Primary School",
    ]


def test_what_is_late_is_to_be_chased_first_and_leads_to_the_visit(gate: Turned) -> None:
    platform = gate.platform
    plan(platform, "1", at(AUTUMN))
    act(platform, "RequestPapers", "1", by="adviser", titles=["School development plan"], due="2011-09-20")
    platform.on(date(2011, 9, 21))
    page = day(gate)
    first, *_ = to_do(page)
    assert first == "Chase “School development plan”, due 20 September 2011: Visit 1 at Aldborough Primary School"
    assert f'href="{VISIT}">Chase' in page
    assert "School development plan late, due 20 September 2011" in words(page)


def test_a_school_shows_open_actions_and_where_its_record_is_written(gate: Turned) -> None:
    platform = gate.platform
    plan(platform, "1", at(AUTUMN))
    for action, due in (("A1", "2011-09-10"), ("A2", "2011-12-01")):
        agree_action(platform, action, due)
    platform.on(date(2011, 9, 21))
    page = words(day(gate))
    assert "Action: Action A1 (headteacher, overdue since 10 September 2011)" in page
    assert "Action: Action A2 (headteacher, by 1 December 2011)" in page
    assert "Start the record: Visit 1 at Aldborough Primary School" in page
    assert f'href="/schools/{SCHOOL}/records/{YEAR}/1/edit"' in day(gate)


def test_of_visit_4_there_is_no_record_to_start(gate: Turned) -> None:
    plan(gate.platform, "4", at(AUTUMN))
    gate.platform.on(AUTUMN)
    page = day(gate)
    assert "Visit 4 at Aldborough Primary School" in words(page)
    assert "/records/" not in page


def test_an_interest_in_the_school_stands_out(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    interest: dict[str, Any] = {"interest_at": SCHOOL, "begins": "2011-09-02", "nature": "A relative works there"}
    gate.platform.do("scheduling.DeclareInterest", by="adviser", person="adviser", **interest)
    gate.platform.on(AUTUMN)
    assert "You declared an interest in this school." in words(day(gate))


def test_a_record_of_a_visit_that_was_held_waits_to_be_written_by_its_adviser_alone(gate: Turned) -> None:
    hold(gate.platform, "1")
    assert table(day(gate), "1 document on your desk")[1][:2] == ["Record of visit 1", "Aldborough Primary School"]
    assert "Nothing waits for you to be written." in gate.visit("adviser-2").open("/day").text
