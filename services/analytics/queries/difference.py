"""What changed in a school's history between two settings of the dials."""

from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import and_, func, not_, select, true

from services.analytics.entries import Dials, Entry
from services.analytics.picture import SchoolPicture
from services.analytics.projections.timeline import timeline
from services.analytics.queries.shown import Withheld, shown, withheld
from services.analytics.queries.timeline import KnownOn, TrueOn, picture
from services.core.commands import Query, Urn, query
from services.core.service import Reading

MOST = 200
"""Facts of one side in one answer."""


@query("analytics.HistoryDifference")
class HistoryDifference(Query, frozen=True):
    """Facts of a school that one setting of the dials shows and the other does not, and the picture under each."""

    urn: Urn
    true_on: TrueOn = None
    known_on: KnownOn = None
    other_true_on: Annotated[TrueOn, Meta(description="The same for the other setting")] = None
    other_known_on: Annotated[KnownOn, Meta(description="The same for the other setting")] = None


class Side(Struct, frozen=True):
    """What one setting shows: its picture, and `only` the facts that the other lacks; `total` counts all of those."""

    picture: SchoolPicture
    only: tuple[Entry, ...]
    total: int


class Difference(Struct, frozen=True):
    one: Side
    other: Side


def history_difference(query: HistoryDifference, reading: Reading) -> Difference:
    kept = withheld(query.urn, reading)
    one = Dials(query.true_on, query.known_on)
    other = Dials(query.other_true_on, query.other_known_on)
    return Difference(_side(query.urn, one, other, kept, reading), _side(query.urn, other, one, kept, reading))


def _side(urn: int, dials: Dials, other: Dials, kept: Withheld, reading: Reading) -> Side:
    missing = [*shown(urn, dials, kept), not_(and_(true(), *shown(urn, other, kept)))]
    total = reading.db.scalar(select(func.count()).where(*missing)) or 0
    ordered = select(timeline).where(*missing).order_by(timeline.c.effective_on, timeline.c.position)
    entries = tuple(map(kept.entry, reading.db.execute(ordered.limit(MOST))))
    return Side(picture(urn, dials, kept, reading), entries, total)
