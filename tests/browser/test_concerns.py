"""Actions, the concerns board, a concern's steps and visit 4 in a real browser."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from services.visits.events import ActionAgreed, ConcernObserved, RatingDisputed, RiskRated, SchoolTold, TeamAlerted
from tests.browser.checks import assert_accessible, assert_fits, tab_stops
from tests.browser.conftest import sign_in, window
from tests.gateway.advised import ADVISER, advise
from tests.gateway.county import County, opened_county
from tests.gateway.facts import happened
from tests.serving import served

SCHOOL, OTHER = 120908, 120910
ASPECT = "Leadership and management"
CONCERN = f"/schools/{SCHOOL}/concerns/C1"
MANAGERS = [
    "/concerns",
    "/actions",
    f"/schools/{SCHOOL}/actions",
    f"/schools/{SCHOOL}/concerns",
    CONCERN,
    f"{CONCERN}/decide",
    f"/schools/{SCHOOL}/rating",
    f"/schools/{SCHOOL}/visit-4/2022",
]
ADVISERS = [
    f"/schools/{SCHOOL}/actions/new/agree",
    f"/schools/{SCHOOL}/concerns/new",
    f"{CONCERN}/tell",
    f"/schools/{SCHOOL}/visit-4/2022/log",
]


@pytest.fixture(scope="module")
def at_risk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a county is served with two concerns, two ratings and an overdue action in it."""
    with opened_county(tmp_path_factory.mktemp("at-risk")) as county:
        trouble(county)
        with served(county.app) as address:
            yield address


def trouble(county: County) -> None:
    advise(county, SCHOOL)
    for urn, name, told in ((SCHOOL, "C1", False), (OTHER, "C2", True)):
        observed = ConcernObserved(urn, name, ASPECT, date(2022, 10, 3), f"concern-{urn}-{name}", "No milestones")
        facts = [observed, TeamAlerted(urn, name, ASPECT, datetime(2022, 10, 3, 15, tzinfo=UTC))]
        if told:
            at = datetime(2022, 10, 3, 12, tzinfo=UTC)
            facts.insert(1, SchoolTold(urn, name, ASPECT, ("headteacher", "chair_of_governors"), at, "in_person"))
        happened(county, f"visits.concern-{urn}-{name}", *facts)
    for urn, rating, review in ((SCHOOL, "red-amber", date(2023, 1, 9)), (OTHER, "red", date(2099, 1, 9))):
        rated = RiskRated(urn, rating, "deteriorating", "Results fell twice", 1, review, "Results at the median")
        happened(county, f"visits.risk-{urn}", rated, RatingDisputed(urn, rating, "Eight pupils sat the tests"))
    agreed = ActionAgreed(
        SCHOOL, 2022, "1", "A1", "Teach fractions in every year", "headteacher", date(2023, 7, 1), "80% reach it"
    )
    happened(county, f"visits.actions-{SCHOOL}", agreed)
    training = {"person": ADVISER, "training": "performance_management", "completed": "2022-09-01"}
    county.record("scheduling.TrainAdviser", **training)


@pytest.mark.parametrize(("username", "paths"), [("manager", MANAGERS), ("adviser07", ADVISERS)])
def test_axe_finds_nothing_wide_narrow_or_in_forced_colours(
    browser: Browser, at_risk: str, username: str, paths: list[str]
) -> None:
    with window(browser, at_risk) as page:
        sign_in(page, username)
        for path in paths:
            page.set_viewport_size({"width": 1200, "height": 900})
            page.goto(path)
            assert_accessible(page)
            assert_fits(page)
            assert_accessible(page)
            page.emulate_media(forced_colors="active")
            assert_accessible(page)
            page.emulate_media(forced_colors="none")


def test_the_school_past_its_review_stands_first_on_the_board(browser: Browser, at_risk: str) -> None:
    """Screen 8's own test."""
    with window(browser, at_risk) as page:
        sign_in(page, "manager")
        page.goto("/concerns")
        first = page.get_by_role("table", name="Schools by rating and direction").get_by_role("row").nth(1)
        expect(first).to_contain_text("Suffield Park")
        expect(first).to_contain_text("Overdue")
        expect(page.get_by_text("Alerted 3 hours after the school was told")).to_be_visible()


def test_the_keyboard_reaches_every_school_and_concern_of_the_board(browser: Browser, at_risk: str) -> None:
    with window(browser, at_risk) as page:
        sign_in(page, "manager")
        page.goto("/concerns")
        stops = tab_stops(page)
        for link in ("a Stoke Holy Cross Primary School", f"a Stoke Holy Cross Primary School: {ASPECT}"):
            assert link in stops


@pytest.mark.parametrize("script", [True, False])
def test_the_school_is_told_by_keyboard_alone(browser: Browser, at_risk: str, script: bool) -> None:
    with window(browser, at_risk, script=script) as page:
        sign_in(page, "adviser07")
        page.goto(CONCERN)
        page.get_by_role("button", name="Tell the school").press("Enter")
        page.get_by_label("The headteacher and the chair").focus()
        page.keyboard.press("Space")
        for typed in ("4 October 2022", "9:30"):
            page.keyboard.press("Tab")
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.get_by_role("button", name="Save that the school was told").press("Enter")
        expect(
            page.get_by_text("Headteacher and chair of governors, in person, 4 October 2022 at 9:30am")
        ).to_be_visible()
        expect(page.get_by_text("before the school was told")).to_be_visible()
