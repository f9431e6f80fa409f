"""The duty desk: open or closed, what waits in which order, the manager contacted with one press, and the board."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from services.helpdesk.events import ContactAcknowledged, ManagerContacted
from services.scheduling.events import AdviserAllocated
from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import hidden_fields
from tests.helpdesk.calls import SCHOOL, fields, ofsted_fields
from tests.helpdesk.streams import record

WAITING = "Calls that are not resolved"
BOARD = "Inspections that are on"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as pages:
        pages.platform.on(date(2012, 3, 8), time(9, 30))
        yield pages


def test_hr1_the_desk_says_open_or_closed_and_which_number_works_now(pages: Turned) -> None:
    duty = pages.visit("duty")
    page = words(duty.open("/desk").text)
    assert "Open until 5:30pm Ring 01603 307797 now. Out of hours: 07876 137828. Closes in 8 hours." in page
    pages.platform.on(date(2012, 3, 9), time(17))
    page = words(duty.open("/desk").text)
    assert "Closed until Monday 12 March 2012 at 8:00am Ring 07876 137828 now. When open: 01603 307797." in page
    assert "Opens in 2 days 15 hours." in page


def test_an_empty_desk_says_so(pages: Turned) -> None:
    page = pages.visit("duty").open("/desk").text
    for empty in ("Nothing waits", "No call came since the line last closed", "No inspection is on"):
        assert empty in page


def test_hr3_a_press_records_the_contact_with_its_time_and_another_confirms_it(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    duty = pages.visit("duty")
    page = duty.open("/desk")
    for _ in range(2):  # pressed twice
        pressed = duty.send("/schools/120777/calls/c1/contact", **hidden_fields(page))
        assert pressed.location == "/desk", words(pressed.text)
    (contacted,) = pages.platform.events(ManagerContacted)
    assert (contacted.manager, contacted.contacted_at.isoformat()) == ("duty-manager", "2012-03-08T09:30:00+00:00")
    pages.platform.on(date(2012, 3, 8), time(9, 42))
    assert "Not confirmed for 12 minutes Duty-Manager, contacted 8 March 2012 at 9:30am" in words(
        duty.open("/desk").text
    )
    assert "I was contacted" not in duty.open("/desk").text
    manager = pages.visit("duty-manager")
    confirmed = manager.send("/schools/120777/calls/c1/confirm", **hidden_fields(manager.open("/desk")))
    assert confirmed.location == "/desk"
    assert len(pages.platform.events(ContactAcknowledged)) == 1
    assert "contacted 9:30am, confirmed 9:42am" in words(manager.open("/desk").text)


def test_with_several_duty_managers_one_is_chosen(pages: Turned) -> None:
    pages.platform.add_person("second", "duty_manager", date(2011, 9, 1))
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    duty = pages.visit("duty")
    page = duty.open("/desk")
    assert '<option value="second">Second (duty manager)</option>' in page.text
    pressed = duty.send("/schools/120777/calls/c1/contact", **hidden_fields(page), manager="second")
    assert pressed.location == "/desk"
    assert pages.platform.events(ManagerContacted)[0].manager == "second"


def test_edge_out_of_hours_ofsted_call_is_on_the_desk_in_the_morning(pages: Turned) -> None:
    night = ofsted_fields(received_at="2012-03-07T20:00:00Z", told_at="2012-03-07T19:30:00Z")
    pages.platform.do("helpdesk.ReceiveOfstedCall", by="duty-manager", **night)
    page = pages.visit("duty").open("/desk").text
    (line,) = table(page, "Calls since the line last closed")[1:]
    assert line[1:3] == ["Ofsted inspection", "7 March 2012 at 8:00pm out of hours"]


def test_hr2_the_board_shows_every_inspection_and_an_adviser_their_own_first(pages: Turned) -> None:
    record(
        pages.platform,
        f"scheduling.allocation-{SCHOOL}",
        AdviserAllocated(SCHOOL, 1, "adviser", date(2011, 9, 5), "accepted"),
    )
    pages.platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    line = [
        "Aldborough Primary School",
        "13 March 2012 to 14 March 2012",
        "Ofsted inspection",
        "Adviser told 8 March 2012 at 9:30am",
        "Not arranged",
    ]
    assert table(pages.visit("duty").open("/desk").text, BOARD)[1] == line
    adviser = pages.visit("adviser").open("/inspections").text
    assert table(adviser, "Inspections of your schools")[1] == line
    other = pages.visit("adviser-2").open("/inspections").text
    assert "Inspections of your schools" not in other
    assert table(other, "All inspections that are on")[1] == line
    finance = pages.visit("finance").open("/inspections").text
    assert "/calls/o1" not in finance


def test_first_responses_are_shown_as_they_were_and_as_they_would_be(pages: Turned) -> None:
    platform = pages.platform
    target: dict[str, Any] = {"category": "day_to_day", "minutes": "20", "begins": "2012-03-01"}
    platform.do("helpdesk.SetResponseTarget", by="manager", **target)
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    platform.do("helpdesk.AnswerCall", by="duty", call="c1", answered_at="2012-03-08T09:30:00Z", advice="Rang back.")
    platform.do("helpdesk.SetHoliday", by="manager", day="2012-03-08", name="Snow")
    page = pages.visit("auditor").open("/desk/service-levels").text
    assert table(page, "By kind of call")[1] == [
        "Day-to-day issue",
        "1",
        "0",
        "1",
        "30 minutes",
        "0 of 1",
        "under a minute",
        "1 of 1",
    ]


def test_the_desk_is_for_those_who_work_at_it(pages: Turned) -> None:
    pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    manager = pages.visit("manager").open("/desk")
    assert manager.status_code == 200
    assert "New call" not in manager.text
    assert "Manager contacted" not in manager.text
    for person in ("adviser", "finance", "head"):
        browser = pages.visit(person)
        assert browser.open("/desk").status_code == 403
        assert "Duty desk" not in browser.open("/hours").text


def test_a_long_queue_is_read_page_by_page(pages: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.pages.desk.AT_ONCE", 2)
    for number in (1, 2, 3):
        pages.platform.do("helpdesk.ReceiveCall", by="duty", **fields(f"more{number}"))
    duty = pages.visit("duty")
    first, second, beyond = (duty.open(f"/desk?page={page}").text for page in (1, 2, 99))
    assert len(table(first, WAITING)) == 3
    assert "in all." in words(first)
    assert table(second, WAITING) != table(first, WAITING)
    assert table(beyond, WAITING)[1:] != []
