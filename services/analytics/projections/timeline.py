"""The school timeline over all services' events, which of its facts are for fewer, and counts of each type of event."""

from functools import lru_cache

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table

from services.analytics.sight import restriction_of
from services.core.audience import Audience
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.projections import Projection
from services.core.times import london_day
from services.core.work import Work

_tables = MetaData()
timeline = Table(
    "timeline",
    _tables,
    Column("position", BigInteger, nullable=False),
    Column("urn", Integer, nullable=False),
    Column("effective_on", String(10), nullable=False, comment="ISO date, which sorts as text"),
    Column("recorded_at", BigInteger, nullable=False, comment="microseconds since 1970 (UTC)"),
    Column("type", String, nullable=False),
    Column("service", String, nullable=False),
    Column("says", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("role", String, nullable=False),
    Column("reason", String),
    Index("timeline_of_school", "urn", "effective_on", "position"),
)
"""One row for each event and school that it concerns."""
restricted = Table(
    "restricted",
    _tables,
    Column("position", BigInteger, nullable=False),
    Column("urn", Integer, nullable=False),
    Column("effective_on", String(10), nullable=False),
    Column("audience", String, nullable=False),
    Column("known_to", String, nullable=False, comment="persons, one to a line, where the audience is participants"),
    Column("concern", String, comment="the concern that it is about"),
    Column("tells", Boolean, nullable=False, comment="whether it says that the school was told of the concern"),
    Index("restricted_of_school", "urn"),
)
"""One row more for each whose audience is fewer than all who may see the school: most facts have none."""
event_count = Table(
    "event_count",
    _tables,
    Column("month", String(7), primary_key=True, comment="of recording, as 2022-09"),
    Column("type", String, primary_key=True),
    Column("events", Integer, nullable=False),
)

TIMELINE = Projection("analytics.timeline", version=4, tables=[timeline, restricted, event_count])

_SCHOOL = Audience.SCHOOL
_HOUR = 3_600_000_000


class _Envelope(msgspec.Struct, gc=False):
    """What a row shows of the metadata, as text: a million dates and ids need not be made and unmade."""

    actor: str
    role: str
    effective_on: str
    reason: str | None = None


_envelope = msgspec.json.Decoder(_Envelope).decode


@lru_cache(maxsize=10_000)
def _month(hour: int) -> str:
    """The month in London of an hour since 1970. London's months begin on the hour."""
    return london_day(hour * _HOUR).isoformat()[:7]


@lru_cache
def _service(type_name: str) -> str:
    return type_name.partition(".")[0]


@TIMELINE.on_every
def happened(event: Event, recorded: RecordedEvent, work: Work) -> None:
    work.add(event_count, (_month(recorded.recorded_at // _HOUR), recorded.type), events=1)
    urns = event.concerns()
    if not urns:
        return
    envelope = _envelope(recorded.stored_metadata)
    rows, kind = work.rows(timeline), recorded.type
    for urn in urns:
        # fmt: off
        rows.append((
            recorded.position, urn, envelope.effective_on, recorded.recorded_at, kind, _service(kind), event.says(),
            envelope.actor, envelope.role, envelope.reason,
        ))
        # fmt: on
    restriction = restriction_of(event)
    if restriction.audience is not _SCHOOL:
        audience, known_to = restriction.audience.value, "\n".join(restriction.known_to)
        told = restriction.concern, restriction.tells
        for urn in urns:
            work.insert(restricted, recorded.position, urn, envelope.effective_on, audience, known_to, *told)
