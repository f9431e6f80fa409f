"""What scheduling does of itself with visits: it waits for inspections, ends with a closing school, goes on at the
school's successor, and keeps the advisers' diaries true."""

from collections.abc import Callable
from datetime import date

from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.core.times import BEFORE_RECORDS, LONDON
from services.helpdesk.events import InspectionDatesChanged, OfstedCallReceived
from services.scheduling.diary import ReleaseTime, ReserveTime
from services.scheduling.events import (
    SchoolChanged,
    SchoolsLinked,
    VisitCancelled,
    VisitMoved,
    VisitNotHeld,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
    VisitReassigned,
)
from services.scheduling.programme import academic_year_of
from services.scheduling.succession import HandOverProgramme, TakeOverProgramme
from services.scheduling.visit_changes import CancelVisitsAfterClosing, HoldVisitsForInspection

_Released = VisitMoved | VisitPostponed | VisitCancelled | VisitPutOnHold | VisitNotHeld
ONE_SCHOOL = "Successor"
"""GIAS's word for a school that goes on under another number. After a merger or amalgamation another school's programme
is agreed anew."""


def _hold_called(event: OfstedCallReceived, recorded: RecordedEvent) -> HoldVisitsForInspection:
    called = event.received_at.astimezone(LONDON).date()
    return _hold(event, called)


def _hold_changed(event: InspectionDatesChanged, recorded: RecordedEvent) -> HoldVisitsForInspection:
    return _hold(event, recorded.metadata.effective_on)


def _hold(event: OfstedCallReceived | InspectionDatesChanged, called: date) -> HoldVisitsForInspection:
    year = academic_year_of(event.begins)
    return HoldVisitsForInspection(event.urn, year, event.call, called, event.begins, event.ends)


def _cancel(years_on: int) -> Callable[[SchoolChanged, RecordedEvent], CancelVisitsAfterClosing | None]:
    def cancel(event: SchoolChanged, recorded: RecordedEvent) -> CancelVisitsAfterClosing | None:
        if event.status != "Closed" and not isinstance(event.closed, date):
            return None
        closed = event.closed if isinstance(event.closed, date) else recorded.metadata.effective_on
        return CancelVisitsAfterClosing(event.urn, academic_year_of(closed) + years_on, closed)

    return cancel


def _hand_over(years_on: int) -> Callable[[SchoolsLinked, RecordedEvent], HandOverProgramme | None]:
    def hand_over(event: SchoolsLinked, recorded: RecordedEvent) -> HandOverProgramme | None:
        on = recorded.metadata.effective_on
        if event.link_type != ONE_SCHOOL or on == BEFORE_RECORDS:
            return None
        return HandOverProgramme(
            event.predecessor, academic_year_of(on) + years_on, event.successor, on, recorded.recorded
        )

    return hand_over


def _take_over(years_on: int) -> Callable[[SchoolsLinked, RecordedEvent], TakeOverProgramme | None]:
    def take_over(event: SchoolsLinked, recorded: RecordedEvent) -> TakeOverProgramme | None:
        on = recorded.metadata.effective_on
        if event.link_type != ONE_SCHOOL or on == BEFORE_RECORDS:
            return None
        return TakeOverProgramme(
            event.successor, academic_year_of(on) + years_on, event.predecessor, on, recorded.recorded
        )

    return take_over


def _reserve(event: VisitPlanned, recorded: RecordedEvent) -> ReserveTime:
    return ReserveTime(event.adviser, event.urn, event.year, event.visit, sittings=event.sittings, joint=event.joint)


def _release(event: _Released, recorded: RecordedEvent) -> ReleaseTime:
    return ReleaseTime(event.adviser, event.urn, event.year, event.visit)


def _release_former(event: VisitReassigned, recorded: RecordedEvent) -> ReleaseTime:
    return ReleaseTime(event.former, event.urn, event.year, event.visit)


visit_policies = (
    Policy("scheduling.hold_visits_for_inspection", OfstedCallReceived, _hold_called),
    Policy("scheduling.hold_visits_for_changed_inspection", InspectionDatesChanged, _hold_changed),
    # A school that closes in summer has visits planned for the year to come.
    Policy("scheduling.cancel_visits_after_closing", SchoolChanged, _cancel(0)),
    Policy("scheduling.cancel_visits_of_next_year", SchoolChanged, _cancel(1)),
    # Handed over before taken over: the time that the old school's visits had is then free for the new one's.
    Policy("scheduling.hand_over_programme", SchoolsLinked, _hand_over(0)),
    Policy("scheduling.hand_over_next_year", SchoolsLinked, _hand_over(1)),
    Policy("scheduling.take_over_programme", SchoolsLinked, _take_over(0)),
    Policy("scheduling.take_over_next_year", SchoolsLinked, _take_over(1)),
    Policy("scheduling.reserve_time", VisitPlanned, _reserve),
    Policy("scheduling.release_moved_time", VisitMoved, _release),
    Policy("scheduling.release_postponed_time", VisitPostponed, _release),
    Policy("scheduling.release_cancelled_time", VisitCancelled, _release),
    Policy("scheduling.release_held_up_time", VisitPutOnHold, _release),
    Policy("scheduling.release_missed_time", VisitNotHeld, _release),
    Policy("scheduling.release_reassigned_time", VisitReassigned, _release_former),
)
