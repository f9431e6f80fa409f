"""Writing a record in a real browser: what is typed is never lost, and every page of a record stands up to axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.conftest import sign_in, window
from tests.gateway.county import opened_county
from tests.gateway.records import ADVISER, COLLEAGUE, Desk
from tests.serving import served

EDITOR = "Record of visit 1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened_county(tmp_path_factory.mktemp("records")) as county:
        desk = Desk(county, 120863)
        desk.issue("3")
        desk.write("2")
        desk.do("SubmitRecord", ADVISER, "2")
        for person in (ADVISER, COLLEAGUE, desk.head, desk.chair):
            county.add_sign_in(person)
        yield desk


@pytest.fixture(scope="module")
def place(desk: Desk) -> Iterator[str]:
    with served(desk.county.app) as address:
        yield address


@pytest.fixture
def writing(browser: Browser, place: str, desk: Desk) -> Iterator[Page]:
    """The adviser before the record of visit 1."""
    with window(browser, place) as page:
        sign_in(page, ADVISER)
        page.goto(desk.address("1", "edit"))
        yield page


def test_axe_finds_nothing_on_the_pages_of_a_record(browser: Browser, place: str, desk: Desk) -> None:
    pages = {
        ADVISER: [
            f"/schools/{desk.urn}/records",
            desk.address("1", "edit"),
            desk.address("annual-report", "edit"),
            desk.address("3", "correct"),
        ],
        COLLEAGUE: ["/quality", desk.address("2", "review"), desk.address("2")],
        desk.head: [
            desk.address("3", 1),
            desk.address("3", "answer"),
            desk.address("1", "edit"),
            f"/schools/{desk.urn}/readings",
        ],
    }
    for person, addresses in pages.items():
        with window(browser, place) as page:
            sign_in(page, person)
            for address in addresses:
                page.set_viewport_size({"width": 1200, "height": 900})
                page.emulate_media(forced_colors="none")
                page.goto(address)
                assert_accessible(page)
                assert_fits(page)
                assert_accessible(page)
                page.emulate_media(forced_colors="active")
                assert_accessible(page)


def test_the_schools_part_stands_beside_the_advisers_and_below_it_on_a_phone(writing: Page) -> None:
    parts = [writing.get_by_role("region", name=f"The {whose} part") for whose in ("school’s", "adviser’s")]
    left, right = (part.bounding_box() for part in parts)
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    writing.set_viewport_size({"width": 400, "height": 800})
    left, right = (part.bounding_box() for part in parts)
    assert left is not None
    assert right is not None
    assert left["y"] + left["height"] <= right["y"]


def test_what_was_typed_without_a_connection_is_there_afterwards(writing: Page, desk: Desk) -> None:
    box = writing.get_by_label("Rationale for performance")
    writing.context.set_offline(True)
    box.fill("Written in the car park")
    writing.get_by_role("button", name="Save", exact=True).click()
    expect(writing.locator("#unsaved")).to_contain_text("No connection. Your text is kept in this browser")
    writing.context.set_offline(False)

    writing.goto(desk.address("1", "edit"))
    expect(box).to_have_value("")
    expect(writing.locator("#kept")).to_contain_text("was not saved. This browser has kept it")
    assert_accessible(writing)
    writing.get_by_role("button", name="Put it back").click()
    expect(box).to_have_value("Written in the car park")
    writing.get_by_role("button", name="Save", exact=True).click()
    expect(writing.get_by_role("alert")).to_contain_text("Saved")
    expect(box).to_have_value("Written in the car park")
    expect(writing.locator("#kept")).to_be_hidden()
    assert writing.evaluate("localStorage.length") == 0, "nothing is kept once it is saved"


def test_what_was_kept_can_be_thrown_away(writing: Page, desk: Desk) -> None:
    writing.get_by_label("Value added").fill("Not meant")
    writing.goto(desk.address("1", "edit"))
    writing.get_by_role("button", name="Throw it away").click()
    expect(writing.get_by_label("Value added")).to_have_value("")
    writing.reload()
    expect(writing.locator("#kept")).to_be_hidden()


def test_the_criteria_follow_what_is_typed_before_it_is_saved(writing: Page) -> None:
    expect(writing.locator("#criteria")).to_contain_text("There are none yet")
    writing.get_by_label("Key recommendations").fill("Mark every week")
    expect(writing.locator("#criteria")).not_to_contain_text("There are none yet")
    writing.get_by_label("Comparison").fill("After appraisal")
    expect(writing.locator("#criteria")).to_contain_text("“appraisal” in Comparison")


def test_two_windows_on_one_section_lose_nothing(browser: Browser, place: str, desk: Desk) -> None:
    with window(browser, place) as head, window(browser, place) as chair:
        for page, person in ((head, desk.head), (chair, desk.chair)):
            sign_in(page, person)
            page.goto(desk.address("1", "edit"))
            page.get_by_label("What our data tell us").fill(f"By {person}")
        for page in (head, chair):
            page.get_by_role("button", name="Save", exact=True).click()
        expect(chair.locator(".govuk-error-summary")).to_be_focused()
        expect(chair.locator(".clash")).to_contain_text(f"By {desk.head}")
        mine = chair.get_by_label("Yours: What our data tell us")
        expect(mine).to_have_value(f"By {desk.chair}")
        assert_accessible(chair)
        assert_fits(chair)
        mine.fill("By both")
        chair.get_by_role("button", name="Save", exact=True).click()
        expect(chair.get_by_label("What our data tell us")).to_have_value("By both")


def test_without_script_a_record_is_written_handed_over_and_judged(browser: Browser, place: str, desk: Desk) -> None:
    desk.write("ip")
    with window(browser, place, script=False) as page:
        sign_in(page, ADVISER)
        page.goto(desk.address("ip", "edit"))
        page.get_by_label("Strengths").fill("Reading")
        page.get_by_role("button", name="Save and hand over").click()
        page.get_by_role("button", name="Hand over").click()
        expect(page.get_by_text("With quality assurance", exact=True)).to_be_visible()
    with window(browser, place, script=False) as page:
        sign_in(page, COLLEAGUE)
        page.goto("/quality")
        page.get_by_role("link", name="Record of the IP day").click()
        for choice in page.get_by_label("Met", exact=True).all():
            choice.check()
        page.get_by_role("button", name="Pass").click()
        expect(page.get_by_role("link", name="Record of the IP day")).to_have_count(0)
