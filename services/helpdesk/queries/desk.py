"""The duty desk at an instant: what waits, in the order of the clock, and what came while the line was closed."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from services.core.commands import Query, query
from services.core.service import Reading
from services.core.times import LONDON, from_micros, to_micros
from services.helpdesk.calendar import Calendar
from services.helpdesk.projections.tables import call, school
from services.helpdesk.queries.shown import Names, calendar_now, instant, state_of

_NAMED = func.coalesce(school.c.name, "").label("school")
CALLS = select(call, _NAMED).join_from(call, school, call.c.urn == school.c.urn, isouter=True)
"""Every call with the name of its school."""


@query("helpdesk.Desk")
class Desk(Query, frozen=True):
    """The duty desk at an instant."""

    at: datetime


class Waiting(Struct, frozen=True):
    """A call that is not resolved. `seconds_left` is opening time until the first response is due, below 0 when it is
    overdue; None without a target, or once answered. `unacknowledged_minutes` counts since a contact that nobody has
    confirmed (HR3)."""

    call: str
    urn: int
    school: str
    category: str
    ofsted: bool
    urgency: str | None
    caller_role: str
    received_at: datetime
    out_of_hours: bool
    state: str
    respond_by: datetime | None
    seconds_left: int | None
    manager: str | None
    manager_name: str | None
    contacted_at: datetime | None
    acknowledged_at: datetime | None
    unacknowledged_minutes: int | None
    assigned: str | None
    assigned_name: str | None


class DeskNow(Struct, frozen=True):
    """`queue`: contacts that nobody confirmed first, then Ofsted calls (HR2), then by clock left. `out_of_hours` came
    since the line last closed before this day. `follow_ups` are resolved calls to ask about by today."""

    queue: tuple[Waiting, ...]
    out_of_hours: tuple[Waiting, ...]
    follow_ups: tuple[Waiting, ...]


def desk(asked: Desk, reading: Reading) -> DeskNow:
    at, calendar, names = asked.at, calendar_now(reading), Names(reading)
    day = at.astimezone(LONDON).date()
    since = calendar.closed_before(day)
    came = call.c.received_at <= to_micros(at)
    night = CALLS.where(came, call.c.out_of_hours, call.c.received_at >= (to_micros(since) if since else 0))
    open_calls = CALLS.where(came, call.c.resolved_at.is_(None))
    to_follow = CALLS.where(call.c.follow_up <= day, call.c.closed.is_(False)).order_by(call.c.follow_up, call.c.call)

    def read(wanted: Any) -> list[Waiting]:
        return [_waiting(row, at, calendar, names) for row in reading.db.execute(wanted)]

    return DeskNow(
        queue=tuple(sorted(read(open_calls), key=_order)),
        out_of_hours=tuple(read(night.order_by(call.c.received_at, call.c.call))),
        follow_ups=tuple(read(to_follow)),
    )


def _waiting(row: Any, at: datetime, calendar: Calendar, names: Names) -> Waiting:
    due, contacted = instant(row.respond_by), instant(row.contacted_at)
    unconfirmed = contacted is not None and row.acknowledged_at is None
    return Waiting(
        call=row.call,
        urn=row.urn,
        school=row.school,
        category=row.category,
        ofsted=row.ofsted,
        urgency=row.urgency,
        caller_role=row.caller_role,
        received_at=from_micros(row.received_at),
        out_of_hours=row.out_of_hours,
        state=state_of(row),
        respond_by=due,
        seconds_left=None if due is None or row.answered_at is not None else _left(calendar, at, due),
        manager=row.manager,
        manager_name=names.of(row.manager),
        contacted_at=contacted,
        acknowledged_at=instant(row.acknowledged_at),
        unacknowledged_minutes=(at - contacted) // timedelta(minutes=1) if contacted and unconfirmed else None,
        assigned=row.assigned,
        assigned_name=names.of(row.assigned),
    )


def _left(calendar: Calendar, at: datetime, due: datetime) -> int:
    return calendar.open_seconds(at, due) if at < due else -calendar.open_seconds(due, at)


def _order(waiting: Waiting) -> tuple[Any, ...]:
    unconfirmed = waiting.unacknowledged_minutes
    return (
        unconfirmed is None,
        -(unconfirmed or 0),
        waiting.state != "received",
        not waiting.ofsted,
        waiting.seconds_left is None,
        waiting.seconds_left or 0,
        waiting.received_at,
    )
