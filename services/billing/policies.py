"""What billing does of itself: what was bought, settled and delivered is charged, and a year that falls in parts is
split."""

from collections.abc import Callable
from datetime import date
from typing import Literal, cast

from services.billing.events import PartYearCharged
from services.billing.extra_services import ChargeService
from services.billing.items import ServiceItem
from services.billing.part_years import academic_year_of, change_day
from services.billing.subscriptions import ChargeSubscription
from services.billing.successors import ChargeSuccessor
from services.billing.tailoring import ChargeTailored
from services.billing.year_split import SplitYear
from services.core.commands import Command
from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.scheduling.events import (
    PredecessorNoted,
    ProgrammeSettled,
    SchoolChanged,
    SchoolRegistered,
    SchoolSubscribed,
    ServiceDelivered,
    SubscriptionEnded,
)


def _charge_subscription(event: SchoolSubscribed, recorded: RecordedEvent) -> Command:
    return ChargeSubscription(event.urn, event.year, tax_date=event.begins, delivery_event=recorded.id)


def _charge_programme(event: ProgrammeSettled, recorded: RecordedEvent) -> Command:
    programme = cast(Literal["full", "tailored"], event.programme)
    return ChargeTailored(event.urn, event.year, programme, event.visits, event.begins, recorded.id)


def _charge_service(event: ServiceDelivered, recorded: RecordedEvent) -> Command:
    item = cast(ServiceItem, event.service)
    return ChargeService(event.urn, event.year, item, event.quantity, event.delivered, recorded.id)


def _charge_registered(years_on: int) -> Callable[[SchoolRegistered, RecordedEvent], Command | None]:
    def charge(event: SchoolRegistered, recorded: RecordedEvent) -> Command | None:
        """A school without an opening day opened before records began."""
        return ChargeSuccessor(event.urn, _year_of(event.opened) + years_on) if event.opened else None

    return charge


def _charge_noted(years_on: int) -> Callable[[PredecessorNoted, RecordedEvent], Command]:
    def charge(event: PredecessorNoted, recorded: RecordedEvent) -> Command:
        return ChargeSuccessor(event.urn, _year_of(event.established) + years_on)

    return charge


def _split_predecessor(event: PartYearCharged, recorded: RecordedEvent) -> Command | None:
    """What the successor pays for, the predecessor does not: so nothing is taken back before somebody else is charged
    for it."""
    if event.predecessor is None:
        return None
    return SplitYear(event.predecessor, event.year, event.tax_date, event.cause_event, "successor")


def _split_at_closure(years_on: int) -> Callable[[SchoolChanged, RecordedEvent], Command | None]:
    def split(event: SchoolChanged, recorded: RecordedEvent) -> Command | None:
        """The closing date is the school's last day; where none is given, it closed when the change came true."""
        if event.status != "Closed":
            return None
        at = event.closed + date.resolution if isinstance(event.closed, date) else recorded.metadata.effective_on
        return SplitYear(event.urn, _year_of(at) + years_on, at, recorded.id, "closure")

    return split


def _split_at_end(event: SubscriptionEnded, recorded: RecordedEvent) -> Command:
    return SplitYear(event.urn, event.year, event.ends, recorded.id, "stopped")


def _year_of(at: date) -> int:
    return academic_year_of(change_day(at))


POLICIES = (
    Policy("billing.charge_subscriptions", SchoolSubscribed, _charge_subscription),
    Policy("billing.charge_programmes", ProgrammeSettled, _charge_programme),
    Policy("billing.charge_services", ServiceDelivered, _charge_service),
    Policy("billing.split_years_at_closures", SchoolChanged, _split_at_closure(0)),
    Policy("billing.split_years_of_leavers", SubscriptionEnded, _split_at_end),
    # Link and registration come in either order; whichever comes last, the successor is charged.
    Policy("billing.charge_noted_successors", PredecessorNoted, _charge_noted(0)),
    Policy("billing.charge_registered_successors", SchoolRegistered, _charge_registered(0)),
    Policy("billing.split_years_of_predecessors", PartYearCharged, _split_predecessor),
    # News may come so late that the year after was bought and charged under the old number too.
    Policy("billing.end_years_after_closures", SchoolChanged, _split_at_closure(1)),
    Policy("billing.charge_noted_successors_next_year", PredecessorNoted, _charge_noted(1)),
    Policy("billing.charge_registered_successors_next_year", SchoolRegistered, _charge_registered(1)),
)
