"""The calls of a school, and one call with its words: for those whose confidence it is in."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from services.core.audience import Audience
from services.core.authorisation import Viewer
from services.core.commands import Query, Reference, Urn, query
from services.core.service import Reading
from services.core.times import from_micros
from services.helpdesk.projections.tables import call, inspection
from services.helpdesk.queries.shown import COUNTY, Names, instant, opened, state_of


@query("helpdesk.SchoolCalls")
class SchoolCalls(Query, frozen=True):
    """Every call of a school that the asker may know of, the latest first."""

    urn: Urn


@query("helpdesk.Call")
class OneCall(Query, frozen=True):
    """One call of a school, with what was said."""

    call: Reference
    urn: Urn


class SchoolCall(Struct, frozen=True):
    """A call without its words, which the asker may open if `opens`. `open_seconds` and `in_time` are frozen; None
    until it was answered."""

    call: str
    opens: bool
    category: str
    ofsted: bool
    caller_role: str
    received_at: datetime
    out_of_hours: bool
    state: str
    answered_at: datetime | None
    open_seconds: int | None
    in_time: bool | None


class InspectionDetails(Struct, frozen=True):
    """What is known of an inspection that a school told of; names and words are None where unknown or erased."""

    begins: date
    ends: date
    told_at: datetime
    invites_authority: bool
    lead_inspector: str | None
    team: str | None
    briefing_issues: str | None
    adviser: str | None
    adviser_name: str | None
    adviser_told_at: datetime | None
    attends: str | None
    attending_name: str | None
    feedback_at: datetime | None
    outcome: str | None


class Handling(Struct, frozen=True):
    """What the desk did about a call, which is nobody's business at the school."""

    taken_by: str
    taken_by_name: str | None
    manager: str | None
    manager_name: str | None
    contacted_at: datetime | None
    acknowledged_at: datetime | None
    assigned: str | None
    assigned_name: str | None
    follow_up: date | None


class CallDetails(Struct, frozen=True):
    """A call with its words, None where there were none or they were erased; `erased_on` tells which."""

    call: str
    urn: int
    category: str
    ofsted: bool
    channel: str | None
    urgency: str | None
    caller: str | None
    caller_role: str
    summary: str | None
    received_at: datetime
    out_of_hours: bool
    state: str
    respond_by: datetime | None
    answered_at: datetime | None
    open_seconds: int | None
    in_time: bool | None
    advice: str | None
    resolved_at: datetime | None
    erased_on: date | None
    inspection: InspectionDetails | None
    handling: Handling | None


def school_calls(asked: SchoolCalls, reading: Reading) -> tuple[SchoolCall, ...]:
    viewer = reading.viewer()
    rows = reading.db.execute(
        select(call).where(call.c.urn == asked.urn).order_by(call.c.received_at.desc(), call.c.call)
    )
    lines = (_line(row, _may_open(viewer, row)) for row in rows)
    return tuple(line for line in lines if line.opens or line.ofsted)  # that Ofsted came is known to the whole school


def _line(row: Any, opens: bool) -> SchoolCall:
    return SchoolCall(
        call=row.call,
        opens=opens,
        category=row.category,
        ofsted=row.ofsted,
        caller_role=row.caller_role,
        received_at=from_micros(row.received_at),
        out_of_hours=row.out_of_hours,
        state=state_of(row),
        answered_at=instant(row.answered_at),
        open_seconds=row.open_seconds,
        in_time=row.in_time,
    )


def one_call(asked: OneCall, reading: Reading) -> CallDetails | None:
    """None when the school has no such call, or it is not for the asker."""
    wanted = select(call).where(call.c.call == asked.call, call.c.urn == asked.urn)
    row: Any = reading.db.execute(wanted).one_or_none()
    viewer = reading.viewer()
    if row is None or not _may_open(viewer, row):
        return None
    names = Names(reading)
    return CallDetails(
        call=row.call,
        urn=row.urn,
        category=row.category,
        ofsted=row.ofsted,
        channel=row.channel,
        urgency=row.urgency,
        caller=opened(row.caller, reading),
        caller_role=row.caller_role,
        summary=opened(row.summary, reading),
        received_at=from_micros(row.received_at),
        out_of_hours=row.out_of_hours,
        state=state_of(row),
        respond_by=instant(row.respond_by),
        answered_at=instant(row.answered_at),
        open_seconds=row.open_seconds,
        in_time=row.in_time,
        advice=opened(row.advice, reading),
        resolved_at=instant(row.resolved_at),
        erased_on=row.erased_on,
        inspection=_inspection(row, reading, names) if row.ofsted else None,
        handling=_handling(row, names) if viewer.has(*COUNTY) else None,
    )


def _may_open(viewer: Viewer, row: Any) -> bool:
    return viewer.has(*COUNTY) or viewer.may_open(Audience.CONFIDENTIAL, row.urn, row.received_on)


def _inspection(came: Any, reading: Reading, names: Names) -> InspectionDetails:
    row: Any = reading.db.execute(select(inspection).where(inspection.c.call == came.call)).one()
    return InspectionDetails(
        begins=row.begins,
        ends=row.ends,
        told_at=from_micros(row.told_at),
        invites_authority=row.invites_authority,
        lead_inspector=opened(row.lead_inspector, reading),
        team=opened(row.team, reading),
        briefing_issues=opened(row.briefing_issues, reading),
        adviser=row.adviser,
        adviser_name=names.of(row.adviser),
        adviser_told_at=instant(row.adviser_told_at),
        attends=row.attends,
        attending_name=names.of(row.attending),
        feedback_at=instant(row.feedback_at),
        outcome=row.outcome,
    )


def _handling(row: Any, names: Names) -> Handling:
    return Handling(
        taken_by=row.taken_by,
        taken_by_name=names.of(row.taken_by),
        manager=row.manager,
        manager_name=names.of(row.manager),
        contacted_at=instant(row.contacted_at),
        acknowledged_at=instant(row.acknowledged_at),
        assigned=row.assigned,
        assigned_name=names.of(row.assigned),
        follow_up=row.follow_up,
    )
