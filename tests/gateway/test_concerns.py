"""The concerns board, a school's concerns and rating, and each step of a concern, on their pages."""

import re

import pytest

from gateway.concern_words import gap
from tests.gateway.advised import advise, chair_of, head_of
from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser

SCHOOL = 120908
PAGE = f"/schools/{SCHOOL}/concerns"
ASPECT = "Leadership and management"


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (None, ""),
        (59, "alerted at the moment when the school was told"),
        (-60, "alerted 1 minute before the school was told"),
        (3 * 3600, "alerted 3 hours after the school was told"),
        (-3 * 3600 - 5, "alerted 3 hours before the school was told"),
        (47 * 3600, "alerted 47 hours after the school was told"),
        (-10 * 86_400, "alerted 10 days before the school was told"),
    ],
)
def test_vr7_the_gap_is_said_with_its_order(seconds: int | None, says: str) -> None:
    assert gap(seconds) == says


@pytest.fixture(scope="module")
def adviser(county: County) -> Browser:
    return advise(county, SCHOOL)


@pytest.fixture(scope="module")
def concern(adviser: Browser) -> str:
    """The address of a concern that was observed yesterday."""
    observed = {"aspect": ASPECT, "summary": "Asked at two visits"} | typed("observed", in_days(-1))
    sent = adviser.fill_in(f"{PAGE}/new", **observed)
    assert sent.status_code == 303, words(sent.text)
    return str(sent.location)


def step(browser: Browser, concern: str, name: str, **fields: str) -> None:
    sent = browser.fill_in(f"{concern}/{name}", **fields)
    assert (sent.status_code, sent.location) == (303, concern), words(sent.text)


def test_vr7_a_concern_goes_its_way_and_the_school_sees_it_once_told(
    county: County, adviser: Browser, concern: str
) -> None:
    head, manager = head_of(county, SCHOOL), county.visit("manager")
    assert ASPECT not in head.open(PAGE).text
    assert head.open(concern).status_code == 404
    step(adviser, concern, "alert")
    page = words(manager.open("/concerns").text)
    assert f"Suffield Park Infant and Nursery School, Cromer: {ASPECT}" in page
    assert "Not told" in page
    step(manager, concern, "acknowledge")
    assert "close" not in re.findall(rf"{concern}/(\w+)", manager.open(concern).text)
    refused = manager.fill_in(f"{concern}/close", outcome="Done")
    assert refused.status_code == 422
    assert "Tell the school first" in refused.text
    yesterday = f"{in_days(-1):%-d %B %Y}"
    told = {"told": "headteacher chair_of_governors", "told_at": yesterday, "time": "3pm", "how": "in_person"}
    step(adviser, concern, "tell", **told)
    assert "after the school was told" in words(manager.open("/concerns").text)
    page = words(head.open(concern).text)
    assert "Headteacher and chair of governors, in person" in page
    assert "Asked at two visits" not in page
    decided = {"decision": "A support board", "requested_by": "authority"} | typed("next_review", in_days(30))
    alone = manager.fill_in(f"{concern}/decide", **decided)
    assert "Give the reason why the authority acts without the governing body" in alone.text
    step(manager, concern, "decide", **decided | {"requested_by": "consultation"})
    assert "Asked for by: consultation" in words(head.open(concern).text)
    step(manager, concern, "review", findings="The board met", **typed("next_review", in_days(60)))
    step(manager, concern, "close", outcome="Governors see the data each term")
    assert concern not in manager.open("/concerns").text
    assert "Governors see the data each term" in chair_of(county, SCHOOL).open(concern).text
    assert re.findall(rf"{concern}/(\w+)", manager.open(concern).text) == []


def test_edge_pm_content_typed_in_the_wrong_place_is_redacted_from_a_concern_on_the_page(
    county: County, adviser: Browser
) -> None:
    observed = {"aspect": "Achievement", "summary": "The head's pay"} | typed("observed", in_days(-1))
    concern = adviser.fill_in(f"{PAGE}/new", **observed).location
    dpo = county.visit("dpo")
    assert "Redact a text" in dpo.open(concern).text
    assert "Redact a text" not in adviser.open(concern).text
    rule = "performance management is not recorded"
    step(dpo, concern, "redact", fact="1", rule=rule, reason="Reported by the adviser")
    page = words(adviser.open(concern).text)
    assert "performance management is not recorded. What stood here was destroyed" in page
    assert "pay" not in page
    assert "Redact a text" not in dpo.open(concern).text


def test_what_cannot_be_read_or_is_yet_to_come_is_said_at_its_field(adviser: Browser) -> None:
    observed = {"aspect": "Behaviour and safety", "summary": "Seen"} | typed("observed", in_days(-1))
    concern = adviser.fill_in(f"{PAGE}/new", **observed).location
    page = adviser.fill_in(f"{concern}/tell", told_at="soon", time="25:00", how="letter")
    assert page.status_code == 422
    for field, says in (
        ("told", "Choose who was told"),
        ("told_at", "Enter a date"),
        ("time", "Enter a time of the day"),
    ):
        assert f'<a href="#{field}">{says}' in page.text
    ahead = {"told": "headteacher", "told_at": f"{in_days(2):%-d %B %Y}", "time": "9:00", "how": "letter"}
    assert "That is in the future" in adviser.fill_in(f"{concern}/tell", **ahead).text


def test_rr1_the_page_says_what_a_rating_is_not(county: County) -> None:
    manager = county.visit("manager")
    for address in ("/concerns", PAGE, f"/schools/{SCHOOL}/rating"):
        page = words(manager.open(address).text)
        assert "It is not a forecast of an Ofsted inspection, and not an overall judgement of the school." in page


def test_rr3_a_school_is_rated_by_the_criteria_of_the_day_and_disagrees_on_the_page(county: County) -> None:
    manager, head = county.visit("manager"), head_of(county, SCHOOL)
    assert head.open(f"{PAGE}".replace("concerns", "rating/disagree")).status_code == 404
    rating = {"rating": "red-amber", "direction": "improving", "rationale": "Results", "de_escalation": "The median"}
    sent = manager.fill_in(f"/schools/{SCHOOL}/rating", **rating | typed("next_review", in_days(90)))
    assert (sent.status_code, sent.location) == (303, PAGE), words(sent.text)
    assert "Red-Amber, improving" in words(head.open(PAGE).text)
    sent = head.fill_in(f"/schools/{SCHOOL}/rating/disagree", words="Eight pupils sat the tests")
    assert (sent.status_code, sent.location) == (303, PAGE), words(sent.text)
    rows = table(manager.open("/concerns").text, "Schools by rating and direction")
    (row,) = [row for row in rows if row[0].startswith("Suffield Park")]
    assert "The school disagrees: Eight pupils sat the tests" in row[0]
    assert row[1].startswith("Red-Amber, improving Criteria 1")
    assert row[3] == "The median"


def test_the_board_and_the_rating_are_not_for_everyone(county: County, adviser: Browser) -> None:
    for username, status in (("auditor", 200), ("adviser07", 403), ("finance", 403), ("head120777", 403)):
        assert county.visit(username).open("/concerns").status_code == status
    assert county.visit("finance").open(PAGE).status_code == 403
    assert "/rating" not in adviser.open(PAGE).text.replace("rating/disagree", "")
