"""Calls as the tests make them: on Thursday 8 March 2012, when the help-line was open from 08:00 to 17:30."""

from datetime import UTC, date, datetime
from typing import Any

from services.helpdesk.events import CallReceived, OfstedCallReceived
from services.helpdesk.receiving import Facts, ReceiveCall, ReceiveOfstedCall
from services.helpdesk.shipped_hours import shipped_calendar

SCHOOL = 120777
DAY = date(2012, 3, 8)
CAME = datetime(2012, 3, 8, 9, tzinfo=UTC)
BEGINS, ENDS = date(2012, 3, 13), date(2012, 3, 14)
KNOWN = Facts(shipped_calendar(), 0, is_school=True)

CALL = ReceiveCall(
    call="c1",
    urn=SCHOOL,
    received_at=CAME,
    channel="phone",
    category="day_to_day",
    urgency="routine",
    caller="Jo Field",
    caller_role="headteacher",
    summary="Asks for advice about a governor.",
)
RECEIVED = CallReceived(
    call="c1",
    urn=SCHOOL,
    received_at=CAME,
    channel="phone",
    category="day_to_day",
    urgency="routine",
    caller_role="headteacher",
    out_of_hours=False,
    hours=0,
    respond_by=None,
    person="call-c1",
    caller="Jo Field",
    summary="Asks for advice about a governor.",
)
OFSTED_CALL = ReceiveOfstedCall(
    call="o1",
    urn=SCHOOL,
    received_at=CAME,
    kind="inspection",
    told_at=CAME,
    begins=BEGINS,
    ends=ENDS,
    caller="Jo Field",
    caller_role="headteacher",
    lead_inspector="Ann Marsh",
    briefing_issues="Attendance of one year group.",
)
OFSTED_RECEIVED = OfstedCallReceived(
    call="o1",
    urn=SCHOOL,
    received_at=CAME,
    kind="inspection",
    told_at=CAME,
    begins=BEGINS,
    ends=ENDS,
    caller_role="headteacher",
    out_of_hours=False,
    hours=0,
    invites_authority=False,
    person="call-o1",
    caller="Jo Field",
    lead_inspector="Ann Marsh",
    briefing_issues="Attendance of one year group.",
)


def fields(call: str = "c1", **changed: Any) -> dict[str, Any]:
    """What a form sends for a day-to-day call."""
    return {
        "call": call,
        "urn": SCHOOL,
        "received_at": CAME.isoformat(),
        "channel": "phone",
        "category": "day_to_day",
        "urgency": "routine",
        "caller": "Jo Field",
        "caller_role": "headteacher",
        "summary": "Asks for advice about a governor.",
        **changed,
    }


def ofsted_fields(call: str = "o1", **changed: Any) -> dict[str, Any]:
    """What a form sends for an Ofsted call."""
    return {
        "call": call,
        "urn": SCHOOL,
        "received_at": CAME.isoformat(),
        "kind": "inspection",
        "told_at": CAME.isoformat(),
        "begins": BEGINS.isoformat(),
        "ends": ENDS.isoformat(),
        "caller": "Jo Field",
        "caller_role": "headteacher",
        "lead_inspector": "Ann Marsh",
        "briefing_issues": "Attendance of one year group.",
        **changed,
    }
