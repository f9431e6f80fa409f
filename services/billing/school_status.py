"""Whether a school was LA maintained on a day, folded from what scheduling says of it."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from services.core.envelope import RecordedEvent
from services.scheduling.events import SchoolChanged, SchoolRegistered

StatusName = Literal["maintained", "non-maintained"]

MAINTAINED_GROUP = "Local authority maintained schools"
MAINTAINED_SPECIAL_TYPES = frozenset({"Community special school", "Foundation special school"})
"""The group "Special schools" holds both kinds; in it the type decides."""


class SchoolStatus(Struct, frozen=True):
    """A status and the event that made it so: a later one that left the status as it was does not count."""

    name: StatusName
    event: UUID


def status_on(school: Sequence[RecordedEvent], day: date) -> SchoolStatus | None:
    """The status on the day by everything recorded in the school's stream; None before the school was there.

    Facts are taken in the order in which they are true, then in which they were recorded, so a back-dated correction
    takes its place in time."""
    status: SchoolStatus | None = None
    group: str | UnsetType = UNSET
    school_type: str | UnsetType = UNSET
    for recorded in sorted(school, key=lambda r: (r.metadata.effective_on, r.position)):
        if recorded.metadata.effective_on > day or not isinstance(recorded.data, SchoolRegistered | SchoolChanged):
            continue
        group = recorded.data.type_group or group
        school_type = recorded.data.school_type or school_type
        if group is UNSET or school_type is UNSET:
            continue
        name = status_of(group, school_type)
        if status is None or status.name != name:
            status = SchoolStatus(name, recorded.id)
    return status


def status_of(type_group: str, school_type: str) -> StatusName:
    """Any school that is not LA maintained is non-maintained: academies, free schools and others alike."""
    if type_group == MAINTAINED_GROUP or school_type in MAINTAINED_SPECIAL_TYPES:
        return "maintained"
    return "non-maintained"
