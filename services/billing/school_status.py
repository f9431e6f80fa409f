"""Whether a school was LA maintained on a day, folded from what scheduling says of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct

from services.core.envelope import RecordedEvent
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import SchoolChanged, SchoolRegistered

StatusName = Literal["maintained", "non-maintained"]

MAINTAINED_GROUP = "Local authority maintained schools"
MAINTAINED_SPECIAL_TYPES = frozenset({"Community special school", "Foundation special school"})
"""The group "Special schools" holds both kinds; in it the type decides."""


class SchoolStatus(Struct, frozen=True):
    """A status (a StatusName) and the event that made it so: a later one that left it as it was does not count."""

    name: str
    event: UUID


def status_on(school: Sequence[RecordedEvent], day: date) -> SchoolStatus | None:
    """The status on the day by everything recorded in the school's stream; None before the school opened.

    A change counts from the day on which it is true, whenever it was recorded: a back-dated correction takes its place
    in time. Only the opening date counts at once, as it says itself when it is true."""
    status: SchoolStatus | None = None
    opened = BEFORE_RECORDS
    group = school_type = ""
    for row, true_from, event in _rows(school):
        if row.opened is not UNSET:
            opened = row.opened or BEFORE_RECORDS
        if true_from <= day:
            group, school_type = row.type_group or group, row.school_type or school_type
            name = status_of(group, school_type)
            if status is None or status.name != name:
                status = SchoolStatus(name, event)
    return status if opened <= day else None


def _rows(school: Sequence[RecordedEvent]) -> Iterator[tuple[SchoolRegistered | SchoolChanged, date, UUID]]:
    """The row as registered, true for as long as the school is, then its changes by day (on one day, as recorded)."""
    changes = []
    for recorded in school:
        match recorded.data:
            case SchoolRegistered() as registered:
                yield registered, date.min, recorded.id
            case SchoolChanged() as changed:
                changes.append((changed, recorded.metadata.effective_on, recorded.id))
    yield from sorted(changes, key=lambda change: change[1])


def status_of(type_group: str, school_type: str) -> StatusName:
    """Any school that is not LA maintained is non-maintained: academies, free schools and others alike."""
    if type_group == MAINTAINED_GROUP or school_type in MAINTAINED_SPECIAL_TYPES:
        return "maintained"
    return "non-maintained"


def opened_on(school: Sequence[RecordedEvent]) -> date | None:
    """The school's opening day by everything recorded; None when it is not known."""
    opened: date | None = None
    for row, _, _ in _rows(school):
        if row.opened is not UNSET:
            opened = row.opened
    return opened
