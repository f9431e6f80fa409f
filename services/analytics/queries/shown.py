"""Which facts of a school's timeline are shown: by the dials, and by who asks."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, select

from services.analytics.entries import Dials, Entry
from services.analytics.projections.timeline import restricted, timeline
from services.analytics.sight import Restriction, Sight, told_of
from services.core.audience import Audience
from services.core.schemas import Invalid
from services.core.service import Reading
from services.core.times import from_micros


class Withheld(Struct, frozen=True):
    """Positions of a school's facts that who asks may not know of, or know only that they happened."""

    hidden: frozenset[int] = frozenset()
    outlined: frozenset[int] = frozenset()

    def entry(self, row: Any) -> Entry:
        """The entry of a row of the timeline, as it is for who asks."""
        entry = Entry(
            position=row.position,
            effective_on=date.fromisoformat(row.effective_on),
            recorded_at=from_micros(row.recorded_at),
            type=row.type,
            service=row.service,
            says=row.says,
            actor=row.actor,
            role=row.role,
            reason=row.reason,
        )
        return entry.outlined() if row.position in self.outlined else entry


def withheld(urn: int, reading: Reading) -> Withheld:
    """What is kept from who asks. Where a school has nothing to keep, who asks does not matter, so that the answer can
    be the same for all."""
    rows = reading.db.execute(select(restricted).where(restricted.c.urn == urn)).all()
    if not rows:
        return Withheld()
    viewer = reading.viewer()
    told = told_of(map(_restriction, rows))
    seen: dict[Sight, set[int]] = {each: set() for each in Sight}
    for row in rows:
        day = date.fromisoformat(row.effective_on)
        seen[_restriction(row).sight(viewer, urn, day, told)].add(row.position)
    return Withheld(frozenset(seen[Sight.HIDDEN]), frozenset(seen[Sight.OUTLINE]))


def _restriction(row: Any) -> Restriction:
    return Restriction(Audience(row.audience), tuple(row.known_to.split("\n")), row.concern, row.tells)


def shown(urn: int, dials: Dials, kept: Withheld) -> list[ColumnElement[bool]]:
    """The conditions of the rows of a school's timeline that the dials show to who asks."""
    conditions = [timeline.c.urn == urn]
    if dials.true_on is not None:
        conditions.append(timeline.c.effective_on <= dials.true_on.isoformat())
    if dials.known_before is not None:
        conditions.append(timeline.c.recorded_at < dials.known_before)
    if kept.hidden:
        conditions.append(timeline.c.position.not_in(kept.hidden))
    return conditions


def effective_on(urn: int, position: int, field: str, kept: Withheld, reading: Reading) -> str:
    """The day of one fact of a school's timeline. Raises Invalid when there is none at that position for who asks."""
    own = select(timeline.c.effective_on).where(timeline.c.urn == urn, timeline.c.position == position)
    day: str | None = None if position in kept.hidden else reading.db.scalar(own)
    if day is None:
        raise Invalid({field: [f"There is no entry {position} in the timeline of school {urn}"]})
    return day
