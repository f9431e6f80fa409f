"""The header of a document, assembled from what scheduling says: the school on the day, the visit, its papers."""

from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from services.core.keys import Sealed
from services.core.service import Reading
from services.scheduling.events.words import AgendaItem, Participant, Sitting
from services.visits.projections.record_tables import agenda, paper, person, school, visit
from services.visits.record_author import visit_of


class SchoolThen(Struct, frozen=True):
    """A school as it was on a day. `laestab` is 926/3000."""

    name: str
    laestab: str
    phase: str
    status: str
    school_type: str


class PaperLine(Struct, frozen=True):
    """A paper that was asked for, and when it came, if it did."""

    title: str
    due: date
    received: date | None


class Person(Struct, frozen=True):
    """A person by id; `name` is None where nothing is known of them, or they were erased."""

    id: str
    name: str | None


class Header(Struct, frozen=True):
    """The visit's part is empty where there is no visit yet. `day` is the one on which the school is described."""

    school: SchoolThen
    day: date
    term: str = ""
    adviser: Person | None = None
    sittings: tuple[Sitting, ...] = ()
    held: date | None = None
    mode: str = ""
    people: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    agenda_agreed: bool = False
    papers: tuple[PaperLine, ...] = ()


def header_of(urn: int, year: int, document: str, today: date, reading: Reading) -> Header:
    db, key = reading.db, (urn, year, visit_of(document))
    row = db.execute(
        select(visit).where(visit.c.urn == urn, visit.c.year == year, visit.c.visit == key[2])
    ).one_or_none()
    if row is None:
        return Header(school_on(urn, today, db), today)
    sittings = msgspec.json.decode(row.sittings, type=tuple[Sitting, ...])
    day = min(sittings[-1].day, today)
    agreed, items = _agenda(key, db)
    return Header(
        school=school_on(urn, day, db),
        day=day,
        term=row.term,
        adviser=person_of(row.adviser, reading),
        sittings=sittings,
        held=row.held,
        mode=row.mode,
        people=msgspec.json.decode(row.participants, type=tuple[Participant, ...]) if row.participants else (),
        agenda=items,
        agenda_agreed=agreed,
        papers=_papers(key, db),
    )


def school_on(urn: int, day: date, db: Connection) -> SchoolThen:
    """The school as everything recorded says that it was on that day."""
    c = school.c
    then: dict[str, str] = {}
    for row in db.execute(select(school).where(c.urn == urn, c.true_from <= day).order_by(c.true_from, c.position)):
        then |= {name: value for name, value in row._mapping.items() if isinstance(value, str)}
    laestab = f"{then['la_code']}/{then['establishment_number']}" if then else ""
    return SchoolThen(
        laestab=laestab, **{name: then.get(name, "") for name in ("name", "phase", "status", "school_type")}
    )


def person_of(identifier: str, reading: Reading) -> Person:
    sealed = reading.db.scalar(select(person.c.name).where(person.c.person == identifier))
    return Person(identifier, reading.open(Sealed.unpack(sealed)) if sealed else None)


def _agenda(key: tuple[int, int, str], db: Connection) -> tuple[bool, tuple[AgendaItem, ...]]:
    """Whether an agenda is agreed, and its items; else the one put forward last."""
    c = agenda.c
    own = select(agenda).where(c.urn == key[0], c.year == key[1], c.visit == key[2])
    row = db.execute(own.order_by(c.agreed.desc(), c.version.desc()).limit(1)).one_or_none()
    return (row.agreed, msgspec.json.decode(row.items, type=tuple[AgendaItem, ...])) if row else (False, ())


def _papers(key: tuple[int, int, str], db: Connection) -> tuple[PaperLine, ...]:
    c = paper.c
    own = select(paper).where(c.urn == key[0], c.year == key[1], c.visit == key[2]).order_by(c.due, c.paper)
    return tuple(PaperLine(row.title, row.due, row.received) for row in db.execute(own))
