"""A school's timeline with the two dials, one fact of it opened, and the picture it adds up to."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import func, select, tuple_

from services.analytics.entries import Dials, Entry, EntryOpened, opened, readable
from services.analytics.picture import SchoolPicture, picture_of
from services.analytics.projections.timeline import event_count, timeline
from services.analytics.proof import is_as_recorded
from services.analytics.queries.shown import Withheld, effective_on, shown, withheld
from services.analytics.small_groups import for_outsiders, tells_of_groups
from services.core.authorisation import Forbidden
from services.core.commands import Query, ShortText, Urn, query
from services.core.service import Reading

TrueOn = Annotated[date | None, Meta(description="Leave out what became true after this day")]
KnownOn = Annotated[date | None, Meta(description="Leave out what was recorded after this day")]
Position = Annotated[int, Meta(ge=0, description="Where an event stands in the log")]


@query("analytics.SchoolTimeline")
class SchoolTimeline(Query, frozen=True):
    """A school's timeline, a page at a time; `services` are the only ones to show, `after` is the last entry seen."""

    urn: Urn
    true_on: TrueOn = None
    known_on: KnownOn = None
    services: tuple[ShortText, ...] = ()
    newest_first: bool = False
    after: Position = 0
    limit: Annotated[int, Meta(ge=1, le=500, description="How many entries to a page")] = 50


@query("analytics.TimelineEntry")
class TimelineEntry(Query, frozen=True):
    """One fact of a school's timeline, opened."""

    urn: Urn
    position: Position


@query("analytics.SchoolAsOf")
class SchoolAsOf(Query, frozen=True):
    """The picture of a school as its timeline shows it under the two dials."""

    urn: Urn
    true_on: TrueOn = None
    known_on: KnownOn = None


@query("analytics.EventCounts")
class EventCounts(Query, frozen=True):
    """How many events of each type were recorded, month by month."""


class TimelinePage(Struct, frozen=True):
    """`total` counts all entries that the dials and services show; `more` tells of entries after the last one here."""

    urn: int
    true_on: date | None
    known_on: date | None
    entries: tuple[Entry, ...]
    total: int
    more: bool


class EventCount(Struct, frozen=True):
    """Events of one type recorded in one month (2022-09)."""

    month: str
    type: str
    events: int


def school_timeline(query: SchoolTimeline, reading: Reading) -> TimelinePage:
    """Raises Invalid when `after` is not an entry of the school's timeline."""
    c, kept = timeline.c, withheld(query.urn, reading)
    conditions = shown(query.urn, Dials(query.true_on, query.known_on), kept)
    if query.services:
        conditions.append(c.service.in_(query.services))
    total = reading.db.scalar(select(func.count()).where(*conditions)) or 0
    order = tuple_(c.effective_on, c.position)
    if query.after:
        last = tuple_(effective_on(query.urn, query.after, "after", kept, reading), query.after)
        conditions.append(order < last if query.newest_first else order > last)
    columns = (c.effective_on, c.position)
    ordered = [column.desc() for column in columns] if query.newest_first else columns
    rows = reading.db.execute(select(timeline).where(*conditions).order_by(*ordered).limit(query.limit + 1)).all()
    entries = tuple(kept.entry(row) for row in rows[: query.limit])
    return TimelinePage(query.urn, query.true_on, query.known_on, entries, total, len(rows) > query.limit)


def timeline_entry(query: TimelineEntry, reading: Reading) -> EntryOpened:
    """Raises Invalid when the event does not concern the school, Forbidden when it is only for those who took part."""
    kept = withheld(query.urn, reading)
    effective_on(query.urn, query.position, "position", kept, reading)
    if query.position in kept.outlined:
        raise Forbidden("Only those who took part may open this.")
    reading.anew()  # the log is read each time: an answer kept from before would prove nothing
    recorded = reading.recorded(query.position)
    event = readable(recorded)
    if tells_of_groups(event) and not reading.viewer().is_insider(query.urn):
        event = for_outsiders(event)
    return opened(recorded, event, reading.open, as_recorded=is_as_recorded(recorded))


def school_as_of(query: SchoolAsOf, reading: Reading) -> SchoolPicture:
    return picture(query.urn, Dials(query.true_on, query.known_on), withheld(query.urn, reading), reading)


def picture(urn: int, dials: Dials, kept: Withheld, reading: Reading) -> SchoolPicture:
    """The picture of a school as the dials show it to who asks."""
    ordered = select(timeline.c.position).order_by(timeline.c.effective_on, timeline.c.position)
    return picture_of(urn, map(reading.recorded, reading.db.scalars(ordered.where(*shown(urn, dials, kept)))))


def event_counts(query: EventCounts, reading: Reading) -> tuple[EventCount, ...]:
    ordered = select(event_count).order_by(event_count.c.month, event_count.c.type)
    return tuple(EventCount(*row) for row in reading.db.execute(ordered))
