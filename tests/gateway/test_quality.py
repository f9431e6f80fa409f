"""The queue of quality assurance, and judging one document."""

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.records import ADVISER, COLLEAGUE, Desk
from tests.gateway.visits import Browser

CAPTION = "Documents to be judged, the longest waiting first"
JUDGED = {
    f"criterion-{name}": "met" for name in ("formal", "evaluative", "actions", "evidence", "framework", "no-names")
}


@pytest.fixture(scope="module")
def desk(county: County) -> Desk:
    desk = Desk(county, 120859)
    for document in ("1", "2"):
        desk.write(document)
        desk.do("SubmitRecord", ADVISER, document)
    return desk


@pytest.fixture
def colleague(desk: Desk) -> Browser:
    return desk.visit(COLLEAGUE)


def test_the_queue_offers_every_document_but_ones_own(desk: Desk, colleague: Browser) -> None:
    theirs = colleague.open("/quality").text
    assert desk.address("1", "review") in theirs
    assert [row[2] for row in table(theirs, CAPTION)[1:]] == ["Adviser 07", "Adviser 07"]
    own = desk.visit(ADVISER).open("/quality").text
    assert desk.address("1", "review") not in own
    assert "Yours, so a colleague judges it" in own


def test_only_those_who_judge_see_the_queue(county: County) -> None:
    for username, status in (("manager", 200), ("head120777", 403), ("finance", 403), ("auditor", 403)):
        assert county.visit(username).open("/quality").status_code == status


def test_what_can_be_checked_is_answered_already_and_the_rest_must_be(desk: Desk, colleague: Browser) -> None:
    page = colleague.open(desk.address("1", "review"))
    assert "2,000" in page.text
    missing = colleague.fill_in(desk.address("1", "review"), step="pass", **{"criterion-brief": "met"})
    assert missing.status_code == 422
    assert "Say whether this is met: The record is formal in tone" in missing.text
    assert "Strengths: as we saw." in words(missing.text)


def test_returned_with_what_to_change_then_judged_by_its_adviser_no_more(desk: Desk, colleague: Browser) -> None:
    address = desk.address("1", "review")
    judged = {**JUDGED, **_checked(), "criterion-evidence": "unmet"}
    wordless = colleague.fill_in(address, step="return", **judged)
    assert wordless.status_code == 422
    assert colleague.fill_in(address, step="pass", **judged).status_code == 422
    assert colleague.fill_in(address, step="return", **judged, words="Cite the books").location == "/quality"
    page = words(desk.visit(ADVISER).open(desk.address("1", "edit")).text)
    assert "Returned by quality assurance" in page
    assert "Cite the books" in page
    assert "Evidence is cited for each judgement" in page
    assert colleague.open(address).location == desk.address("1")


def test_passed(desk: Desk, colleague: Browser) -> None:
    address = desk.address("2", "review")
    assert colleague.fill_in(address, step="pass", **JUDGED, **_checked()).location == "/quality"
    page = words(desk.visit(ADVISER).open(desk.address("2")).text)
    assert "Passed, to be issued" in page
    assert "Issue to head and chair" in page
    assert "Passed" not in desk.visit(desk.head).open(desk.address("2")).text


def test_the_adviser_who_wrote_it_is_refused(desk: Desk) -> None:
    desk.write("3")
    desk.do("SubmitRecord", ADVISER, "3")
    own = desk.visit(ADVISER).fill_in(desk.address("3", "review"), step="pass", **JUDGED, **_checked())
    assert own.status_code == 422
    assert "Nobody assures the quality of their own record" in own.text


def _checked() -> dict[str, str]:
    names = ("brief", "activities", "strengths", "recommendations", "complete", "no-pm")
    return {f"criterion-{name}": "met" for name in names}
