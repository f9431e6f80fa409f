"""The tables of the read model of documents: what was written and issued, and the facts that its header is made of."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table

_tables = MetaData()


def _about(last: str) -> list[Column[int] | Column[str]]:
    """The key of something about a school's document or visit of one academic year."""
    return [
        Column("urn", Integer, primary_key=True),
        Column("year", Integer, primary_key=True),
        Column(last, String, primary_key=True),
    ]


record = Table(
    "record",
    _tables,
    *_about("document"),
    Column("form", Integer, nullable=False),
    Column("criteria", Integer, nullable=False),
    Column("phase", String, nullable=False),
    Column("issued", Integer, nullable=False),
    Column("answer", String),
    Column("sent", Boolean, nullable=False, comment="handed over at least once: the school's part is closed"),
    Column("since", Date, nullable=False, comment="when it came to this phase"),
    Index("record_in_phase", "phase"),
)
text = Table(
    "text",
    _tables,
    *_about("document"),
    Column("section", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("part", String, nullable=False),
    Column("person", String, nullable=False),
    Column("sealed", String, nullable=False),
    Column("writer", String, nullable=False),
    Column("saved_on", Date, nullable=False),
)
redaction = Table(
    "redaction",
    _tables,
    Column("person", String, primary_key=True),
    Column("rule", String, nullable=False),
    Column("redacted_on", Date, nullable=False),
)
review = Table(
    "review",
    _tables,
    *_about("document"),
    Column("position", BigInteger, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("criteria", Integer, nullable=False),
    Column("results", String, nullable=False, comment="JSON: criterion to met or not"),
    Column("words", String, comment="null where it passed"),
    Column("reviewed_on", Date, nullable=False),
)
version = Table(
    "version",
    _tables,
    *_about("document"),
    Column("version", Integer, primary_key=True),
    Column("sections", String, nullable=False, comment="JSON: section to revision"),
    Column("position", BigInteger, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("changes", String),
    Column("answer", String),
    Column("words", String),
    Column("answered_on", Date),
    Column("correction", String, comment="why it was corrected"),
    Column("refusal", String, comment="why it was not"),
)
visit = Table(
    "visit",
    _tables,
    *_about("visit"),
    Column("adviser", String, nullable=False),
    Column("given_at", BigInteger, nullable=False),
    Column("sittings", String, nullable=False, comment="JSON"),
    Column("mode", String, nullable=False),
    Column("term", String, nullable=False),
    Column("off", Boolean, nullable=False),
    Column("held", Date),
    Column("participants", String, comment="JSON"),
    Index("visit_of_adviser", "adviser"),
)
agenda = Table(
    "agenda",
    _tables,
    *_about("visit"),
    Column("version", Integer, primary_key=True),
    Column("items", String, nullable=False, comment="JSON"),
    Column("agreed", Boolean, nullable=False),
)
paper = Table(
    "paper",
    _tables,
    *_about("visit"),
    Column("paper", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("received", Date),
)
recommendation = Table(
    "recommendation",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("recommendation", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("visit", String, nullable=False),
    Column("text", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)
action = Table(
    "action",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("action", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("visit", String, nullable=False),
    Column("text", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("success", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)
allocation = Table(
    "allocation",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("urn", Integer, nullable=False),
    Column("begins", Date, nullable=False),
    Column("adviser", String),
    Index("allocation_of_school", "urn"),
    Index("allocation_of_adviser", "adviser"),
)
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("true_from", Date, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    *(Column(name, String) for name in ("name", "la_code", "establishment_number", "phase", "status", "school_type")),
)
person = Table("person", _tables, Column("person", String, primary_key=True), Column("name", String, comment="sealed"))

TABLES = tuple(_tables.tables.values())
