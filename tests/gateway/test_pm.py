"""Visit 4 on its page: the day for everyone, the rest for those who took part, and nowhere to write."""

from datetime import date, datetime

import pytest

from services.core.times import LONDON
from tests.gateway.advised import ADVISER, advise, chair_of, head_of
from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.today import in_days
from tests.gateway.visits import Browser

SCHOOL = 120910
TODAY = datetime.now(LONDON).date()
YEAR = TODAY.year if TODAY.month >= 9 else TODAY.year - 1
PAGE = f"/schools/{SCHOOL}/visit-4/{YEAR}"
TYPED = {
    "day": f"{TODAY:%-d %B %Y}",
    "headteacher_starts": "9:00",
    "headteacher_ends": "9:45",
    "governors_starts": "9:45",
    "governors_ends": "10:30",
    "together_starts": "10:30am",
    "together_ends": "12pm",
    "reviewers": "2",
    "foundation": "no",
    "chair": "yes",
}
FORM = ("arrangements", "preparation", "expertise", "independence", "usefulness")


@pytest.fixture(scope="module")
def adviser(county: County) -> Browser:
    return advise(county, SCHOOL)


def test_visit_4_is_logged_left_and_answered_without_a_word_of_what_was_said(county: County, adviser: Browser) -> None:
    page = words(adviser.open(PAGE).text)
    assert "Not logged yet" in page
    assert f"31 December {YEAR}" in page
    log = adviser.open(f"{PAGE}/log").text
    assert "<textarea" not in log
    untrained = adviser.fill_in(f"{PAGE}/log", **TYPED)
    assert untrained.status_code == 422
    assert "no valid training in performance management" in untrained.text
    training = {"training": "performance_management", "completed": in_days(-30).isoformat()}
    county.record("scheduling.TrainAdviser", person=ADVISER, **training)
    logged = adviser.fill_in(f"{PAGE}/log", **TYPED)
    assert (logged.status_code, logged.location) == (303, PAGE), words(logged.text)
    chair = chair_of(county, SCHOOL)
    rows = table(chair.open(PAGE).text, "The three meetings")[1:]
    assert rows[1] == [
        "Meeting with the governors",
        "09:45",
        "10:30",
        "Adviser, reviewing governor, reviewing governor",
    ]
    assert adviser.fill_in(f"{PAGE}/leave").status_code == 303
    few = chair.fill_in(f"{PAGE}/feedback", **dict.fromkeys(FORM[1:], "4"))
    assert few.status_code == 422
    assert '<a href="#arrangements">Choose how far you agree' in few.text
    answered = chair.fill_in(f"{PAGE}/feedback", **dict.fromkeys(FORM, "4"))
    assert (answered.status_code, answered.location) == (303, PAGE), words(answered.text)
    answers = table(adviser.open(PAGE).text, "What the governors said of the service, from 1 (not at all) to 5 (fully)")
    assert [row[1] for row in answers[1:]] == ["4"] * 5
    for username in ("manager", "auditor"):
        seen = county.visit(username).open(PAGE).text
        assert f"Took place {TODAY:%-d %B %Y}" in words(seen)
        assert "The three meetings" not in seen
        assert "Feedback form" not in seen
        assert county.visit(username).open(f"{PAGE}/feedback").status_code == 404
    assert "The three meetings" in head_of(county, SCHOOL).open(PAGE).text


def test_a_log_that_is_wrong_is_withdrawn_by_its_adviser_and_the_visit_logged_again(
    county: County, adviser: Browser
) -> None:
    assert "Withdraw this log" not in county.visit("auditor").open(PAGE).text
    assert "Withdraw this log" in county.visit("manager").open(PAGE).text
    assert "Withdraw this log" in adviser.open(PAGE).text
    asked = adviser.fill_in(f"{PAGE}/withdraw")
    assert (asked.status_code, "<textarea" in asked.text) == (422, False)
    done = adviser.fill_in(f"{PAGE}/withdraw", why="other_times")
    assert (done.status_code, done.location) == (303, PAGE), words(done.text)
    assert "Not logged yet" in words(adviser.open(PAGE).text)
    assert adviser.fill_in(f"{PAGE}/log", **TYPED).status_code == 303


def test_what_cannot_be_read_is_said_at_its_field(adviser: Browser) -> None:
    page = adviser.fill_in(f"/schools/{SCHOOL}/visit-4/{YEAR - 1}/log", day="x", headteacher_starts="nine")
    assert page.status_code == 422
    for field in ("day", "headteacher_starts", "together_ends", "reviewers", "foundation", "chair"):
        assert f'<a href="#{field}">' in page.text


def test_pr1_a_year_without_a_logged_visit_is_flagged_after_31_december(auditor: Browser) -> None:
    assert "Not logged yet Overdue" in words(auditor.open(f"/schools/{SCHOOL}/visit-4/{date(2021, 1, 1).year}").text)
