"""A school that converted goes on with the year of the school before it: what it had is not asked for again."""

from datetime import date
from typing import Any

import pytest

from tests.platform import SCHOOL, SCHOOL_ROW, Platform
from tests.scheduling.test_school_visits import subscribe
from tests.scheduling.year import AUTUMN, SUMMER, YEAR, act, at, plan, typed

ACADEMY, ON, HEARD = 137999, "2012-04-01", date(2012, 7, 9)
HELD: dict[str, Any] = {"mode": "in_person", "participants": [{"role": "headteacher"}]}
TOWN: dict[str, Any] = {"urn": ACADEMY, "type_group": "Academies", "school_type": "Academy converter", "opened": ON}


@pytest.fixture
def converted(year: Platform) -> Platform:
    """A school that converted in April, of which the office heard in July; visits 1 and 3 had been held by then."""
    subscribe(year)
    for visit, day in (("1", AUTUMN), ("3", SUMMER)):
        plan(year, visit, at(day))
        year.on(day)
        act(year, "HoldVisit", visit, by="adviser", sittings=typed(at(day)), **HELD)
    year.on(HEARD)
    year.do("scheduling.RecordSchool", **SCHOOL_ROW | TOWN)
    link = {"predecessor": SCHOOL, "successor": ACADEMY, "link_type": "Successor", "established": ON}
    year.do("scheduling.LinkSchools", **link)
    return year


def test_edge_late_news_of_conversion_visits_that_were_held_are_not_asked_for_again(converted: Platform) -> None:
    its_year = converted.ask("scheduling.SchoolVisits", by="officer", urn=ACADEMY, year=YEAR)
    assert [line.visit for line in its_year.visits] == ["2", "4", "ip"]
    assert (its_year.before, its_year.held_before) == (SCHOOL, ("1", "3"))
    board = converted.ask("scheduling.PlanningBoard", by="officer", year=YEAR)
    [academy] = [school for school in board.schools if school.urn == ACADEMY]
    assert [cell.visit for cell in academy.cells] == ["2", "4", "ip"]


def test_edge_academy_conversion_mid_year_what_was_tailored_stays_tailored(year: Platform) -> None:
    subscribe(year)
    tailored: dict[str, Any] = {"urn": SCHOOL, "year": YEAR, "programme": "tailored", "visits": ["1", "2"]}
    year.do("scheduling.ProposeProgramme", by="adviser", **tailored)
    for party in ("head", "chair"):
        year.do("scheduling.AgreeProgramme", by=party, urn=SCHOOL, year=YEAR, version=1)
    year.on(HEARD)
    year.do("scheduling.RecordSchool", **SCHOOL_ROW | TOWN)
    link = {"predecessor": SCHOOL, "successor": ACADEMY, "link_type": "Successor", "established": ON}
    year.do("scheduling.LinkSchools", **link)
    its_year = year.ask("scheduling.SchoolVisits", by="officer", urn=ACADEMY, year=YEAR)
    assert [line.visit for line in its_year.visits] == ["1", "2", "ip"]


def test_edge_late_news_of_conversion_the_old_number_takes_part_no_longer(converted: Platform) -> None:
    old = converted.ask("scheduling.SchoolProgramme", by="officer", urn=SCHOOL, year=YEAR)
    assert old.ends == date(2012, 4, 1)
    assert not old.takes_part(HEARD)
    assert converted.ask("scheduling.SchoolProgramme", by="officer", urn=ACADEMY, year=YEAR).takes_part(HEARD)
