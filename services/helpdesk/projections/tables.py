"""The desk's tables: calls, inspections, the calendar as it stands, and the names that pages show. Instants are in
microseconds since 1970; what was sealed stays sealed."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table

_tables = MetaData()

call = Table(
    "call",
    _tables,
    Column("call", String, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("category", String, nullable=False),
    Column("ofsted", Boolean, nullable=False),
    Column("channel", String),
    Column("urgency", String),
    Column("caller_role", String, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("taken_by", String, nullable=False),
    Column("out_of_hours", Boolean, nullable=False),
    Column("respond_by", BigInteger),
    Column("caller", String, nullable=False),
    Column("summary", String),
    Column("manager", String),
    Column("contacted_at", BigInteger),
    Column("acknowledged_at", BigInteger),
    Column("assigned", String),
    Column("answered_at", BigInteger),
    Column("open_seconds", Integer),
    Column("in_time", Boolean),
    Column("advice", String),
    Column("resolved_at", BigInteger),
    Column("follow_up", Date),
    Column("closed", Boolean, nullable=False),
    Column("erased_on", Date),
    Index("call_school", "urn"),
    Index("call_day", "received_on"),
)
inspection = Table(
    "inspection",
    _tables,
    Column("call", String, primary_key=True),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("told_at", BigInteger, nullable=False),
    Column("invites_authority", Boolean, nullable=False),
    Column("lead_inspector", String),
    Column("team", String),
    Column("briefing_issues", String),
    Column("adviser", String),
    Column("adviser_told_at", BigInteger),
    Column("attends", String),
    Column("attending", String),
    Column("feedback_at", BigInteger),
    Column("outcome", String),
)
calendar = Table(
    "calendar",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("packed", String, nullable=False),
)
school = Table("school", _tables, Column("urn", Integer, primary_key=True), Column("name", String, nullable=False))
person = Table("person", _tables, Column("person", String, primary_key=True), Column("name", String, nullable=False))
holder = Table(
    "holder",
    _tables,
    Column("person", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("ends", Date),
)
latest_holding = Table(
    "latest_holding",
    _tables,
    Column("person", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("begins", Date, nullable=False),
)

TABLES = (call, inspection, calendar, school, person, holder, latest_holding)
