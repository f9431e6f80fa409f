"""Calls on the pages: the school found by a few letters, the call taken, shown to whom it is for, and seen through."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from gateway.call_words import lapse, left, span
from gateway.moments import NotAMoment, parse_moment
from services.core.times import LONDON
from services.helpdesk.events import (
    CallAnswered,
    CallClosed,
    CallerErased,
    CallReceived,
    CallResolved,
    FeedbackArranged,
    InspectionDatesChanged,
    ManagerContacted,
    OfstedCallReceived,
)
from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import hidden_fields
from tests.helpdesk.calls import SCHOOL, fields, ofsted_fields

DAY = date(2012, 3, 8)
CALLS = f"/schools/{SCHOOL}/calls"
CALL = {
    "caller": "Jo Field",
    "caller_role": "headteacher",
    "summary": "Asks for advice.",
    "category": "day_to_day",
    "urgency": "today",
    "channel": "phone",
    "received_at": "9:20",
}
OFSTED_CALL = {
    "kind": "monitoring_visit",
    "begins-day": "13",
    "begins-month": "3",
    "begins-year": "2012",
    "ends-day": "14",
    "ends-month": "3",
    "ends-year": "2012",
    "caller": "Jo Field",
    "caller_role": "headteacher",
    "told_at": "8 March 2012 at 9:05am",
    "received_at": "9.20am",
    "briefing_issues": "Attendance.",
}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as pages:
        pages.platform.on(DAY, time(9, 30))
        yield pages


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:30", datetime(2012, 3, 8, 9, 30, tzinfo=LONDON)),
        (" 9AM ", datetime(2012, 3, 8, 9, tzinfo=LONDON)),
        ("1 March 2012 at 4:05pm", datetime(2012, 3, 1, 16, 5, tzinfo=LONDON)),
        ("1 March 2012, 4:05pm", datetime(2012, 3, 1, 16, 5, tzinfo=LONDON)),
        ("1/6/2012 16.05", datetime(2012, 6, 1, 16, 5, tzinfo=LONDON)),
    ],
)
def test_moments_are_read_as_people_type_them(typed: str, moment: datetime) -> None:
    assert parse_moment(typed, DAY) == moment


@pytest.mark.parametrize("typed", ["", "soon", "1 March 2012", "25:00", "1 March 12 at 9am", "31/6/2012 9:00", "9"])
def test_what_is_no_moment_is_turned_away(typed: str) -> None:
    with pytest.raises(NotAMoment):
        parse_moment(typed, DAY)


def test_spans_are_said_in_words() -> None:
    assert [span(seconds) for seconds in (0, 59, 60, 3_600, 5_460)] == [
        "under a minute",
        "under a minute",
        "1 minute",
        "1 hour",
        "1 hour 31 minutes",
    ]
    assert [lapse(seconds) for seconds in (5_400, 47 * 3_600, 48 * 3_600, 62 * 3_600)] == [
        "1 hour 30 minutes",
        "47 hours",
        "2 days",
        "2 days 14 hours",
    ]
    assert [left(120), left(-120)] == ["2 minutes left", "overdue by 2 minutes"]


def test_a_school_found_alone_leads_straight_to_its_form(pages: Turned) -> None:
    duty = pages.visit("duty")
    assert duty.open("/calls/new?q=aldb&kind=ofsted").location == f"{CALLS}/ofsted"
    assert duty.open("/calls/new?q=aldb&kind=other").location == f"{CALLS}/new"


def test_several_schools_are_offered_and_none_is_said(pages: Turned) -> None:
    pages.platform.do("scheduling.RecordSchool", **OTHER_SCHOOL)
    duty = pages.visit("duty")
    found = duty.open("/calls/new?q=primary&kind=ofsted").text
    assert f'href="{CALLS}/ofsted"' in found
    assert 'href="/schools/120778/calls/ofsted"' in found
    assert "No school was found for “zzz”" in duty.open("/calls/new?q=zzz").text
    nothing = duty.open("/calls/new?q=")
    assert nothing.status_code == 422
    assert "Enter a few letters of the school" in nothing.text


OTHER_SCHOOL: dict[str, Any] = {
    "urn": 120778,
    "name": "Antingham Primary School",
    "la_code": "926",
    "establishment_number": "3001",
    "school_type": "Academy converter",
    "type_group": "Academies",
    "status": "Open",
    "phase": "Primary",
    "effective_on": "2011-09-01",
}


def test_a_call_is_taken_and_the_same_form_sent_twice_is_one_call(pages: Turned) -> None:
    duty = pages.visit("duty")
    form = {**hidden_fields(duty.open(f"{CALLS}/new")), **CALL}
    first, second = duty.send(f"{CALLS}/new", **form), duty.send(f"{CALLS}/new", **form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    (received,) = pages.platform.events(CallReceived)
    assert (received.received_at.astimezone(LONDON).time(), received.urgency) == (time(9, 20), "today")
    page = words(duty.open(first.location).text)
    assert "Jo Field Headteacher, by phone" in page
    assert "The duty manager has not been contacted about this call yet" in page


def test_the_form_begins_with_what_is_usual(pages: Turned) -> None:
    page = pages.visit("duty").open(f"{CALLS}/new").text
    assert 'value="8 March 2012 at 9:30am"' in page
    for usual in ("day_to_day", "routine", "phone"):
        assert f'value="{usual}" checked' in page
    boxes = pages.visit("duty").open(f"{CALLS}/ofsted").text
    assert [boxes.count(f'value="{part}"') for part in ("03", "2012")] == [2, 2]


def test_hr2_an_ofsted_call_is_taken_with_its_briefing_issues(pages: Turned) -> None:
    duty = pages.visit("duty")
    taken = duty.fill_in(f"{CALLS}/ofsted", **OFSTED_CALL)
    assert taken.status_code == 303, words(taken.text)
    (received,) = pages.platform.events(OfstedCallReceived)
    assert (received.kind, received.begins, received.ends) == ("monitoring_visit", date(2012, 3, 13), date(2012, 3, 14))
    assert received.told_at.astimezone(LONDON).time() == time(9, 5)
    page = words(duty.open(taken.location).text)
    assert "Briefing issues Attendance." in page
    assert "Does the school invite" not in duty.open(f"{CALLS}/ofsted").text


def test_hr2_an_academy_is_asked_whether_it_invites_the_authority(pages: Turned) -> None:
    pages.platform.do("scheduling.RecordSchool", **OTHER_SCHOOL)
    duty = pages.visit("duty")
    taken = duty.fill_in("/schools/120778/calls/ofsted", **OFSTED_CALL, invites_authority="true")
    assert taken.status_code == 303, words(taken.text)
    assert pages.platform.events(OfstedCallReceived)[0].invites_authority


MISTAKES: list[tuple[dict[str, str], str, str]] = [
    ({"received_at": "soon"}, "Enter a time, such as", "received_at"),
    ({"received_at": "23:00"}, "Enter a time that is not in the future", "received_at"),
    ({"caller": ""}, "Enter a value", "caller"),
    ({"category": "gossip"}, "Choose one of", "category"),
]


def test_a_mistake_is_said_at_its_field_and_nothing_is_recorded(pages: Turned) -> None:
    duty = pages.visit("duty")
    for typed, says, at in MISTAKES:
        page = duty.fill_in(f"{CALLS}/new", **CALL | typed)
        assert page.status_code == 422
        assert says in page.text
        assert f'<a href="#{at}">' in page.text
        assert "Asks for advice." in page.text
    assert pages.platform.events(CallReceived) == []


def test_a_call_is_seen_through_on_its_page(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    duty, call = pages.visit("duty"), f"{CALLS}/c1"
    assert duty.fill_in(f"{call}/contact", manager="duty-manager", contacted_at="9:25").location == call
    assert pages.platform.events(ManagerContacted)[0].manager == "duty-manager"
    manager = pages.visit("duty-manager")
    assert "I was contacted" in manager.open(f"{call}/confirm").text
    assert manager.fill_in(f"{call}/confirm").location == call
    assert "confirmed 8 March 2012 at 9:30am" in words(duty.open(call).text)
    assert duty.fill_in(f"{call}/answer", answered_at="9:28", advice="Rang back.").location == call
    assert pages.platform.events(CallAnswered)[0].open_seconds == 28 * 60
    assert "after 28 minutes of opening time" in words(duty.open(call).text)
    follow_up = {"follow_up-day": "20", "follow_up-month": "3", "follow_up-year": "2012"}
    assert duty.fill_in(f"{call}/resolve", **follow_up).location == call
    assert pages.platform.events(CallResolved)[0].follow_up == date(2012, 3, 20)
    assert duty.fill_in(f"{call}/close").location == call
    assert len(pages.platform.events(CallClosed)) == 1
    refused = duty.fill_in(f"{call}/reopen")
    assert refused.status_code == 422
    assert "Give the reason" in refused.text
    assert duty.fill_in(f"{call}/reopen", reason="They called again.").location == call
    assert "Answered" in words(duty.open(call).text)


def test_what_makes_no_sense_now_is_not_offered(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    duty = pages.visit("duty")
    page = duty.open(f"{CALLS}/c1").text
    for name in ("contact", "answer", "assign"):
        assert f"{CALLS}/c1/{name}" in page
    for name in ("resolve", "close", "reopen", "feedback", "dates", "outcome", "erase"):
        assert f"{CALLS}/c1/{name}" not in page
        assert duty.open(f"{CALLS}/c1/{name}").location == f"{CALLS}/c1"
    assert duty.open(f"{CALLS}/c1/nonsense").status_code == 404


def test_an_inspection_is_seen_through_on_its_page(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    duty, call = pages.visit("duty"), f"{CALLS}/o1"
    arranged = duty.fill_in(f"{call}/feedback", feedback_at="14 March 2012 at 3:30pm", team_leader="manager")
    assert arranged.location == call, words(arranged.text)
    assert pages.platform.events(FeedbackArranged)[0].person_attending == "manager"
    assert "Manager, team leader 14 March 2012 at 3:30pm" in words(duty.open(call).text)
    days = {"begins-day": "20", "begins-month": "3", "begins-year": "2012"}
    refused = duty.fill_in(f"{call}/dates", **days, **{f"ends-{part}": "" for part in ("day", "month", "year")})
    assert refused.status_code == 422
    ends = {"ends-day": "21", "ends-month": "3", "ends-year": "2012"}
    assert duty.fill_in(f"{call}/dates", **days, **ends).location == call
    assert pages.platform.events(InspectionDatesChanged)[0].begins == date(2012, 3, 20)
    assert f"{call}/outcome" not in duty.open(call).text
    pages.platform.on(date(2012, 3, 21), time(17))
    assert duty.fill_in(f"{call}/outcome", outcome="Good").location == call
    assert "Outcome Good" in words(duty.open(call).text)


def test_the_school_reads_its_own_calls_and_changes_nothing(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    head = pages.visit("head")
    rows = table(head.open(CALLS).text, "Calls to the help-line, the latest first")
    assert rows[1][:4] == ["8 March 2012 at 9:00am", "Day-to-day issue", "Headteacher", "Received"]
    assert "School help-line Open until 5:30pm Ring 01603 307797 now" in words(head.open(CALLS).text)
    page = words(head.open(f"{CALLS}/c1").text)
    assert "Jo Field" in page
    assert "At the desk" not in page
    form = hidden_fields(head.open(f"{CALLS}/c1"))
    form_id = "6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4"
    sent = head.send(f"{CALLS}/c1/close", csrf_token=form["csrf_token"], form_id=form_id)
    assert sent.status_code == 403
    assert head.open(f"{CALLS}/new").status_code == 403
    assert head.open("/schools/120778/calls").status_code in (403, 404)
    assert head.open(f"{CALLS}/no-such-call").status_code == 404
    assert head.open(f"{CALLS}/no call").status_code == 404


def test_the_data_protection_officer_erases_a_caller(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    dpo = pages.visit("dpo")
    assert dpo.fill_in(f"{CALLS}/c1/erase", reason="At the caller's request.").location == f"{CALLS}/c1"
    assert len(pages.platform.events(CallerErased)) == 1
    page = words(dpo.open(f"{CALLS}/c1").text)
    assert "Caller Erased" in page
    assert "Caller's details Erased on 8 March 2012" in page
    assert "Jo Field" not in page
