"""The read model of charges: a row for each, totals by year and route, prices, and where the explaining events are."""

from msgspec import UNSET
from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Uuid

from services.billing.events import ChargeRaised, PriceSet
from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import SchoolChanged, SchoolRegistered, SchoolSubscribed

_metadata = MetaData()

charge = Table(
    "charge",
    _metadata,
    Column("charge", String, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("item", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("net", BigInteger, nullable=False),
    Column("tax_date", Date, nullable=False),
    Column("school_status", String, nullable=False),
    Column("route", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("charge_school", "urn", "year"),
    Index("charge_year", "year"),
)
total = Table(
    "total",
    _metadata,
    Column("year", Integer, primary_key=True),
    Column("route", String, primary_key=True),
    Column("charges", Integer, nullable=False),
    Column("net", BigInteger, nullable=False),
)
price = Table(
    "price",
    _metadata,
    Column("item", String, primary_key=True),
    Column("school_status", String, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("pence", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)
school = Table("school", _metadata, Column("urn", Integer, primary_key=True), Column("name", String, nullable=False))
explaining = Table(
    "explaining",
    _metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

charges = Projection("billing.charges", version=1, tables=[charge, total, price, school, explaining])


@charges.on(ChargeRaised)
def _charge_raised(event: ChargeRaised, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        charge,
        charge=event.charge,
        urn=event.urn,
        year=event.year,
        item=event.item,
        quantity=event.quantity,
        net=event.net,
        tax_date=event.tax_date,
        school_status=event.school_status,
        route=event.route,
        position=recorded.position,
    )
    work.add(total, (event.year, event.route), charges=1, net=event.net)


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
    _may_explain(recorded, work)


def _may_explain(recorded: RecordedEvent, work: Work) -> None:
    work.put(explaining, event_id=recorded.id, position=recorded.position)
