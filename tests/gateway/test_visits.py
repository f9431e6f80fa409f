"""A school's visits, and one visit with its agenda, papers and participants, as each side finds it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import hidden_fields
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, YEAR, act, at, plan, prepare

PAGE = f"/schools/{SCHOOL}/visits"
VISIT = f"{PAGE}/{YEAR}/1"
WHEN = {
    "sittings-day": "3",
    "sittings-month": "10",
    "sittings-year": "2011",
    "starts": "9am",
    "ends": "12:00",
    "mode": "in_person",
}
ITEM = {"title_1": "Targets for 2013", "minutes_1": "60", "source_1": "programme"}


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as gate:
        prepare(gate.platform)
        yield gate


def test_a_year_from_date_to_held_is_done_on_the_pages(gate: Turned) -> None:
    adviser, head = gate.visit("adviser"), gate.visit("head")
    assert adviser.fill_in(f"{VISIT}/plan", **WHEN).location == VISIT
    page = head.open(PAGE).text
    assert table(page, "Visits")[1][:3] == [
        "Visit 1: data analysis and target setting",
        "Planned",
        "3 October 2011, 9:00am to 12:00pm",
    ]
    assert "Visit 1: Put an agenda forward by 3 October 2011 (adviser)" in words(page)
    assert adviser.fill_in(f"{VISIT}/agenda", **ITEM).status_code == 303
    other = {"title_2": "Reading", "minutes_2": "45", "source_2": "school", "words": "Reading matters most"}
    assert head.fill_in(f"{VISIT}/answer", **ITEM, **other).status_code == 303
    page = adviser.open(f"{VISIT}/agree").text
    assert "Reading matters most" in page
    assert adviser.fill_in(f"{VISIT}/agree").status_code == 303
    assert head.fill_in(f"{VISIT}/confirm").status_code == 303
    papers = {"titles": "Minutes\nSchool plan", "due-day": "26", "due-month": "9", "due-year": "2011"}
    assert adviser.fill_in(f"{VISIT}/papers", **papers).status_code == 303
    came = {"paper": "1", "received-day": "1", "received-month": "9", "received-year": "2011"}
    assert adviser.fill_in(f"{VISIT}/received", **came).status_code == 303
    page = head.open(VISIT).text
    assert table(page, "Agenda, 105 minutes")[1:] == [
        ["Targets for 2013", "60", "The programme"],
        ["Reading", "45", "The school"],
    ]
    assert table(page, "Papers asked for before the visit")[1:] == [
        ["Minutes", "26 September 2011", "1 September 2011"],
        ["School plan", "26 September 2011", "Not yet"],
    ]
    gate.platform.on(date(2011, 10, 4))
    stood_in = {"role_2": "other", "part_2": "part", "stands_in_for_2": "chair_of_governors"}
    there = {"role_1": "headteacher", "part_1": "whole", **stood_in}
    assert adviser.fill_in(f"{VISIT}/held", **WHEN, **there).status_code == 303
    page = words(head.open(VISIT).text)
    assert "Headteacher; Somebody else, standing in for the chair of governors (part of it)" in page
    assert "Governors took part" in page


def test_a_visit_is_moved_with_its_reason_and_kept_in_two_halves(gate: Turned) -> None:
    plan(gate.platform, "ip", at(AUTUMN))
    officer, address = gate.visit("officer"), f"{PAGE}/{YEAR}/ip"
    second = {"second-day": "6", "second-month": "2", "second-year": "2012", "second_starts": "13.30"}
    typed = {**WHEN, **second, "second_ends": "4pm"}
    page = officer.fill_in(f"{address}/move", **typed)
    assert page.status_code == 422
    assert "Give the reason" in page.text
    assert officer.fill_in(f"{address}/move", **typed, reason="The school asked for two halves").status_code == 303
    page = officer.open(address)
    said = "3 October 2011, 9:00am to 12:00pm and 6 February 2012, 1:30pm to 4:00pm"
    assert said in words(page.text)
    assert "Moved 1 time" in page.text
    assert "The school asked for two halves" in page.text
    assert 'value="13:30"' in officer.open(f"{address}/move").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sittings-month": "13"}, "Enter a real date"),
        ({"starts": "nine"}, "Enter a time, such as 15:30"),
        ({"ends": "8am"}, "must end after it begins"),
        ({"sittings-year": "2013"}, "from 1 September 2011 to 31 August 2012"),
        ({"second-day": "4"}, "Enter a real date"),
        ({"mode": ""}, ""),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_recorded(gate: Turned, typed: dict[str, str], says: str) -> None:
    before = gate.platform.runtime.log.head()
    page = gate.visit("officer").fill_in(f"{VISIT}/plan", **WHEN | typed)
    assert page.status_code == (422 if says else 303)
    assert says in page.text
    assert (gate.platform.runtime.log.head() == before) is bool(says)


def test_vr5_the_ip_days_form_begins_with_its_three_parts(gate: Turned) -> None:
    plan(gate.platform, "ip", at(AUTUMN, "09:00", "15:00"))
    head, address = gate.visit("head"), f"{PAGE}/{YEAR}/ip/agenda"
    page = head.open(address).text
    begun = re.findall(r'id="minutes_\d"[^>]* value="(\d+)"', page)
    assert begun == ["120", "90", "90"]
    assert "Testing evidence regarding the quality of teaching and learning" in page
    items = {f"title_{row}": f"Item {row}" for row in (1, 2, 3)}
    parts = {
        f"{name}_{row}": value
        for row, slot in enumerate(("la", "school", "negotiated"), 1)
        for name, value in (("slot", slot), ("source", "school"), ("minutes", "100"))
    }
    assert head.fill_in(address, **items, **parts).status_code == 303
    refused = head.fill_in(address, **items, **parts | {"minutes_1": "120"})
    assert refused.status_code == 422
    assert "stays at 5 hours: these items take 5 h 20 min" in refused.text


def test_a_form_posted_twice_plans_once(gate: Turned) -> None:
    officer = gate.visit("officer")
    fields = {**hidden_fields(officer.open(f"{VISIT}/plan")), **WHEN}
    before = gate.platform.runtime.log.head()
    assert officer.send(f"{VISIT}/plan", **fields).status_code == 303
    planned = gate.platform.runtime.log.head()
    assert officer.send(f"{VISIT}/plan", **fields).status_code in (303, 404)
    assert gate.platform.runtime.log.head() == planned > before


def test_each_is_offered_what_is_theirs_to_do(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    act(gate.platform, "ProposeAgenda", "1", by="head", items=[{"title": "Reading", "source": "school", "minutes": 60}])
    offers = {
        "head": ["Put an agenda forward", "Postpone without a new date"],
        "adviser": ["Agree the agenda", "Answer with another agenda", "Ask for papers", "Move to another date"],
        "officer": ["Move to another date", "Hand to another adviser", "Cancel the visit"],
    }
    for person, acts in offers.items():
        page = gate.visit(person).open(VISIT).text
        for words_of in acts:
            assert f">{words_of}<" in page, (person, words_of)
    for person in ("chair", "adviser-2", "auditor"):
        assert "What you can do" not in gate.visit(person).open(VISIT).text
    assert gate.visit("head").open(f"{VISIT}/agree").status_code == 404
    assert gate.visit("head").open(f"{VISIT}/move").status_code == 404


def test_of_visit_4_a_page_shows_the_date_and_no_agenda(gate: Turned) -> None:
    plan(gate.platform, "4", at(AUTUMN))
    page = gate.visit("head").open(f"{PAGE}/{YEAR}/4").text
    assert "3 October 2011" in page
    assert "no agenda and no record" in page
    assert "/4/agenda" not in page
    assert gate.visit("adviser").open(f"{PAGE}/{YEAR}/4/held").status_code == 404


def test_vr2_who_takes_no_part_in_visit_4_sees_its_date_without_hours_or_adviser(gate: Turned) -> None:
    plan(gate.platform, "4", at(AUTUMN))
    for person in ("finance", "duty", "auditor", "adviser-2"):
        for address in (PAGE, f"{PAGE}/{YEAR}/4"):
            page = words(gate.visit(person).open(address).text)
            assert "3 October 2011" in page
            assert "9:00am" not in page
        assert "What you can do" not in page
    assert "9:00am to 12:00pm" in words(gate.visit("head").open(PAGE).text)


def test_who_does_not_work_with_the_school_sees_the_dates_of_its_visits(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    act(gate.platform, "ProposeAgenda", "1", by="adviser", items=[{"title": "Our data", "source": "la", "minutes": 60}])
    assert "Our data" in gate.visit("auditor").open(VISIT).text
    for person in ("finance", "duty"):
        page = gate.visit(person).open(VISIT).text
        assert "3 October 2011" in page
        assert "Our data" not in page
        assert "are for the school and for those who work with it" in page


def test_a_visit_is_handed_over_to_somebody_who_is_free(gate: Turned) -> None:
    plan(gate.platform, "1", at(AUTUMN))
    officer = gate.visit("officer")
    page = officer.open(f"{VISIT}/reassign").text
    assert '<option value="adviser-2">Adviser-2</option>' in page
    assert officer.fill_in(f"{VISIT}/reassign", adviser="adviser-2", reason="Ill").status_code == 303
    assert "Adviser-2" in officer.open(VISIT).text


@pytest.mark.parametrize("address", [f"{PAGE}/{YEAR}/5", f"{PAGE}/1999/1", f"{VISIT}/dance", "/schools/999999/visits"])
def test_what_there_is_not_is_not_found(gate: Turned, address: str) -> None:
    assert gate.visit("manager").open(address).status_code == 404


def test_people_of_another_school_see_nothing(gate: Turned) -> None:
    gate.platform.do(
        "scheduling.EndTenure", by="manager", person="head", role="headteacher", ends="2011-09-02", urn=SCHOOL
    )
    head = gate.visit("head")
    gate.platform.on(date(2011, 9, 2))
    assert head.open(PAGE).status_code == 403
