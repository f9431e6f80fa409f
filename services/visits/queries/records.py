"""Lists of documents: of a school, on an adviser's desk, waiting for quality assurance."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, and_, bindparam, select

from services.core.authorisation import Forbidden, Role
from services.core.commands import AcademicYear, Query, Reference, Urn, query
from services.core.service import Reading
from services.visits.events import DOCUMENT_WORDS
from services.visits.projections.record_tables import allocation, record, text, version, visit
from services.visits.queries.record_access import access, hands_of
from services.visits.queries.record_header import Person, person_of, school_on
from services.visits.queries.record_words import WAITS_FOR, document_title, seen_as, state_words
from services.visits.record_state import Phase

_VISITS = select(visit).where(visit.c.urn == bindparam("urn"), ~visit.c.off)
_LAST_ISSUE = and_(
    *(version.c[key] == record.c[key] for key in ("urn", "year", "document")), version.c.version == record.c.issued
)
_RECORDS = select(record, version.c.issued_on).outerjoin(version, _LAST_ISSUE).where(record.c.urn == bindparam("urn"))


@query("visits.SchoolRecords")
class SchoolRecords(Query, frozen=True):
    """A school's documents, and the visits that will have one, of one academic year or of all."""

    urn: Urn
    year: AcademicYear | None = None


@query("visits.DraftsOf")
class DraftsOf(Query, frozen=True):
    """What an adviser has to write or to finish, the oldest first."""

    adviser: Reference


@query("visits.QaQueue")
class QaQueue(Query, frozen=True):
    """The documents that wait for quality assurance, the longest first."""


class RecordLine(Struct, frozen=True):
    """A document in a list. `waits_for` is the role that must act next; `held` the visit's last day."""

    year: int
    document: str
    title: str
    phase: Phase
    state: str
    version: int
    issued_on: date | None
    answer: str | None
    waits_for: str
    held: date | None


class DraftLine(Struct, frozen=True):
    """A document on an adviser's desk, and how many days it has lain there since `since`."""

    urn: int
    school: str
    year: int
    document: str
    title: str
    phase: Phase
    state: str
    since: date
    days: int


class QueueLine(Struct, frozen=True):
    """A document to be reviewed. `own` when this reader wrote in it, and so may not."""

    urn: int
    school: str
    year: int
    document: str
    title: str
    version: int
    author: Person | None
    since: date
    days: int
    own: bool


class _Known(Struct, frozen=True):
    """What is known of one document, started or still to be."""

    year: int
    document: str
    phase: Phase
    issued: int
    issued_on: date | None
    answer: str | None
    since: date | None
    held: date | None


def school_records(asked: SchoolRecords, reading: Reading) -> tuple[RecordLine, ...]:
    """The latest year first; in a year, in the order of the programme."""
    viewer = reading.viewer()
    in_confidence = access(viewer, asked.urn, "none", None).reviews
    lines = []
    for known in _known(asked.urn, reading.db):
        if asked.year in (None, known.year):
            phase = seen_as(known.phase, in_confidence)
            lines.append(
                RecordLine(
                    year=known.year,
                    document=known.document,
                    title=document_title(known.document),
                    phase=phase,
                    state=state_words(phase, known.issued),
                    version=known.issued,
                    issued_on=known.issued_on,
                    answer=known.answer,
                    waits_for=WAITS_FOR[phase],
                    held=known.held,
                )
            )
    return tuple(lines)


def drafts_of(asked: DraftsOf, reading: Reading) -> tuple[DraftLine, ...]:
    """Raises Forbidden for the drafts of another, unless a manager asks."""
    viewer = reading.viewer()
    if viewer.person != asked.adviser and not viewer.has(Role.PROGRAMME_MANAGER):
        raise Forbidden("Only the adviser and the programme managers may see an adviser's drafts.")
    lines = []
    for urn in _schools_of(asked.adviser, reading.db):
        for known in _known(urn, reading.db):
            since = known.held if known.phase == "none" else known.since
            on_desk = known.phase in ("writing", "passed", "disputed") or (known.phase == "none" and since)
            author = hands_of(urn, known.year, known.document, reading.db).author(known.document, viewer.today)
            if on_desk and since and author == asked.adviser:
                lines.append(
                    DraftLine(
                        urn=urn,
                        school=school_on(urn, viewer.today, reading.db).name,
                        year=known.year,
                        document=known.document,
                        title=document_title(known.document),
                        phase=known.phase,
                        state=state_words(known.phase, known.issued),
                        since=since,
                        days=(viewer.today - since).days,
                    )
                )
    return tuple(sorted(lines, key=lambda line: (line.since, line.urn, line.document)))


def qa_queue(asked: QaQueue, reading: Reading) -> tuple[QueueLine, ...]:
    viewer = reading.viewer()
    waiting = (
        select(record).where(record.c.phase == "submitted").order_by(record.c.since, record.c.urn, record.c.document)
    )
    lines = []
    for row in reading.db.execute(waiting).all():
        author = hands_of(row.urn, row.year, row.document, reading.db).author(row.document, viewer.today)
        lines.append(
            QueueLine(
                urn=row.urn,
                school=school_on(row.urn, viewer.today, reading.db).name,
                year=row.year,
                document=row.document,
                title=document_title(row.document),
                version=row.issued + 1,
                author=person_of(author, reading) if author else None,
                since=row.since,
                days=(viewer.today - row.since).days,
                own=viewer.person in {author, *_writers(row, reading.db)},
            )
        )
    return tuple(lines)


def _known(urn: int, db: Connection) -> list[_Known]:
    """The documents that were started, those of visits that are planned or held, and the report due after visit 3."""
    held = {(v.year, v.visit): v.held for v in db.execute(_VISITS, {"urn": urn})}
    started = {(r.year, r.document): r for r in db.execute(_RECORDS, {"urn": urn})}
    order = list(DOCUMENT_WORDS)
    held |= {(year, "annual-report"): day for (year, document), day in held.items() if document == "3" and day}
    keys = {key for key in (*held, *started) if key[1] in order}
    return [
        _Known(year, document, *_stored(started.get((year, document))), held.get((year, document)))
        for year, document in sorted(keys, key=lambda key: (-key[0], order.index(key[1])))
    ]


def _stored(row: Row[Any] | None) -> tuple[Phase, int, date | None, str | None, date | None]:
    return (row.phase, row.issued, row.issued_on, row.answer, row.since) if row else ("none", 0, None, None, None)


def _schools_of(adviser: str, db: Connection) -> list[int]:
    """Every school in which the adviser ever had a visit or was the Link Adviser."""
    visited = select(visit.c.urn).where(visit.c.adviser == adviser)
    return list(db.scalars(visited.union(select(allocation.c.urn).where(allocation.c.adviser == adviser))))


def _writers(row: Row[Any], db: Connection) -> set[str]:
    c = text.c
    own = select(c.writer).where(c.urn == row.urn, c.year == row.year, c.document == row.document, c.part == "adviser")
    return set(db.scalars(own))
