"""The desk's read model: what every call has come to, every inspection, the calendar, and who may be named."""

from typing import Any

import msgspec
from msgspec import UNSET

from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.times import LONDON, to_micros
from services.core.work import Work
from services.helpdesk.calendar import Calendar, evolve
from services.helpdesk.events import (
    AdviserTold,
    CallAnswered,
    CallAssigned,
    CallClosed,
    CallerErased,
    CallReceived,
    CallReopened,
    CallResolved,
    ContactAcknowledged,
    FeedbackArranged,
    HolidaySet,
    HolidayWithdrawn,
    HoursSet,
    InspectionDatesChanged,
    InspectionOutcomeRecorded,
    ManagerContacted,
    OfstedCallReceived,
    ResponseTargetSet,
)
from services.helpdesk.projections.tables import (
    TABLES,
    calendar,
    call,
    holder,
    inspection,
    latest_holding,
    person,
    school,
)
from services.helpdesk.shipped_hours import shipped_calendar
from services.scheduling.events import (
    PersonErased,
    PersonRegistered,
    SchoolChanged,
    SchoolRegistered,
    TenureBegan,
    TenureEnded,
)

THE_CALENDAR = 1
"""The key of its one row."""

calls = Projection("helpdesk.calls", version=1, tables=TABLES)


@calls.on(HoursSet, HolidaySet, HolidayWithdrawn, ResponseTargetSet)
def _calendar_changed(event: Event, recorded: RecordedEvent, work: Work) -> None:
    row = work.row(calendar, (THE_CALENDAR,))
    before = unpack(row["packed"]) if row else shipped_calendar()
    work.put(calendar, id=THE_CALENDAR, packed=msgspec.json.encode(evolve(before, event)).decode())


def unpack(packed: str) -> Calendar:
    """The calendar in a row."""
    return msgspec.json.decode(packed, type=Calendar)


@calls.on(CallReceived)
def _received(event: CallReceived, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        call,
        **_came(event, recorded),
        category=event.category,
        ofsted=False,
        channel=event.channel,
        urgency=event.urgency,
        summary=_sealed(event, recorded, "summary"),
    )


@calls.on(OfstedCallReceived)
def _ofsted_received(event: OfstedCallReceived, recorded: RecordedEvent, work: Work) -> None:
    work.put(call, **_came(event, recorded), category=event.kind, ofsted=True)
    work.put(
        inspection,
        call=event.call,
        begins=event.begins,
        ends=event.ends,
        told_at=to_micros(event.told_at),
        invites_authority=event.invites_authority,
        **{field: _sealed(event, recorded, field) for field in ("lead_inspector", "team", "briefing_issues")},
    )


def _came(event: CallReceived | OfstedCallReceived, recorded: RecordedEvent) -> dict[str, Any]:
    return {
        "call": event.call,
        "urn": event.urn,
        "caller_role": event.caller_role,
        "received_at": to_micros(event.received_at),
        "received_on": event.received_at.astimezone(LONDON).date(),
        "taken_by": recorded.metadata.actor,
        "out_of_hours": event.out_of_hours,
        "respond_by": to_micros(event.respond_by) if event.respond_by else None,
        "caller": _sealed(event, recorded, "caller"),
        "closed": False,
    }


@calls.on(ManagerContacted)
def _contacted(event: ManagerContacted, recorded: RecordedEvent, work: Work) -> None:
    at = to_micros(event.contacted_at)
    work.change(call, (event.call,), manager=event.manager, contacted_at=at, acknowledged_at=None)


@calls.on(ContactAcknowledged)
def _acknowledged(event: ContactAcknowledged, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), manager=recorded.metadata.actor, acknowledged_at=recorded.recorded_at)


@calls.on(CallAssigned)
def _assigned(event: CallAssigned, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), assigned=event.to)


@calls.on(CallAnswered)
def _answered(event: CallAnswered, recorded: RecordedEvent, work: Work) -> None:
    work.change(
        call,
        (event.call,),
        answered_at=to_micros(event.answered_at),
        open_seconds=event.open_seconds,
        in_time=event.in_time,
        advice=_sealed(event, recorded, "advice"),
    )


@calls.on(CallResolved)
def _resolved(event: CallResolved, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), resolved_at=to_micros(event.resolved_at), follow_up=event.follow_up)


@calls.on(CallClosed)
def _closed(event: CallClosed, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), closed=True)


@calls.on(CallReopened)
def _reopened(event: CallReopened, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), resolved_at=None, follow_up=None, closed=False)


@calls.on(CallerErased)
def _caller_erased(event: CallerErased, recorded: RecordedEvent, work: Work) -> None:
    work.change(call, (event.call,), erased_on=recorded.metadata.effective_on)


@calls.on(AdviserTold)
def _adviser_told(event: AdviserTold, recorded: RecordedEvent, work: Work) -> None:
    work.change(inspection, (event.call,), adviser=event.adviser, adviser_told_at=recorded.recorded_at)


@calls.on(InspectionDatesChanged)
def _dates_changed(event: InspectionDatesChanged, recorded: RecordedEvent, work: Work) -> None:
    work.change(inspection, (event.call,), begins=event.begins, ends=event.ends)


@calls.on(FeedbackArranged)
def _feedback_arranged(event: FeedbackArranged, recorded: RecordedEvent, work: Work) -> None:
    at = to_micros(event.feedback_at)
    work.change(inspection, (event.call,), attends=event.attends, attending=event.person_attending, feedback_at=at)


@calls.on(InspectionOutcomeRecorded)
def _outcome_recorded(event: InspectionOutcomeRecorded, recorded: RecordedEvent, work: Work) -> None:
    work.change(inspection, (event.call,), outcome=event.outcome)


@calls.on(SchoolRegistered)
def _school_registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name)


@calls.on(SchoolChanged)
def _school_changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.name is not UNSET:
        work.change(school, (event.urn,), name=event.name)


@calls.on(PersonRegistered)
def _person_registered(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(person, person=event.person, name=_sealed(event, recorded, "name"))


@calls.on(TenureBegan)
def _tenure_began(event: TenureBegan, recorded: RecordedEvent, work: Work) -> None:
    if event.urn is None:
        work.put(holder, person=event.person, role=event.role, begins=event.begins, ends=None)
        work.put(latest_holding, person=event.person, role=event.role, begins=event.begins)


@calls.on(TenureEnded)
def _tenure_ended(event: TenureEnded, recorded: RecordedEvent, work: Work) -> None:
    latest = None if event.urn else work.row(latest_holding, (event.person, event.role))
    if latest is not None:
        work.change(holder, (event.person, event.role, latest["begins"]), ends=event.ends)


@calls.on(PersonErased)
def _person_erased(event: PersonErased, recorded: RecordedEvent, work: Work) -> None:
    work.delete(person, (event.person,))


def _sealed(event: Any, recorded: RecordedEvent, field: str) -> str | None:
    """A personal field as it is kept; None where the event holds nothing in it."""
    text = getattr(event, field)
    return None if text is None else Sealed(event.person, recorded.event_id, field, text).pack()
