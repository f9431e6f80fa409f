"""A school as its register (GIAS) tells of it: what was true of it, from which day, as far as is known by now."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import fields, replace

from services.core.commands import Command, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.scheduling.gias_words import GROUP_OF_TYPE, PHASES, STATUSES

LaCode = Annotated[str, Meta(pattern=r"^[0-9]{3}$", description="Enter a three-figure code")]
EstablishmentNumber = Annotated[str, Meta(pattern=r"^[0-9]{0,4}$", description="Enter up to four figures")]
Age = Annotated[int, Meta(ge=0, le=99)]
Places = Annotated[int, Meta(ge=0, le=99_999)]

CHANGEABLE = tuple(field for field in SchoolChanged.__struct_fields__ if field != "urn")


@command("scheduling.RecordSchool")
class RecordSchool(Command, frozen=True):
    """What a school's row says. A field left out says nothing; null says that the register holds nothing there.

    The first row registers the school. A later one records what differs from the school as it was on the day from which
    the row is true: `last_changed` (the register's own date) unless a later change is known, else `effective_on`."""

    urn: Urn
    name: ShortText
    la_code: LaCode
    establishment_number: EstablishmentNumber
    school_type: ShortText
    type_group: ShortText
    status: ShortText
    phase: ShortText
    effective_on: date
    last_changed: date | None = None
    opened: date | UnsetType | None = UNSET
    closed: date | UnsetType | None = UNSET
    low_age: Age | UnsetType | None = UNSET
    high_age: Age | UnsetType | None = UNSET
    religious_character: ShortText | UnsetType | None = UNSET
    capacity: Places | UnsetType | None = UNSET
    pupils: Places | UnsetType | None = UNSET
    street: ShortText | UnsetType | None = UNSET
    locality: ShortText | UnsetType | None = UNSET
    town: ShortText | UnsetType | None = UNSET
    postcode: ShortText | UnsetType | None = UNSET
    district: ShortText | UnsetType | None = UNSET
    website: ShortText | UnsetType | None = UNSET

    def stated(self) -> dict[str, Any]:
        """The fields of the row that say something."""
        return {field: value for field in CHANGEABLE if (value := getattr(self, field)) is not UNSET}


OPTIONAL = tuple(field.name for field in fields(RecordSchool) if field.default is UNSET)
"""The fields that a row may leave out."""


class School(Struct, frozen=True):
    """The row first registered, and each change since with the day from which it is true, in the order of those days.

    A value holds until a change of the same field that is true from a later day, whichever was recorded first: so late
    news of October fills October and after, but not what is known to have changed again in December."""

    registered: SchoolRegistered
    changes: tuple[tuple[date, SchoolChanged], ...] = ()

    def on(self, day: date) -> SchoolRegistered:
        """The school's row on a day, as far as is known; before any change, as it was registered."""
        row = self.registered
        for true_from, change in self.changes:
            if true_from <= day:
                row = replace(row, **change.changes())
        return row

    @property
    def latest(self) -> SchoolRegistered:
        """The school's row after every change known."""
        return self.on(date.max)

    def closed_on(self, day: date) -> bool:
        """Whether it is closed by then. A school "open, but proposed to close" may have a date too: that need not come
        true."""
        row = self.latest
        return row.status == "Closed" and (row.closed is None or row.closed <= day)


def school_stream(urn: int) -> str:
    return f"scheduling.school-{urn}"


def decide(command: RecordSchool, school: School | None, context: Context) -> Sequence[Dated]:
    _check_words(command)
    if school is None:
        registered = SchoolRegistered(command.urn, **command.stated())
        return [registered.true_from(registered.opened or BEFORE_RECORDS)]
    day = _true_from(command, school)
    known = school.on(day)
    changed = {field: value for field, value in command.stated().items() if value != getattr(known, field)}
    if not changed:
        return []
    if day > context.today:
        raise Refused(f"{day:%-d %B %Y} is in the future: record a change once it is true.", "effective_on")
    return [SchoolChanged(command.urn, **changed).true_from(day)]


def evolve(school: School | None, dated: Dated) -> School | None:
    match dated.event:
        case SchoolRegistered() as registered:
            return School(registered)
        case SchoolChanged() as changed if school is not None:
            # Sorting is stable: of two changes true from one day, the one recorded later has the last word.
            changes = sorted([*school.changes, (dated.effective_on, changed)], key=lambda change: change[0])
            return replace(school, changes=tuple(changes))
    return school


def _true_from(command: RecordSchool, school: School) -> date:
    # "Not before" rather than "after": the same row again must be compared on the same day, to record nothing.
    known_until = school.changes[-1][0] if school.changes else date.min
    if command.last_changed is not None and command.last_changed >= known_until:
        return command.last_changed
    return command.effective_on


def _check_words(command: RecordSchool) -> None:
    """What a school is charged hangs on these words (BR1), so none is taken that GIAS does not have."""
    group = GROUP_OF_TYPE.get(command.school_type)
    if group is None:
        raise Refused(f"{command.school_type} is not a type of school that GIAS has.", "school_type")
    if group != command.type_group:
        raise Refused(f"A {command.school_type} belongs to {group}.", "type_group")
    for field, words in (("status", STATUSES), ("phase", PHASES)):
        if getattr(command, field) not in words:
            raise Refused(f"Choose one of: {'; '.join(words)}.", field)


school_decider = Decider[School | None, RecordSchool](initial=None, decide=decide, evolve=evolve, dated=True)
