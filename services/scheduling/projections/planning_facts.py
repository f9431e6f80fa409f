"""What the planning of visits hangs on: schools, advisers and what they are fit for, terms and agreed programmes.

Kept beside the visits, so that one consistent view answers who may make which."""

from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table

from services.core.authorisation import Role
from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.work import Work
from services.helpdesk.events import HolidaySet, HolidayWithdrawn
from services.scheduling.events import (
    AdviserAllocated,
    AdviserAway,
    AdviserBack,
    AdviserTrained,
    AllocationEnded,
    InterestDeclared,
    InterestEnded,
    PersonErased,
    PersonRegistered,
    ProgrammeSettled,
    ProgrammeTakenOver,
    SchoolChanged,
    SchoolRegistered,
    SchoolSubscribed,
    TenureBegan,
    TenureEnded,
    TermsSet,
    TimeReleased,
    TimeReserved,
)

ONE_DAY = timedelta(days=1)
Spells = tuple[tuple[date, str | None], ...]
"""From which day on a school has which Link Adviser, or none."""

_tables = MetaData()
school = Table(
    "school",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("name", String),
    Column("status", String),
    Column("closed", Date),
)
subscribed = Table(
    "subscribed",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("follows", Integer),  # the school whose programme goes on here
)
settled = Table(
    "settled",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visits", String),  # JSON
)
terms = Table("terms", _tables, Column("year", Integer, primary_key=True), Column("terms", String))  # JSON
person = Table("person", _tables, Column("person", String, primary_key=True), Column("name", String))  # sealed
adviser = Table(
    "adviser",
    _tables,
    Column("person", String, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
)
allocated = Table(
    "allocated",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("spells", String),  # JSON of Spells
)
absence = Table(
    "absence",
    _tables,
    Column("person", String, primary_key=True),
    Column("begins", Date, primary_key=True),
    Column("ends", Date),  # the last day away
)
training = Table(
    "training",
    _tables,
    Column("position", BigInteger, primary_key=True),
    Column("person", String),
    Column("training", String),
    Column("completed", Date),
    Column("expires", Date),
)
interest = Table(
    "interest",
    _tables,
    Column("person", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("begins", Date),
    Column("ends", Date),
)
kept = Table(
    "kept",
    _tables,
    Column("person", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("sittings", String),  # JSON
)
holiday = Table(
    "holiday",
    _tables,
    Column("day", Date, primary_key=True),
    Column("name", String),
)
"""Bank holidays and other days on which the authority is closed, as the help-line keeps them."""
planning_tables = (
    school,
    subscribed,
    settled,
    terms,
    person,
    adviser,
    allocated,
    absence,
    training,
    interest,
    kept,
    holiday,
)


def fold_planning_facts(projection: Projection) -> None:
    """Have a projection fold them."""
    for types, handler in _HANDLERS:
        projection.on(*types)(handler)


def _school(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, name=event.name, status=event.status, closed=event.closed)


def _school_changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    stated = {"name": event.name, "status": event.status, "closed": event.closed}
    if changed := {column: value for column, value in stated.items() if value is not UNSET}:
        work.change(school, (event.urn,), **changed)


def _subscribed(event: SchoolSubscribed, recorded: RecordedEvent, work: Work) -> None:
    if work.row(subscribed, (event.urn, event.year)) is None:
        work.put(subscribed, urn=event.urn, year=event.year, follows=None)


def _taken_over(event: ProgrammeTakenOver, recorded: RecordedEvent, work: Work) -> None:
    work.put(subscribed, urn=event.urn, year=event.year, follows=event.predecessor)


def _settled(event: ProgrammeSettled, recorded: RecordedEvent, work: Work) -> None:
    work.put(settled, urn=event.urn, year=event.year, visits=msgspec.json.encode(event.visits).decode())


def _terms(event: TermsSet, recorded: RecordedEvent, work: Work) -> None:
    work.put(terms, year=event.year, terms=msgspec.json.encode(event.terms).decode())


def _person(event: PersonRegistered, recorded: RecordedEvent, work: Work) -> None:
    name = Sealed(event.person, recorded.event_id, "name", event.name).pack()
    work.put(person, person=event.person, name=name)


def _tenure(event: TenureBegan, recorded: RecordedEvent, work: Work) -> None:
    if event.role == Role.ADVISER:
        work.put(adviser, person=event.person, begins=event.begins, ends=None)


def _tenure_ended(event: TenureEnded, recorded: RecordedEvent, work: Work) -> None:
    if event.role == Role.ADVISER:
        work.change(adviser, (event.person,), ends=event.ends)


def _erased(event: PersonErased, recorded: RecordedEvent, work: Work) -> None:
    work.change(adviser, (event.person,), ends=recorded.metadata.effective_on)


def _allocated(event: AdviserAllocated, recorded: RecordedEvent, work: Work) -> None:
    _change_hands(work, event.urn, event.begins, event.adviser)


def _allocation_ended(event: AllocationEnded, recorded: RecordedEvent, work: Work) -> None:
    _change_hands(work, event.urn, event.ends, None)


def _change_hands(work: Work, urn: int, begins: date, adviser: str | None) -> None:
    """From that day on, whatever was said of later days before."""
    row = work.row(allocated, (urn,))
    spells = msgspec.json.decode(row["spells"], type=Spells) if row else ()
    spells = (*(spell for spell in spells if spell[0] < begins), (begins, adviser))
    work.put(allocated, urn=urn, spells=msgspec.json.encode(spells).decode())


def _away(event: AdviserAway, recorded: RecordedEvent, work: Work) -> None:
    work.put(absence, person=event.person, begins=event.begins, ends=event.ends)


def _back(event: AdviserBack, recorded: RecordedEvent, work: Work) -> None:
    key = (event.person, event.begins)
    if event.returns <= event.begins:
        work.delete(absence, key)
    else:
        work.change(absence, key, ends=event.returns - ONE_DAY)


def _trained(event: AdviserTrained, recorded: RecordedEvent, work: Work) -> None:
    done = {"training": event.training, "completed": event.completed, "expires": event.expires}
    work.put(training, position=recorded.position, person=event.person, **done)


def _interest(event: InterestDeclared, recorded: RecordedEvent, work: Work) -> None:
    work.put(interest, person=event.person, urn=event.interest_at, begins=event.begins, ends=None)


def _interest_ended(event: InterestEnded, recorded: RecordedEvent, work: Work) -> None:
    work.change(interest, (event.person, event.interest_at), ends=event.ends)


def _reserved(event: TimeReserved, recorded: RecordedEvent, work: Work) -> None:
    key = {"person": event.person, "urn": event.urn, "year": event.year, "visit": event.visit}
    work.put(kept, **key, sittings=msgspec.json.encode(event.sittings).decode())


def _released(event: TimeReleased, recorded: RecordedEvent, work: Work) -> None:
    work.delete(kept, (event.person, event.urn, event.year, event.visit))


def _holiday(event: HolidaySet, recorded: RecordedEvent, work: Work) -> None:
    work.put(holiday, day=event.day, name=event.name)


def _no_holiday(event: HolidayWithdrawn, recorded: RecordedEvent, work: Work) -> None:
    work.delete(holiday, (event.day,))


_HANDLERS: tuple[tuple[tuple[Any, ...], Any], ...] = (
    ((SchoolRegistered,), _school),
    ((SchoolChanged,), _school_changed),
    ((SchoolSubscribed,), _subscribed),
    ((ProgrammeTakenOver,), _taken_over),
    ((ProgrammeSettled,), _settled),
    ((TermsSet,), _terms),
    ((PersonRegistered,), _person),
    ((TenureBegan,), _tenure),
    ((TenureEnded,), _tenure_ended),
    ((PersonErased,), _erased),
    ((AdviserAllocated,), _allocated),
    ((AllocationEnded,), _allocation_ended),
    ((AdviserAway,), _away),
    ((AdviserBack,), _back),
    ((AdviserTrained,), _trained),
    ((InterestDeclared,), _interest),
    ((InterestEnded,), _interest_ended),
    ((TimeReserved,), _reserved),
    ((TimeReleased,), _released),
    ((HolidaySet,), _holiday),
    ((HolidayWithdrawn,), _no_holiday),
)
