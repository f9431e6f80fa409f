"""Service levels are frozen: each call is measured by the calendar that it came under, whatever is set since."""

from datetime import date, time
from typing import Any

from services.helpdesk.events import CallAnswered, CallReceived
from tests.helpdesk.calls import fields
from tests.platform import Platform


def level(platform: Platform, calendar: str = "day") -> Any:
    (only,) = platform.ask("helpdesk.ServiceLevels", by="duty-manager", year=2011, calendar=calendar)
    return only


def test_edited_hours_change_no_figure_and_a_what_if_shows_the_other(platform: Platform) -> None:
    target: dict[str, Any] = {"category": "day_to_day", "begins": "2012-03-01", "minutes": 90}
    platform.do("helpdesk.SetResponseTarget", by="manager", **target)
    platform.do("helpdesk.ReceiveCall", by="duty", **fields(received_at="2012-03-08T09:00:00Z"))
    platform.do("helpdesk.SetHoliday", by="duty-manager", day="2012-03-08", name="Closed by snow")
    platform.on(date(2012, 3, 9), time(9))
    answer: dict[str, Any] = {"call": "c1", "answered_at": "2012-03-09T08:30:00Z", "advice": "Rang back."}
    platform.do("helpdesk.AnswerCall", by="duty", **answer)
    (received,), (answered,) = platform.events(CallReceived), platform.events(CallAnswered)
    assert (received.hours, received.respond_by.isoformat()) == (1, "2012-03-08T10:30:00+00:00")
    assert (answered.open_seconds, answered.in_time) == (9 * 3_600, False)
    before = level(platform)
    platform.do("helpdesk.SetResponseTarget", by="manager", **target | {"minutes": 15})
    assert level(platform) == before
    assert (before.answered, before.targeted, before.in_time, before.median_seconds) == (1, 1, 0, 9 * 3_600)
    platform.do("helpdesk.SetResponseTarget", by="manager", **target | {"minutes": 30})
    other = level(platform, "now")
    assert (other.answered, other.targeted, other.in_time, other.median_seconds) == (1, 1, 1, 1_800)


def test_levels_count_the_calls_of_one_academic_year_by_category(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("a"))
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("b", received_at="2012-03-04T09:00:00Z"))
    other = fields("c", category="other_ofsted")
    platform.do("helpdesk.ReceiveCall", by="duty", **other)
    for call, at in (("a", "2012-03-08T09:10:00Z"), ("c", "2012-03-08T09:20:00Z")):
        platform.do("helpdesk.AnswerCall", by="duty", call=call, answered_at=at, advice="Rang back.")
    levels = platform.ask("helpdesk.ServiceLevels", by="auditor", year=2011)
    assert [(each.category, each.calls, each.out_of_hours, each.answered, each.median_seconds) for each in levels] == [
        ("day_to_day", 2, 1, 1, 600),
        ("other_ofsted", 1, 0, 1, 1_200),
    ]
    assert [each.targeted for each in levels] == [0, 0]
    assert platform.ask("helpdesk.ServiceLevels", by="auditor", year=2012) == ()
