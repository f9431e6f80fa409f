"""Actions of a school on its page, and those of the county that are overdue or to be moved."""

from datetime import date

import pytest

from gateway.clients import Clients
from services.scheduling.events import SchoolsLinked
from services.visits.events import ActionAgreed
from tests.gateway.advised import advise, head_of
from tests.gateway.county import County
from tests.gateway.facts import happened
from tests.gateway.reading import table, words
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser, hidden_fields

SCHOOL, MERGED, TAKER = 120896, 120899, 120903
PAGE = f"/schools/{SCHOOL}/actions"


def this_year(county: County) -> str:
    today = Clients(county.runtime).now().date()
    return str(today.year if today.month >= 9 else today.year - 1)


def agree(adviser: Browser, year: str, text: str, **changes: str) -> None:
    action = {"year": year, "visit": "1", "text": text, "owner": "headteacher", "success": "Seen in the minutes"}
    sent = adviser.fill_in(f"{PAGE}/new/agree", **action | typed("due", in_days(90)) | changes)
    assert (sent.status_code, sent.location) == (303, PAGE), words(sent.text)


@pytest.fixture(scope="module")
def adviser(county: County) -> Browser:
    return advise(county, SCHOOL)


def test_an_empty_page_says_what_will_stand_there(county: County) -> None:
    page = words(head_of(county, 120904).open("/schools/120904/actions").text)
    assert "There is no open action. The adviser notes each one here when it is agreed at a visit" in page


def test_an_action_is_agreed_reviewed_by_the_head_and_closed_by_the_adviser(county: County, adviser: Browser) -> None:
    year = this_year(county)
    agree(adviser, year, "Teach fractions in every year")
    head = head_of(county, SCHOOL)
    page = head.open(PAGE).text
    (row,) = table(page, "Open actions")[1:]
    assert row[0].startswith("Teach fractions in every year Success: Seen in the minutes Agreed at visit 1 of")
    assert row[1] == "Headteacher"
    assert row[3] == "Not reviewed yet"
    assert "/new/agree" not in page
    assert ">Close<span" not in page
    action = page.split(f"{PAGE}/")[1].split("/review")[0]
    review = {"year": year, "visit": "2", "status": "amber", "evidence": "Two lessons of three"}
    assert head.fill_in(f"{PAGE}/{action}/review", **review).status_code == 303
    assert "Amber at visit 2 of" in words(adviser.open(PAGE).text)
    close = {"year": year, "visit": "3", "outcome": "withdrawn", "evidence": "The plan was dropped"}
    refused = adviser.fill_in(f"{PAGE}/{action}/close", **close)
    assert refused.status_code == 422
    assert "Give the reason: a withdrawn action stays on the record" in refused.text
    assert adviser.fill_in(f"{PAGE}/{action}/close", **close, reason="Another scheme came").status_code == 303
    (over,) = table(head.open(PAGE).text, "Actions that are over here")[1:]
    assert over[1:3] == ["Withdrawn", "The plan was dropped Reason: Another scheme came"]


def test_vr2_visit_4_is_no_choice_and_is_turned_away_when_posted(adviser: Browser) -> None:
    assert "Visit 4 is not among them: it leaves no record" in adviser.open(f"{PAGE}/new/agree").text
    refused = adviser.fill_in(f"{PAGE}/new/recommend", year="2022", visit="4", text="Raise the objectives")
    assert refused.status_code == 422
    assert "Choose one of: 1, 2, 3, ip" in refused.text


def test_the_same_form_sent_twice_is_one_recommendation(county: County, adviser: Browser) -> None:
    hidden = hidden_fields(adviser.open(f"{PAGE}/new/recommend"))
    fields = {"year": this_year(county), "visit": "1", "text": "Share the data every term"}
    for _ in range(2):
        assert adviser.send(f"{PAGE}/new/recommend", **hidden, **fields).status_code == 303
    assert adviser.open(PAGE).text.count("Share the data every term") == 1


def test_mistakes_are_said_at_their_fields(adviser: Browser) -> None:
    page = adviser.fill_in(f"{PAGE}/new/agree", owner="", visit="1", year="2022", text="x")
    assert page.status_code == 422
    for field in ("#owner", "#success", "#due-day"):
        assert f'<a href="{field}">' in page.text


def test_what_is_not_there_is_not_found(adviser: Browser) -> None:
    for address in (f"{PAGE}/none/review", f"{PAGE}/new/none", f"{PAGE}/move", "/schools/999999/actions"):
        assert adviser.open(address).status_code == 404


def test_edge_merger_v_amalgamation_the_manager_moves_what_waits(county: County) -> None:
    agreed = ActionAgreed(
        MERGED, 2021, "1", "A1", "Train the governors", "chair_of_governors", date(2022, 7, 1), "Seen"
    )
    happened(county, f"visits.actions-{MERGED}", agreed)
    linked = SchoolsLinked(MERGED, TAKER, "Successor - merged")
    happened(county, f"scheduling.link-{MERGED}-{TAKER}", linked)
    manager, address = county.visit("manager"), f"/schools/{MERGED}/actions"
    assert [row[:2] for row in table(manager.open("/actions").text, "1 action to be moved")[1:]] == [
        ["West Winch Primary School", "Train the governors"]
    ]
    assert "somebody must choose what goes on, and where" in words(manager.open(address).text)
    move = {"to": str(TAKER), "which": "all"} | typed("on", date(2022, 9, 1))
    sent = manager.fill_in(f"{address}/move", **move)
    assert (sent.status_code, sent.location) == (303, address), words(sent.text)
    assert "Goes on at school 120903" in words(manager.open(address).text)
    assert county.runtime.wait_for(county.runtime.log.head(), 10)
    assert "taken over from school 120899" in settled(manager, f"/schools/{TAKER}/actions", "Train the governors")
    overdue = table(county.visit("auditor").open("/actions").text, "1 overdue action")[1]
    assert overdue == ["South Wootton Infant School", "Train the governors", "chair of governors", "1 July 2022"]


def settled(browser: Browser, address: str, until: str) -> str:
    """The words of a page, once it shows what follows by itself from what was done."""
    for _ in range(200):
        page = words(browser.open(address).text)
        if until in page:
            break
    return page


def test_the_county_page_is_not_for_schools(county: County) -> None:
    assert head_of(county, SCHOOL).open("/actions").status_code == 403
