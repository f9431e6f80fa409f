"""Which visits the schools of the programme are to have in a year."""

import msgspec
from sqlalchemy import and_, select

from services.core.service import Reading
from services.scheduling.programme import VISITS
from services.scheduling.projections.planning_facts import settled, subscribed
from services.scheduling.projections.visits import visit

IP_ONLY = ("ip",)
"""What every school of the county has, whether or not it takes the programme (BR3)."""


def programmes(year: int, reading: Reading, urn: int | None = None) -> dict[int, tuple[str, ...]]:
    """Of every school that takes the programme, or of one: the visits settled, else all, and the IP day in any case.

    A school that goes on with its predecessor's programme is to have what that school had not had by then."""
    taken = select(subscribed.c.urn, subscribed.c.follows).where(subscribed.c.year == year)
    agreed = select(settled.c.urn, settled.c.visits).where(settled.c.year == year)
    if urn is not None:
        taken, agreed = taken.where(subscribed.c.urn == urn), agreed.where(settled.c.urn == urn)
    follows = {row.urn: row.follows for row in reading.db.execute(taken)}
    own = {row.urn: (*_visits(row.visits), *IP_ONLY) for row in reading.db.execute(agreed)}
    found = dict.fromkeys(follows, VISITS) | own
    for one, predecessor in follows.items():
        if predecessor is not None:
            begun = own.get(one) or programmes(year, reading, predecessor).get(predecessor, IP_ONLY)
            found[one] = tuple(code for code in begun if code not in held(predecessor, year, reading))
    return found


def held(urn: int, year: int, reading: Reading) -> frozenset[str]:
    """The visits that a school had in a year."""
    here = and_(visit.c.urn == urn, visit.c.year == year, visit.c.state == "held")
    return frozenset(reading.db.scalars(select(visit.c.visit).where(here)))


def _visits(packed: str) -> tuple[str, ...]:
    return msgspec.json.decode(packed, type=tuple[str, ...])
