"""The read model of charges: a row for each line, totals by year and route, batches, prices, and what explains them."""

from typing import Any

from msgspec import UNSET

from services.billing.events import (
    BatchExported,
    ChargeRaised,
    ChargeReversed,
    ChargeSettled,
    PartYearCharged,
    PriceSet,
    PurchaseOrderRecorded,
    VatCodeSet,
)
from services.billing.projections.tables import (
    SUBSCRIPTION,
    TABLES,
    batch,
    charge,
    delivery,
    explaining,
    price,
    purchase_order,
    school,
    stop,
    total,
    vat_code,
)
from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import (
    ProgrammeSettled,
    SchoolChanged,
    SchoolRegistered,
    SchoolsLinked,
    SchoolSubscribed,
    ServiceDelivered,
    SubscriptionEnded,
)

charges = Projection("billing.charges", version=3, tables=TABLES)

AccountLine = ChargeRaised | PartYearCharged | ChargeReversed


@charges.on(ChargeRaised)
def _charge_raised(event: ChargeRaised, recorded: RecordedEvent, work: Work) -> None:
    _add(event, recorded, work, quantity=event.quantity, delivery_event=event.delivery_event)


@charges.on(PartYearCharged)
def _part_year_charged(event: PartYearCharged, recorded: RecordedEvent, work: Work) -> None:
    why = {"delivery_event": event.delivery_event, "cause_event": event.cause_event}
    _add(event, recorded, work, quantity=1, months=event.months, **why)


@charges.on(ChargeReversed)
def _charge_reversed(event: ChargeReversed, recorded: RecordedEvent, work: Work) -> None:
    _add(event, recorded, work, quantity=1, reverses=event.reverses, cause_event=event.cause_event)
    work.change(charge, (event.reverses,), reversed_by=event.charge)


def _add(event: AccountLine, recorded: RecordedEvent, work: Work, **own: Any) -> None:
    work.put(
        charge,
        charge=event.charge,
        urn=event.urn,
        year=event.year,
        item=event.item,
        net=event.net,
        tax_date=event.tax_date,
        school_status=event.school_status,
        route=event.route,
        position=recorded.position,
        **own,
    )
    work.add(total, (event.year, event.route), charges=1, net=event.net)


@charges.on(BatchExported)
def _exported(event: BatchExported, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        batch,
        batch=event.batch,
        route=event.route,
        lines=len(event.lines),
        net=event.net,
        digest=event.digest,
        position=recorded.position,
    )
    for line in event.lines:
        sent = {"batch": event.batch, "vat_code": line.vat_code, "purchase_order": line.purchase_order}
        work.change(charge, (line.charge,), **sent)


@charges.on(ChargeSettled)
def _settled(event: ChargeSettled, recorded: RecordedEvent, work: Work) -> None:
    work.change(charge, (event.charge,), settled=event.settled, reference=event.reference)


@charges.on(PriceSet)
def _price_set(event: PriceSet, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        price,
        item=event.item,
        school_status=event.school_status,
        begins=event.begins,
        pence=event.pence,
        position=recorded.position,
    )
    _may_explain(recorded, work)


@charges.on(VatCodeSet)
def _vat_code_set(event: VatCodeSet, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        vat_code,
        item=event.item,
        school_status=event.school_status,
        begins=event.begins,
        code=event.code,
        position=recorded.position,
    )


@charges.on(PurchaseOrderRecorded)
def _order_recorded(event: PurchaseOrderRecorded, recorded: RecordedEvent, work: Work) -> None:
    work.put(purchase_order, urn=event.urn, year=event.year, number=event.number)


@charges.on(SchoolRegistered)
def _school_registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name)
    _may_explain(recorded, work)


@charges.on(SchoolChanged)
def _school_changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.name is not UNSET:
        work.change(school, (event.urn,), name=event.name)
    _may_explain(recorded, work)


@charges.on(SchoolSubscribed)
def _school_subscribed(event: SchoolSubscribed, recorded: RecordedEvent, work: Work) -> None:
    bought = {"urn": event.urn, "year": event.year, "item": SUBSCRIPTION, "quantity": 1, "day": event.begins}
    work.put(delivery, event_id=recorded.id, **bought)
    _may_explain(recorded, work)


@charges.on(ServiceDelivered)
def _service_delivered(event: ServiceDelivered, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        delivery,
        event_id=recorded.id,
        urn=event.urn,
        year=event.year,
        item=event.service,
        quantity=event.quantity,
        day=event.delivered,
    )
    _may_explain(recorded, work)


@charges.on(SubscriptionEnded)
def _subscription_ended(event: SubscriptionEnded, recorded: RecordedEvent, work: Work) -> None:
    work.put(stop, urn=event.urn, year=event.year, ends=event.ends)
    _may_explain(recorded, work)


@charges.on(ProgrammeSettled)
def _programme_settled(event: ProgrammeSettled, recorded: RecordedEvent, work: Work) -> None:
    _may_explain(recorded, work)


@charges.on(SchoolsLinked)
def _schools_linked(event: SchoolsLinked, recorded: RecordedEvent, work: Work) -> None:
    _may_explain(recorded, work)


def _may_explain(recorded: RecordedEvent, work: Work) -> None:
    where = {"stream": recorded.stream, "position": recorded.position}
    work.put(explaining, event_id=recorded.id, type=recorded.type, **where)
