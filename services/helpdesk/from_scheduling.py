"""What scheduling's streams say of a school and of people, as far as the help-line needs it."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import UNSET

from services.core.authorisation import Role
from services.core.deciders import Damaged
from services.core.envelope import RecordedEvent
from services.core.events import Event, Undecodable
from services.core.service import ReadStream
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    PersonErased,
    PersonRegistered,
    SchoolChanged,
    SchoolRegistered,
    TenureBegan,
    TenureEnded,
)

Allocation = tuple[AdviserAllocated | AllocationEnded, ...]

MAINTAINED_GROUP = "Local authority maintained schools"
MAINTAINED_SPECIAL_TYPES = frozenset({"Community special school", "Foundation special school"})
"""The group "Special schools" holds both kinds; in it the type decides."""


def is_school(urn: int, read: ReadStream) -> bool:
    """Whether a school is recorded under that number."""
    return any(isinstance(event, SchoolRegistered) for event in _data(read(f"scheduling.school-{urn}")))


def maintained_on(urn: int, day: date, read: ReadStream) -> bool:
    """Whether the authority maintains the school on that day, by everything recorded of it."""
    rows = [
        (recorded.metadata.effective_on if isinstance(event, SchoolChanged) else date.min, event)
        for recorded, event in _both(read(f"scheduling.school-{urn}"))
        if isinstance(event, SchoolRegistered | SchoolChanged)
    ]
    group = school_type = ""
    for true_from, row in sorted(rows, key=lambda row: row[0]):
        if true_from <= day:
            group = group if row.type_group is UNSET else row.type_group
            school_type = school_type if row.school_type is UNSET else row.school_type
    return group == MAINTAINED_GROUP or school_type in MAINTAINED_SPECIAL_TYPES


def allocation(urn: int, read: ReadStream) -> Allocation:
    """What was recorded of a school's Link Advisers, in order."""
    events = _data(read(f"scheduling.allocation-{urn}"))
    return tuple(event for event in events if isinstance(event, AdviserAllocated | AllocationEnded))


def adviser_on(allocation: Allocation, day: date) -> str | None:
    """The school's Link Adviser on that day, if it has one."""
    current: AdviserAllocated | None = None
    for event in allocation:
        if isinstance(event, AdviserAllocated) and event.begins <= day:
            current = event if current is None or current.begins <= event.begins else current
    if current is None or any(_ended(current, event, day) for event in allocation):
        return None
    return current.adviser


def _ended(current: AdviserAllocated, event: AdviserAllocated | AllocationEnded, day: date) -> bool:
    if not isinstance(event, AllocationEnded):
        return False
    return event.adviser == current.adviser and current.begins <= event.ends <= day


def is_person(person: str, read: ReadStream) -> bool:
    """Whether somebody is registered under that identifier, and not erased."""
    events = _data(read(f"scheduling.person-{person}"))
    erased = any(isinstance(event, PersonErased) for event in events)
    return not erased and any(isinstance(event, PersonRegistered) for event in events)


def holds(person: str, roles: Iterable[Role], day: date, read: ReadStream) -> bool:
    """Whether the person holds one of these county roles on that day."""
    wanted = {role.value for role in roles}
    held: dict[str, bool] = {}
    for event in _data(read(f"scheduling.person-{person}")):
        match event:
            case TenureBegan(role=role, begins=begins) if begins <= day:
                held[role] = True
            case TenureEnded(role=role, ends=ends) if ends <= day:
                held[role] = False
            case PersonErased():
                return False
    return any(held.get(role, False) for role in wanted)


def _data(events: Sequence[RecordedEvent]) -> list[Event]:
    return [event for _, event in _both(events)]


def _both(events: Sequence[RecordedEvent]) -> list[tuple[RecordedEvent, Event]]:
    """Each with its data. Raises Damaged when one can't be read: no decision may hang on it."""
    found = []
    for recorded in events:
        if isinstance(recorded.data, Undecodable):
            raise Damaged(f"{recorded.stream} at version {recorded.version}: {recorded.data.error}")
        found.append((recorded, recorded.data))
    return found
