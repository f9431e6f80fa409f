import re
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask

from gateway.clients import Forbidden, Invalid, LogUnavailable, OutcomeUnknown, Refused
from tests.gateway.fakes import FakeRuntime
from tests.gateway.visits import Browser, hidden_fields

FILLED = {
    "urn": "120001",
    "begins-day": "1",
    "begins-month": "9",
    "begins-year": "2011",
    "term": "autumn",
    "note": "<b>bold</b>",
}


def test_what_is_typed_reaches_the_service_for_the_person_signed_in(adviser: Browser, runtime: FakeRuntime) -> None:
    page = adviser.fill_in("/patterns/form", **FILLED)
    assert (page.status_code, page.location) == (303, "/patterns/results")
    [(name, fields, actor)] = runtime.done.values()
    assert (name, actor.id, actor.platform) == ("scheduling.SubscribeSchool", "adviser-07", False)
    assert fields == {
        "urn": "120001",
        "begins": "2011-09-01",
        "term": "autumn",
        "note": "<b>bold</b>",
        "year": 2011,
    }


def test_posted_twice_it_is_one_command(adviser: Browser, runtime: FakeRuntime) -> None:
    hidden = hidden_fields(adviser.open("/patterns/form"))
    for _ in range(2):
        assert adviser.send("/patterns/form", **FILLED, **hidden).status_code == 303
    assert len(runtime.done) == 1


def test_opened_again_or_changed_it_is_another_command(adviser: Browser, runtime: FakeRuntime) -> None:
    hidden = hidden_fields(adviser.open("/patterns/form"))
    adviser.send("/patterns/form", **FILLED, **hidden)
    adviser.send("/patterns/form", **{**FILLED, "term": "spring"}, **hidden)
    adviser.fill_in("/patterns/form", **FILLED)
    assert len(runtime.done) == 3


@pytest.mark.parametrize(("lags", "notice"), [(False, "Saved\n"), (True, "Saved; still updating")])
def test_the_next_page_says_saved_once(adviser: Browser, runtime: FakeRuntime, lags: bool, notice: str) -> None:
    runtime.lags = lags
    page = adviser.open(adviser.fill_in("/patterns/form", **FILLED).location or "")
    assert notice in page.text
    assert ("still updating" in page.text) is lags
    assert "Saved" not in adviser.open("/patterns/results").text


def test_errors_stand_beside_their_fields_and_what_was_typed_is_kept(adviser: Browser, runtime: FakeRuntime) -> None:
    runtime.trouble = Invalid({"urn": ["Enter six digits"], "begins": ["Enter a day"], "year": ["Too early"]})
    page = adviser.fill_in("/patterns/form", **FILLED)
    assert page.status_code == 422
    assert '<a href="#urn">Enter six digits</a>' in page.text
    assert '<a href="#begins-day">Enter a day</a>' in page.text
    assert 'id="urn-error"' in page.text
    assert "Too early" in page.text
    assert 'value="120001"' in page.text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page.text
    assert "<b>bold" not in page.text
    assert "<title>Error: Subscribe" in page.text


def test_a_refusal_is_shown_in_its_words_at_its_field(adviser: Browser, runtime: FakeRuntime) -> None:
    runtime.trouble = Refused("This school is subscribed already.", "urn")
    assert '<a href="#urn">This school is subscribed already.</a>' in adviser.fill_in("/patterns/form", **FILLED).text
    runtime.trouble = Refused("The year has ended.")
    assert "The year has ended." in adviser.fill_in("/patterns/form", **FILLED).text


def test_after_a_refusal_the_corrected_form_is_done(adviser: Browser, runtime: FakeRuntime) -> None:
    runtime.trouble = Refused("No.", "urn")
    hidden = hidden_fields(adviser.fill_in("/patterns/form", **FILLED))
    runtime.trouble = None
    assert adviser.send("/patterns/form", **{**FILLED, **hidden, "urn": "120002"}).status_code == 303


def test_who_may_do_it_is_said_in_words(adviser: Browser, runtime: FakeRuntime) -> None:
    runtime.trouble = Forbidden("Only these roles may do this: programme officer.")
    page = adviser.fill_in("/patterns/form", **FILLED)
    assert page.status_code == 403
    assert "Only these roles may do this: programme officer." in page.text


def test_when_the_log_is_away_nothing_is_recorded_and_the_page_says_so(adviser: Browser, runtime: FakeRuntime) -> None:
    runtime.trouble = LogUnavailable("The event log /srv/secret/place can't be used.")
    page = adviser.fill_in("/patterns/form", **FILLED)
    assert page.status_code == 503
    assert "Nothing was recorded" in page.text
    assert "/srv/secret" not in page.text


def test_when_no_answer_came_the_page_says_that_it_may_be_recorded_and_sends_the_same_command_again(
    adviser: Browser, runtime: FakeRuntime
) -> None:
    runtime.lost = OutcomeUnknown("The service scheduling gave no answer.")
    page = adviser.fill_in("/patterns/form", **FILLED)
    assert page.status_code == 504
    assert "We do not know whether this was recorded" in page.text
    assert "it may have been recorded" in page.text
    assert "recorded once at most" in page.text
    assert "gave no answer" not in page.text
    assert "<b>bold</b>" not in page.text
    assert re.search(r'<form method="post">.*Send it again', page.text, re.DOTALL)
    runtime.lost = None
    again = adviser.send("/patterns/form", **hidden_fields(page))
    assert (again.status_code, again.location) == (303, "/patterns/results")
    assert "Saved" in adviser.open("/patterns/results").text
    [(_, fields, _)] = runtime.done.values()
    assert fields["note"] == "<b>bold</b>"


def test_a_file_whose_fate_is_unknown_is_sent_again_by_loading_the_page(app: Flask, adviser: Browser) -> None:
    def upload() -> str:
        raise OutcomeUnknown("The service scheduling gave no answer.")

    hidden = hidden_fields(adviser.open("/patterns/form"))
    app.view_functions["patterns.form"] = upload
    page = adviser.client.post("/patterns/form", data={**hidden, "file": (BytesIO(b"row"), "rows.csv")})
    assert page.status_code == 504
    assert "load this page again" in page.text
    assert "<form" not in page.text


def test_without_the_token_of_the_form_nothing_is_done(adviser: Browser, runtime: FakeRuntime) -> None:
    hidden = hidden_fields(adviser.open("/patterns/form"))
    for token in ("", "made-up"):
        page = adviser.send("/patterns/form", **{**FILLED, **hidden, "csrf_token": token})
        assert page.status_code == 400
        assert "nothing was recorded" in page.text
    assert not runtime.done


def test_the_token_of_another_visitor_is_no_good(adviser: Browser, visitor: Browser, runtime: FakeRuntime) -> None:
    stolen = hidden_fields(visitor.open("/sign-in"))["csrf_token"]
    hidden = hidden_fields(adviser.open("/patterns/form"))
    assert adviser.send("/patterns/form", **{**FILLED, **hidden, "csrf_token": stolen}).status_code == 400
    assert not runtime.done


@pytest.mark.parametrize("form_id", ["", "not-an-id"])
def test_a_form_without_its_id_is_refused(adviser: Browser, runtime: FakeRuntime, form_id: str) -> None:
    hidden = hidden_fields(adviser.open("/patterns/form"))
    assert adviser.send("/patterns/form", **{**FILLED, **hidden, "form_id": form_id}).status_code == 400
    assert not runtime.done


def test_every_opening_has_a_fresh_id(adviser: Browser) -> None:
    first, second = (UUID(hidden_fields(adviser.open("/patterns/form"))["form_id"]) for _ in range(2))
    assert first != second
