"""The duty desk: the order of the queue, and what a call goes through until it is closed."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.helpdesk.events import CallReceived
from tests.helpdesk.calls import SCHOOL, fields, ofsted_fields
from tests.platform import PEOPLE, Platform

AT = "2012-03-08T09:30:00Z"


def desk(platform: Platform, at: str = AT) -> Any:
    return platform.ask("helpdesk.Desk", by="duty", at=at)


def test_the_queue_is_by_the_clock_left_with_ofsted_first(platform: Platform) -> None:
    for category, minutes in (("day_to_day", 120), ("other_ofsted", 10)):
        target: dict[str, Any] = {"category": category, "minutes": minutes, "begins": "2012-03-01"}
        platform.do("helpdesk.SetResponseTarget", by="manager", **target)
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("untargeted", category="during_inspection"))
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("two-hours"))
    platform.do("helpdesk.ReceiveCall", by="duty", **fields("overdue", category="other_ofsted"))
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields("ofsted"))
    waiting = desk(platform).queue
    assert [(each.call, each.seconds_left) for each in waiting] == [
        ("ofsted", None),
        ("overdue", -20 * 60),
        ("two-hours", 90 * 60),
        ("untargeted", None),
    ]


def test_the_clock_stands_still_while_the_line_is_closed(platform: Platform) -> None:
    target: dict[str, Any] = {"category": "day_to_day", "minutes": 120, "begins": "2012-03-01"}
    platform.do("helpdesk.SetResponseTarget", by="manager", **target)
    platform.on(date(2012, 3, 8), time(17)).do(
        "helpdesk.ReceiveCall", by="duty", **fields(received_at="2012-03-08T16:30:00Z")
    )
    left = [desk(platform, at).queue[0].seconds_left for at in ("2012-03-08T17:30:00Z", "2012-03-09T08:00:00Z")]
    assert left == [3_600, 3_600]


def test_a_call_leaves_the_queue_when_it_is_resolved_and_comes_back_when_opened_again(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    platform.do("helpdesk.AssignCall", by="duty", call="c1", to="adviser-2")
    answer: dict[str, Any] = {"call": "c1", "answered_at": "2012-03-08T09:10:00Z", "advice": "Rang back."}
    with pytest.raises(Refused, match="whom the call was given to"):
        platform.do("helpdesk.AnswerCall", by="adviser", **answer)
    platform.do("helpdesk.AnswerCall", by="adviser-2", **answer)
    (waiting,) = desk(platform).queue
    assert (waiting.state, waiting.assigned_name) == ("answered", "Adviser-2")
    platform.do("helpdesk.ResolveCall", by="adviser-2", call="c1", follow_up="2012-03-20")
    assert desk(platform).queue == ()
    assert desk(platform, "2012-03-19T09:00:00Z").follow_ups == ()
    assert [each.call for each in desk(platform, "2012-03-20T09:00:00Z").follow_ups] == ["c1"]
    platform.do("helpdesk.CloseCall", by="duty", call="c1")
    assert desk(platform, "2012-03-20T09:00:00Z").follow_ups == ()
    platform.do("helpdesk.ReopenCall", by="duty", call="c1", because="They called again.")
    assert [each.state for each in desk(platform).queue] == ["answered"]
    (line,) = platform.ask("helpdesk.SchoolCalls", by="head", urn=SCHOOL)
    assert (line.state, line.open_seconds, line.in_time) == ("answered", 600, None)


def test_edge_same_event_delivered_twice_or_late_a_call_sent_twice_is_one(platform: Platform) -> None:
    again = uuid4()
    for _ in range(2):
        platform.do("helpdesk.ReceiveCall", by="duty", again=again, **fields())
    platform.do("helpdesk.ReceiveCall", by="duty", **fields())
    assert len(platform.events(CallReceived)) == 1


def test_only_the_desk_takes_calls(platform: Platform) -> None:
    for person in set(PEOPLE) - {"duty", "duty-manager"}:
        for name, sent in (("helpdesk.ReceiveCall", fields()), ("helpdesk.ReceiveOfstedCall", ofsted_fields())):
            with pytest.raises(Forbidden):
                platform.do(name, by=person, **sent)


def test_nobody_but_the_platform_tells_the_adviser(platform: Platform) -> None:
    platform.do("helpdesk.ReceiveOfstedCall", by="duty", **ofsted_fields())
    with pytest.raises(Forbidden):
        platform.do("helpdesk.TellAdviser", by="duty", call="o1", urn=SCHOOL)
