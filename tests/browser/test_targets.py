"""Targets and self-evaluation in a real browser, with a provisional target and a disagreement on them."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.county import opened_county
from tests.gateway.programme_school import ADVISER, ProgrammeSchool, academic_year, programme_school
from tests.gateway.today import in_days
from tests.serving import served

YEAR = academic_year(in_days(30))
COHORT = academic_year(in_days(0)) + 2
GRADE: dict[str, Any] = {"year": YEAR, "occasion": "2", "heading": "Achievement"}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ProgrammeSchool, str]]:
    """A school with provisional targets, an asked-for form and a disagreement, and where it is served."""
    with opened_county(tmp_path_factory.mktemp("targets")) as county:
        school = programme_school(county, 1)
        head = f"demo-head-{school.urn}"
        row = {"measure": "PTRWM_EXP", "group": "all", "count": 24, "cohort_size": 30, "estimate": "78"}
        few = {"measure": "PTRWM_EXP", "group": "fsm", "count": 2, "cohort_size": 5}
        attendance = {"measure": "ABSENCE", "group": "all", "percentage": "5.3", "explanation": "Two new families"}
        limits = {"similar_schools": "5.2", "own_actual": "5.6"}
        school.do("visits.RecordAbsenceLimits", by="demo-officer", cohort=COHORT, **limits)
        school.do("visits.ProposeTargets", by=head, cohort=COHORT, targets=[row, few, attendance], provisional=True)
        visit = {"visit_day": in_days(30).isoformat(), "booked_on": in_days(0).isoformat()}
        county.record("visits.SetSefDue", urn=school.urn, year=YEAR, **visit)
        school.do("visits.GradeOwn", by=head, **GRADE, grade="Exceptional", evidence="Results of three years")
        views = {"school_words": "Progress is quick since autumn", "adviser_words": "Two groups still fall behind"}
        school.do("visits.DisputeGrade", by=ADVISER, **GRADE, adviser_grade="Strong standard", **views)
        with served(county.app) as address:
            yield school, address


@pytest.fixture
def head(browser: Browser, school: tuple[ProgrammeSchool, str]) -> Iterator[Page]:
    with window(browser, school[1]) as page:
        sign_in(page, f"demo-head-{school[0].urn}")
        yield page


def pages(urn: int) -> list[str]:
    targets, sef = f"/schools/{urn}/targets", f"/schools/{urn}/self-evaluation"
    return [
        targets,
        f"{targets}?cohort=2030",
        f"{targets}/{COHORT}/propose",
        f"{sef}?year={YEAR}",
        f"{sef}/{YEAR}/receive",
        f"{sef}/{YEAR}/2/Achievement/own",
    ]


def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(head: Page, school: tuple[ProgrammeSchool, str]) -> None:
    for path in pages(school[0].urn):
        head.set_viewport_size({"width": 1200, "height": 900})
        head.goto(path)
        assert_accessible(head)
        assert_fits(head)
        assert_accessible(head)
    head.emulate_media(forced_colors="active")
    for path in pages(school[0].urn):
        head.goto(path)
        assert_accessible(head)


def test_nobody_can_mistake_a_provisional_target(head: Page, school: tuple[ProgrammeSchool, str]) -> None:
    head.goto(f"/schools/{school[0].urn}/targets")
    table = head.get_by_role("table", name="Provisional, not statutory")
    expect(table.get_by_role("columnheader", name="Target Provisional, not statutory")).to_be_visible()
    expect(head.get_by_text("Nobody has agreed them")).to_be_visible()


def test_the_head_makes_them_final_by_keyboard(head: Page, school: tuple[ProgrammeSchool, str]) -> None:
    head.goto(f"/schools/{school[0].urn}/targets/{COHORT}/propose")
    stops = tab_stops(head, 140)
    assert stops.count("input Pupils to reach it") == 15
    final = head.get_by_label("Final, to be agreed")
    final.focus()
    head.keyboard.press("Space")
    head.get_by_role("button", name="Propose these targets").press("Enter")
    expect(head.get_by_text("Proposed, not agreed").first).to_be_visible()
    expect(head.get_by_role("link", name="Agree these targets")).to_be_visible()


def test_the_county_list_is_accessible(browser: Browser, school: tuple[ProgrammeSchool, str]) -> None:
    with window(browser, school[1]) as page:
        sign_in(page, "officer")
        page.goto(f"/self-evaluations?year={YEAR}")
        expect(page.get_by_role("table", name="All others")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)


def test_a_mistake_leads_to_its_row(head: Page, school: tuple[ProgrammeSchool, str]) -> None:
    head.goto(f"/schools/{school[0].urn}/targets/{COHORT}/propose")
    head.locator("[name='targets.0.count']").fill("31")
    head.get_by_label("Final, to be agreed").check()
    head.get_by_role("button", name="Propose these targets").click()
    head.get_by_role("link", name="31 of 30 pupils is more than there are.").click()
    expect(head.locator("[name='targets.0.count']")).to_be_focused()
