"""Who has read what about a school: shown to its head."""

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import Query, Urn, query
from services.core.keys import Sealed
from services.core.service import Reading
from services.visits.projections.readings import reader, reading
from services.visits.queries.record_words import paper_title


@query("visits.Readings")
class SchoolReadings(Query, frozen=True):
    """Every paper about a school that was opened, by whom and on which day."""

    urn: Urn


class ReadingLine(Struct, frozen=True):
    """One reader of one paper on one day. `name` is None once they were erased."""

    day: date
    paper: str
    title: str
    reader: str
    name: str | None
    role: str


def school_readings(asked: SchoolReadings, source: Reading) -> tuple[ReadingLine, ...]:
    """The latest first."""
    joined = select(reading, reader.c.name).join_from(
        reading, reader, reading.c.reader == reader.c.person, isouter=True
    )
    rows = source.db.execute(joined.where(reading.c.urn == asked.urn).order_by(reading.c.position.desc()))
    return tuple(
        ReadingLine(
            day=row.day,
            paper=row.paper,
            title=paper_title(row.paper),
            reader=row.reader,
            name=source.open(Sealed.unpack(row.name)) if row.name else None,
            role=row.role,
        )
        for row in rows
    )
