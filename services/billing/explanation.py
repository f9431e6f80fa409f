"""Explains a charge by the events that made it what it is: the price, the school's status, and what was delivered."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from services.billing.events import ChargeRaised, PriceSet
from services.billing.statements import Line
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.scheduling.events import SchoolChanged, SchoolRegistered, SchoolSubscribed


class Evidence(Struct, frozen=True):
    """Where an event stands in the log, who recorded it and why. `hash` is the SHA-256 of the stored event in hex;
    `by` is a person id or the name of a policy."""

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
    """The subscription that was charged."""

    programme: str
    year: int
    begins: date
    evidence: Evidence


class Explanation(Struct, frozen=True):
    """A charge opened down to its events. `adds_up` says that quantity times price is the net charged."""

    line: Line
    raised: Evidence
    price: PriceBehind
    status: StatusBehind
    delivery: DeliveryBehind
    adds_up: bool


class Unexplained(Exception):
    """A charge points to an event that is missing or not of the kind that explains it."""


def explain(line: Line, raised: RecordedEvent, opened: Callable[[UUID], RecordedEvent]) -> Explanation:
    """The explanation of a line from its event and the three that it names. Raises Unexplained."""
    charge = raised.data
    if not isinstance(charge, ChargeRaised):
        raise Unexplained(f"{line.charge} stands on {raised.type}")
    price, status, delivery = (opened(e) for e in (charge.price_event, charge.status_event, charge.delivery_event))
    match price.data, status.data, delivery.data:
        case PriceSet() as set_, SchoolRegistered() | SchoolChanged() as school, SchoolSubscribed() as subscribed:
            return Explanation(
                line=line,
                raised=_evidence(raised, charge),
                price=PriceBehind(set_.item, set_.school_status, set_.pence, set_.begins, _evidence(price, set_)),
                status=StatusBehind(
                    line.school_status,
                    school.school_type or None,
                    school.type_group or None,
                    status.metadata.effective_on,
                    _evidence(status, school),
                ),
                delivery=DeliveryBehind(
                    subscribed.programme, subscribed.year, subscribed.begins, _evidence(delivery, subscribed)
                ),
                adds_up=line.quantity * set_.pence == line.net,
            )
    raise Unexplained(f"{line.charge} points to {price.type}, {status.type} and {delivery.type}")


def _evidence(recorded: RecordedEvent, event: Event) -> Evidence:
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
    )
