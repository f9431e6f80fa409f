"""The tables of billing's read model. Money is whole pence, net of VAT."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Uuid

metadata = MetaData()

charge = Table(
    "charge",
    metadata,
    Column("charge", String, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("item", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("months", Integer),
    Column("net", BigInteger, nullable=False),
    Column("tax_date", Date, nullable=False),
    Column("school_status", String, nullable=False),
    Column("route", String, nullable=False),
    Column("delivery_event", Uuid),
    Column("cause_event", Uuid),
    Column("reverses", String),
    Column("reversed_by", String),
    Column("batch", String),
    Column("vat_code", String),
    Column("purchase_order", String),
    Column("settled", Date),
    Column("reference", String),
    Column("position", BigInteger, nullable=False),
    Index("charge_school", "urn", "year"),
    Index("charge_year", "year"),
    Index("charge_batch", "batch"),
    Index("charge_delivery", "delivery_event"),
)
"""One row for each line of an account. `vat_code` and `purchase_order` are as exported; null until then."""

total = Table(
    "total",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("route", String, primary_key=True),
    Column("charges", Integer, nullable=False),
    Column("net", BigInteger, nullable=False),
)
price = Table(
    "price",
    metadata,
    Column("item", String, primary_key=True),
    Column("school_status", String, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("pence", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)
vat_code = Table(
    "vat_code",
    metadata,
    Column("item", String, primary_key=True),
    Column("school_status", String, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("code", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)
purchase_order = Table(
    "purchase_order",
    metadata,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", String, nullable=False),
)
batch = Table(
    "batch",
    metadata,
    Column("batch", String, primary_key=True),
    Column("route", String, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("net", BigInteger, nullable=False),
    Column("digest", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("item", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Index("delivery_year", "year"),
)
"""What is to be charged: a subscription (its item is SUBSCRIPTION) or a delivered service."""

SUBSCRIPTION = "programme"
"""The item of a subscription, whatever its programme is charged by."""

stop = Table(
    "stop",
    metadata,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("ends", Date, nullable=False),
)
school = Table("school", metadata, Column("urn", Integer, primary_key=True), Column("name", String, nullable=False))
explaining = Table(
    "explaining",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("type", String, nullable=False),
    Column("stream", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("explaining_stream", "stream"),
)
"""Where the events are that charges point to."""

TABLES = (charge, total, price, vat_code, purchase_order, batch, delivery, stop, school, explaining)
