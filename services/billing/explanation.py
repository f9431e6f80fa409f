"""Explains a line of an account by the events that made it what it is: price, status, delivery, and what changed."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from services.billing.contract_terms import all_terms, contract_year, terms_on
from services.billing.events import ChargeRaised, ChargeReversed, PartYearCharged, PriceSet
from services.billing.part_years import share
from services.billing.statements import Line
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.scheduling.events import (
    ProgrammeSettled,
    SchoolChanged,
    SchoolRegistered,
    SchoolsLinked,
    SchoolSubscribed,
    ServiceDelivered,
    SubscriptionEnded,
)


class Evidence(Struct, frozen=True):
    """Where an event stands in the log, who recorded it and why. `hash` is the SHA-256 of the stored event in hex;
    `by` is a person id or the name of a policy; `concerns` are the schools whose history shows it."""

    event_id: UUID
    type: str
    stream: str
    version: int
    position: int
    hash: str
    recorded_at: datetime
    effective_on: date
    by: str
    role: str
    reason: str | None
    says: str
    concerns: tuple[int, ...]


class PriceBehind(Struct, frozen=True):
    """The price on the tax date, in whole pence."""

    item: str
    school_status: str
    pence: int
    begins: date
    evidence: Evidence


class StatusBehind(Struct, frozen=True):
    """What gave the school its status; None where the event left the type or its group as it was."""

    school_status: str
    school_type: str | None
    type_group: str | None
    effective_from: date
    evidence: Evidence


class DeliveryBehind(Struct, frozen=True):
    """What was charged: a subscription, a settled programme or a delivered service, with the school that it was
    recorded for (the predecessor, where a school goes on with its programme) and its first day."""

    what: str
    urn: int
    year: int
    begins: date
    evidence: Evidence


class Explanation(Struct, frozen=True):
    """A line opened down to its events. `adds_up` says that the net is what they come to.

    A charge has a price, a status and a delivery, and lies in a year of the school's `contract` (its first and last
    day); one for part of a year has also the `cause` of the parts. A line that takes a charge back has its cause and
    that charge, explained in turn (`reverses`)."""

    line: Line
    raised: Evidence
    adds_up: bool
    price: PriceBehind | None = None
    status: StatusBehind | None = None
    delivery: DeliveryBehind | None = None
    contract: tuple[date, date] | None = None
    cause: Evidence | None = None
    reverses: "Explanation | None" = None


class Unexplained(Exception):
    """A charge points to an event that is missing or not of the kind that explains it."""


Opened = Callable[[UUID], RecordedEvent]


def explain(line: Line, raised: RecordedEvent, reverses: Explanation | None, opened: Opened) -> Explanation:
    """The explanation of a line from its event and those that it names; `reverses` is that of the charge which it takes
    back, if it does. Raises Unexplained."""
    match raised.data:
        case ChargeRaised() as charge:
            return _charge(line, raised, charge, opened)
        case PartYearCharged() as part:
            return _charge(line, raised, part, opened)
        case ChargeReversed() as reversal if reverses is not None:
            adds_up = reverses.adds_up and line.net == -reverses.line.net
            cause = _cause(opened(reversal.cause_event))
            return Explanation(line, evidence_of(raised, reversal), adds_up, cause=cause, reverses=reverses)
    raise Unexplained(f"{line.charge} stands on {raised.type}")


def _charge(line: Line, raised: RecordedEvent, charge: ChargeRaised | PartYearCharged, opened: Opened) -> Explanation:
    price, status, delivery = (opened(e) for e in (charge.price_event, charge.status_event, charge.delivery_event))
    match price.data, status.data, delivery.data:
        case (
            PriceSet() as set_,
            SchoolRegistered() | SchoolChanged() as school,
            SchoolSubscribed() | ProgrammeSettled() | ServiceDelivered() as delivered,
        ):
            return Explanation(
                line=line,
                raised=evidence_of(raised, charge),
                adds_up=_adds_up(line, set_.pence),
                price=PriceBehind(set_.item, set_.school_status, set_.pence, set_.begins, evidence_of(price, set_)),
                status=StatusBehind(
                    line.school_status,
                    school.school_type or None,
                    school.type_group or None,
                    status.metadata.effective_on,
                    evidence_of(status, school),
                ),
                delivery=_delivery(delivery, delivered),
                contract=_contract(line),
                cause=_cause(opened(charge.cause_event)) if isinstance(charge, PartYearCharged) else None,
            )
    raise Unexplained(f"{line.charge} points to {price.type}, {status.type} and {delivery.type}")


def _contract(line: Line) -> tuple[date, date] | None:
    terms = terms_on(line.tax_date, line.school_status, all_terms())
    return contract_year(terms, line.tax_date) if terms else None


def _adds_up(line: Line, pence: int) -> bool:
    """Quantity times price; for part of a year, what so many months come to wherever they lie in it (BR8)."""
    if line.months is None:
        return line.quantity * pence == line.net
    return line.net in {share(pence, first, first + line.months) for first in range(13 - line.months)}


Delivered = SchoolSubscribed | ProgrammeSettled | ServiceDelivered


def _delivery(recorded: RecordedEvent, event: Delivered) -> DeliveryBehind:
    if isinstance(event, ServiceDelivered):
        what, begins = event.service.replace("-", " "), event.delivered
    else:
        what, begins = f"{event.programme} programme", event.begins
    return DeliveryBehind(what, event.urn, event.year, begins, evidence_of(recorded, event))


def _cause(recorded: RecordedEvent) -> Evidence:
    match recorded.data:
        case SchoolsLinked() | SchoolChanged() | ProgrammeSettled() | SubscriptionEnded() as event:
            return evidence_of(recorded, event)
    raise Unexplained(f"{recorded.type} is no reason to change a charge")


def evidence_of(recorded: RecordedEvent, event: Event) -> Evidence:
    metadata = recorded.metadata
    return Evidence(
        event_id=recorded.id,
        type=recorded.type,
        stream=recorded.stream,
        version=recorded.version,
        position=recorded.position,
        hash=recorded.hash.hex(),
        recorded_at=recorded.recorded,
        effective_on=metadata.effective_on,
        by=metadata.actor,
        role=metadata.role,
        reason=metadata.reason,
        says=event.says(),
        concerns=event.concerns(),
    )
