"""The help-line's hours for everybody, and their settings for those who may change them."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from services.helpdesk.events import HolidayWithdrawn, HoursSet, ResponseTargetSet
from tests.gateway.reading import table, words
from tests.gateway.turned import Turned, turned
from tests.gateway.visits import hidden_fields

FROM_SEPTEMBER = {"begins-day": "3", "begins-month": "9", "begins-year": "2012"}
NUMBERS = {"number": "01603 307797", "out_of_hours_number": "07876 137828"}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Turned]:
    with turned(tmp_path) as pages:
        pages.platform.on(date(2012, 3, 8), time(9, 30))
        yield pages


def test_hr1_everybody_reads_the_hours(pages: Turned) -> None:
    for person in ("head", "chair", "finance", "duty"):
        page = pages.visit(person).open("/hours").text
        assert "Open until 5:30pm Ring 01603 307797 now" in words(page)
        rows = table(page, "From 5 September 2011: 01603 307797, out of hours 07876 137828")
        assert rows[1] == ["Monday", "08:00", "17:30"]
        assert rows[-1] == ["Friday", "08:00", "17:00"]
        assert "a bank holiday follows its weekday" in page
        assert "/hours/week" not in page


def test_hr1_new_hours_begin_with_those_in_force_and_hold_from_their_day(pages: Turned) -> None:
    manager = pages.visit("duty-manager")
    assert 'value="17:30"' in manager.open("/hours/week").text
    typed = {"monday_opens": "8am", "monday_closes": "12:30", "sunday_opens": "0:00", "sunday_closes": "0:00"}
    sent = manager.fill_in("/hours/week", **FROM_SEPTEMBER, **NUMBERS, **typed)
    assert sent.location == "/hours", words(sent.text)
    (hours,) = pages.platform.events(HoursSet)
    assert [(day.weekday, day.opens, day.closes) for day in hours.week] == [
        (1, time(8), time(12, 30)),
        (7, time(0), time(0)),
    ]
    page = manager.open("/hours").text
    rows = table(page, "From 3 September 2012: 01603 307797, out of hours 07876 137828")
    assert rows[1:] == [["Monday", "08:00", "12:30"], ["Sunday", "00:00", "midnight"]]
    assert "Open until 5:30pm" in words(page)


def test_a_wrong_time_is_said_at_its_field(pages: Turned) -> None:
    manager = pages.visit("manager")
    sent = manager.fill_in("/hours/week", **FROM_SEPTEMBER, **NUMBERS, monday_opens="8am", monday_closes="late")
    assert sent.status_code == 422
    assert '<a href="#monday_closes">' in sent.text
    assert 'value="8am"' in sent.text
    turned_round = {"monday_opens": "5pm", "monday_closes": "8am"}
    sent = manager.fill_in("/hours/week", **FROM_SEPTEMBER, **NUMBERS, **turned_round)
    assert "On Monday the line would close before it opens" in sent.text
    assert pages.platform.events(HoursSet) == []


def test_a_closing_day_is_added_and_withdrawn(pages: Turned) -> None:
    manager = pages.visit("manager")
    friday = {"day-day": "6", "day-month": "4", "day-year": "2012"}
    assert manager.fill_in("/hours/holiday", **friday, name="Good Friday").location == "/hours"
    page = manager.open("/hours").text
    assert table(page, "Days on which the line is closed all day")[1][:2] == ["6 April 2012", "Good Friday"]
    assert "/hours/withdraw?day=2012-04-06" in page
    assert 'value="2012"' in manager.open("/hours/withdraw?day=2012-04-06").text
    assert manager.fill_in("/hours/withdraw?day=2012-04-06", **friday).location == "/hours"
    assert len(pages.platform.events(HolidayWithdrawn)) == 1


def test_a_target_is_set_and_ended(pages: Turned) -> None:
    manager = pages.visit("manager")
    target = {"category": "day_to_day", **FROM_SEPTEMBER}
    assert manager.fill_in("/hours/target", **target, minutes="90").location == "/hours"
    later = {**target, "begins-year": "2013"}
    assert manager.fill_in("/hours/target", **later, minutes="").location == "/hours"
    assert [each.minutes for each in pages.platform.events(ResponseTargetSet)] == [90, None]
    rows = table(manager.open("/hours").text, "Targets by the day from which they hold")
    assert rows[1:] == [
        ["Day-to-day issue", "3 September 2012", "90 minutes of opening time"],
        ["Day-to-day issue", "3 September 2013", "No target"],
    ]


def test_others_change_nothing(pages: Turned) -> None:
    duty = pages.visit("duty")
    assert duty.open("/hours/week").status_code == 403
    token = hidden_fields(duty.open("/hours"))["csrf_token"]
    form_id = "6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4"
    friday = {"day-day": "6", "day-month": "4", "day-year": "2012"}
    sent = duty.send("/hours/holiday", csrf_token=token, form_id=form_id, name="Good Friday", **friday)
    assert sent.status_code == 403
    assert duty.open("/hours/nonsense").status_code == 404
