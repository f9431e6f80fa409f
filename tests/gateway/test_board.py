"""The governors' page, and what is asked of a school on its first page."""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.platform import SCHOOL
from tests.scheduling.year import AUTUMN, YEAR, act, at, plan, prepare, typed
from tests.visits.recording import hold, issue
from tests.visits.steps import agree_action

HOME = f"/schools/{SCHOOL}"
BOARD = f"{HOME}/board"
VISITS = "Visits of the year and the governors who took part"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as gate:
        prepare(gate.platform)
        yield gate


def asked(page: str) -> list[str]:
    """What the school's first page asks for, in its order."""
    found = re.search(r'aria-labelledby="asked">(.*?)</section>', page, re.DOTALL)
    assert found
    return [words(each) for each in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)]


def test_a_year_without_anything_says_what_will_come(gate: Turned) -> None:
    page = words(gate.visit("chair").open(BOARD).text)
    assert "Nothing is asked of the chair at present." in page
    assert "Nothing has been issued for this year yet." in page
    assert "None. Targets come here once the school has proposed them for good." in page
    assert "The adviser has sent no questions this year." in page


def test_the_page_is_found_from_the_schools_first_page(gate: Turned) -> None:
    assert f'href="{BOARD}"' in gate.visit("chair").open(HOME).text


def test_governors_part_is_shown_and_a_day_is_named_once(gate: Turned) -> None:
    platform, halves = gate.platform, (at(AUTUMN, "09:00", "11:30"), at(AUTUMN, "13:00", "15:30"))
    plan(platform, "ip", *halves)
    platform.on(AUTUMN, time(16))
    people = [{"role": "headteacher"}, {"role": "clerk", "part": "part", "stands_in_for": "chair_of_governors"}]
    act(platform, "HoldVisit", "ip", by="adviser", sittings=typed(*halves), participants=people)
    chair = gate.visit("chair")
    assert table(chair.open(BOARD).text, VISITS)[-1] == [
        "IP day",
        "3 October 2011",
        "Clerk to the governors, standing in for the chair of governors (part of it)",
    ]
    assert table(chair.open(f"{HOME}/visits").text, "Visits")[-1][2:4] == [
        "3 October 2011, 9:00am to 11:30am and 1:00pm to 3:30pm",
        "3 October 2011",
    ]


def test_of_visit_4_the_page_has_the_date_and_nothing_else(gate: Turned) -> None:
    platform = gate.platform
    plan(platform, "4", at(AUTUMN))
    platform.on(date(2011, 10, 4))
    meetings = [("headteacher", 9, 10), ("governors", 10, 11), ("together", 11, 12)]
    roles = ["adviser", "reviewing_governor", "reviewing_governor"]
    held = [
        {
            "meeting": name,
            "starts": time(starts).isoformat(),
            "ends": time(ends).isoformat(),
            "roles": ["adviser", "headteacher"] if name == "headteacher" else roles,
        }
        for name, starts, ends in meetings
    ]
    held[2]["roles"] = ["headteacher", *roles]
    logged: dict[str, Any] = {"day": AUTUMN.isoformat(), "meetings": held, "present": ["head", "chair"]}
    platform.do("visits.RecordPmVisit", by="adviser", urn=SCHOOL, year=YEAR, **logged)
    page = gate.visit("chair").open(BOARD).text
    (row,) = (row for row in table(page, VISITS) if row[0].startswith("Visit 4"))
    assert row[1:] == ["3 October 2011, took place", "Not shown"]
    assert "9:00am" not in page
    assert "reviewing" not in page


def test_an_issued_record_stands_there_with_the_heads_answer(gate: Turned) -> None:
    hold(gate.platform, "1")
    issue(gate.platform, "1")
    page = gate.visit("chair").open(BOARD).text
    row = ["Record of visit 1", "9 November 2011", "Not answered yet"]
    assert table(page, "Documents issued to head and chair")[1] == row
    wanted = [each for each in asked(gate.visit("head").open(HOME).text) if "accurate" in each]
    assert wanted == ["Say whether this is accurate: Record of visit 1, 2011-12"]
    assert "accurate" not in words(page[page.index("Asked of the chair") : page.index("<h2", page.index("Asked of"))])


def test_what_is_due_first_is_asked_first_and_what_is_overdue_says_so(gate: Turned) -> None:
    platform = gate.platform
    for action, due in (("late", "2011-09-10"), ("later", "2011-12-01"), ("soon", "2011-10-01")):
        agree_action(platform, action, due)
    platform.on(date(2011, 9, 21))
    assert asked(gate.visit("head").open(HOME).text) == [
        "Action: Action late overdue since 10 September 2011",
        "Action: Action soon by 1 October 2011",
        "Action: Action later by 1 December 2011",
    ]


def test_what_is_asked_of_the_other_one_at_the_school_is_told_apart(gate: Turned) -> None:
    agree_action(gate.platform, "A1", "2011-10-01")
    mine, others = gate.visit("head").open(HOME).text, gate.visit("chair").open(HOME).text
    assert "Asked of others at the school" not in mine
    assert "Asked of you" not in others
    assert asked(others) == ["Action: Action A1 Headteacher: by 1 October 2011"]
    assert "Action: Action A1" not in words(gate.visit("chair").open(BOARD).text)


def test_a_school_of_which_nothing_is_asked_reads_so(gate: Turned) -> None:
    page = words(gate.visit("head").open(HOME).text)
    assert "Asked of the school Nothing is asked at present." in page


def test_another_schools_chair_may_not_open_it(gate: Turned) -> None:
    gate.platform.add_person("elsewhere", "chair_of_governors", date(2011, 9, 1), 120778)
    gate.app.extensions["accounts"].add("elsewhere", "norfolk", "elsewhere")
    assert gate.visit("elsewhere").open(BOARD).status_code == 403
