"""The proof of a school's history: whether every fact still has its hash, and a pack that others can check."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from services.analytics.entries import Dials
from services.analytics.picture import SchoolPicture
from services.analytics.projections.timeline import timeline
from services.analytics.proof import HOW_TO_CHECK, PackedFact, PackFault, faults, packed
from services.analytics.queries.shown import Withheld, shown, withheld
from services.analytics.queries.timeline import KnownOn, TrueOn, picture
from services.core.commands import Query, Urn, query
from services.core.envelope import RecordedEvent
from services.core.service import Reading


@query("analytics.HistoryCheck")
class HistoryCheck(Query, frozen=True):
    """Whether every fact of a school's history, as the dials show it, is as it was recorded."""

    urn: Urn
    true_on: TrueOn = None
    known_on: KnownOn = None


@query("analytics.EvidencePack")
class EvidencePack(Query, frozen=True):
    """A school's history, as the dials show it, with all that is needed to check it elsewhere."""

    urn: Urn
    true_on: TrueOn = None
    known_on: KnownOn = None


class HistoryChecked(Struct, frozen=True):
    """So many facts were read and their hashes made again; `faults` are those that differ."""

    checked: int
    faults: tuple[PackFault, ...]


class Pack(Struct, frozen=True):
    """`how_to_check` says how the hash of a fact is made; facts stand in the order in which they became true."""

    urn: int
    true_on: date | None
    known_on: date | None
    how_to_check: str
    picture: SchoolPicture
    facts: tuple[PackedFact, ...]


def history_check(query: HistoryCheck, reading: Reading) -> HistoryChecked:
    reading.anew()  # the log is read each time: an answer kept from before would prove nothing
    dials = Dials(query.true_on, query.known_on)
    facts = [packed(each, opens=True) for each in _recorded(query.urn, dials, withheld(query.urn, reading), reading)]
    return HistoryChecked(len(facts), tuple(faults(facts)))


def evidence_pack(query: EvidencePack, reading: Reading) -> Pack:
    dials, kept = Dials(query.true_on, query.known_on), withheld(query.urn, reading)
    facts = tuple(
        packed(each, opens=each.position not in kept.outlined) for each in _recorded(query.urn, dials, kept, reading)
    )
    whole = picture(query.urn, dials, kept, reading)
    return Pack(query.urn, query.true_on, query.known_on, HOW_TO_CHECK, whole, facts)


def _recorded(urn: int, dials: Dials, kept: Withheld, reading: Reading) -> Iterator[RecordedEvent]:
    ordered = select(timeline.c.position).order_by(timeline.c.effective_on, timeline.c.position)
    return map(reading.recorded, reading.db.scalars(ordered.where(*shown(urn, dials, kept))))
