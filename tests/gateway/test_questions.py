"""Questions for a visit: from the data to the answer, as the adviser and the school see them."""

import re
from html import unescape

import pytest

from tests.gateway.county import County
from tests.gateway.facts import SCHOOL, allocate
from tests.gateway.reading import words
from tests.gateway.visits import Browser

QUESTIONS = f"/schools/{SCHOOL}/questions/2022"


@pytest.fixture(scope="module", autouse=True)
def allocated(county: County) -> None:
    allocate(county)


@pytest.fixture
def adviser(county: County) -> Browser:
    return county.visit("adviser07")


@pytest.fixture
def head(county: County) -> Browser:
    return county.visit(county.add_sign_in(f"demo-head-{SCHOOL}"))


def test_from_the_data_to_the_answer(adviser: Browser, head: Browser) -> None:
    visit = f"{QUESTIONS}/1"
    page = adviser.open(visit).text
    assert "No question is prepared yet" in page
    suggestion = re.search(r'href="([^"]+/prepare\?measure=[^"]+)">([^<]+)</a>', page)
    assert suggestion
    address, text = unescape(suggestion[1]), unescape(suggestion[2])
    form = adviser.open(address)
    assert text in unescape(form.text)
    measure = address.rpartition("=")[2]
    assert adviser.fill_in(address, text="Why is it so?", measure=measure).status_code == 303
    page = adviser.open(visit).text
    assert "Why is it so?" in page
    assert "not sent: the school does not see it yet" in page
    assert re.search(r"Data version: \w", words(page))
    assert f"measure={measure}" not in page  # not suggested twice
    assert "Why is it so?" not in head.open(visit).text
    assert "has sent no questions" in head.open(visit).text

    assert adviser.fill_in(f"{visit}/send").status_code == 303
    shown = head.open(visit).text
    assert "Why is it so?" in shown
    assert "Prepare a question" not in shown
    answer = f"{visit}/1/answer"
    assert adviser.fill_in(answer, finding="", words="Seen in books").status_code == 422
    assert adviser.fill_in(answer, finding="not_supported", words="Seen in books").status_code == 303
    assert "Found Not supported" in words(head.open(visit).text)
    assert "Seen in books" in adviser.open(answer).text


def test_a_question_of_one_s_own_is_withdrawn(adviser: Browser) -> None:
    visit = f"{QUESTIONS}/2"
    assert adviser.fill_in(f"{visit}/prepare", text="", measure="").status_code == 422
    assert adviser.fill_in(f"{visit}/prepare", text="What do governors ask?", measure="").status_code == 303
    assert "What do governors ask?" in adviser.open(f"{visit}/1/withdraw").text
    assert adviser.fill_in(f"{visit}/1/withdraw").status_code == 303
    assert "Withdrawn: it is not asked" in words(adviser.open(visit).text)
    nothing = adviser.fill_in(f"{visit}/send")
    assert nothing.status_code == 422
    assert "Prepare one first" in nothing.text


def test_only_the_school_s_adviser_may_ask(county: County) -> None:
    stranger = county.visit(county.add_sign_in("demo-adviser-02"))
    refused = stranger.fill_in(f"{QUESTIONS}/1/prepare", text="Why?", measure="")
    assert refused.status_code == 422
    assert "Only the school’s Link Adviser" in unescape(refused.text).replace("'", "’")


@pytest.mark.parametrize("path", ["4", "5", "1/99/answer", "1/x/withdraw"])
def test_what_there_is_not_is_not_found(adviser: Browser, path: str) -> None:
    assert adviser.open(f"{QUESTIONS}/{path}").status_code == 404
