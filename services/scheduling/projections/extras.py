"""The chargeable services of each school and year, from recommendation to delivery."""

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import ServiceCancelled, ServiceDelivered, ServiceOrdered, ServiceRecommended

_tables = MetaData()
service = Table(
    "service",
    _tables,
    Column("number", String, primary_key=True),
    Column("urn", Integer),
    Column("year", Integer),
    Column("service", String),
    Column("purpose", String),
    Column("asked_by", String),
    Column("recommended", Date),
    Column("ordered", Date),
    Column("quantity", Integer),
    Column("delivered", Integer),
    Column("last_delivered", Date),
    Column("cancelled", Date),
    Column("reason", String),
    Index("service_of_school", "urn"),
)
extras = Projection("scheduling.extras", version=1, tables=[service])

_NEW = {"recommended": None, "delivered": 0, "last_delivered": None, "cancelled": None, "reason": None}


@extras.on(ServiceRecommended)
def _recommended(event: ServiceRecommended, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        service,
        **_NEW
        | {
            "number": event.order,
            "urn": event.urn,
            "year": event.year,
            "service": event.service,
            "purpose": event.purpose,
            "asked_by": "la",
            "recommended": recorded.metadata.effective_on,
            "ordered": None,
            "quantity": 0,
        },
    )


@extras.on(ServiceOrdered)
def _ordered(event: ServiceOrdered, recorded: RecordedEvent, work: Work) -> None:
    before = work.row(service, (event.order,)) or _NEW
    said = {name: getattr(event, name) for name in ("urn", "year", "service", "purpose", "asked_by", "quantity")}
    work.put(service, **{**before, **said, "number": event.order, "ordered": recorded.metadata.effective_on})


@extras.on(ServiceDelivered)
def _delivered(event: ServiceDelivered, recorded: RecordedEvent, work: Work) -> None:
    row = work.row(service, (event.order,))
    if row is None:
        raise LookupError(f"service {event.order} was delivered before it was ordered")
    work.change(service, (event.order,), delivered=row["delivered"] + event.quantity, last_delivered=event.delivered)


@extras.on(ServiceCancelled)
def _cancelled(event: ServiceCancelled, recorded: RecordedEvent, work: Work) -> None:
    metadata = recorded.metadata
    work.change(service, (event.order,), cancelled=metadata.effective_on, reason=metadata.reason)
