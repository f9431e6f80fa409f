"""Which visits the schools of the programme are to have in a year."""

import msgspec
from sqlalchemy import BindParameter, bindparam, select

from services.core.service import Reading
from services.scheduling.programme import VISITS
from services.scheduling.projections.planning_facts import settled, subscribed
from services.scheduling.projections.visits import visit

IP_ONLY = ("ip",)
"""What every school of the county has, whether or not it takes the programme (BR3)."""

_URN: BindParameter[int] = bindparam("urn")
_YEAR: BindParameter[int] = bindparam("year")
_TAKEN = select(subscribed.c.urn, subscribed.c.follows).where(subscribed.c.year == _YEAR)
_AGREED = select(settled.c.urn, settled.c.visits).where(settled.c.year == _YEAR)
_TAKEN_BY_ONE, _AGREED_BY_ONE = _TAKEN.where(subscribed.c.urn == _URN), _AGREED.where(settled.c.urn == _URN)
_HELD = select(visit.c.visit).where(visit.c.urn == _URN, visit.c.year == _YEAR, visit.c.state == "held")


def programmes(year: int, reading: Reading, urn: int | None = None) -> dict[int, tuple[str, ...]]:
    """Of every school that takes the programme, or of one: the visits settled, else all, and the IP day in any case.

    A school that goes on with its predecessor's programme is to have what that school had not had by then."""
    taken, agreed = (_TAKEN, _AGREED) if urn is None else (_TAKEN_BY_ONE, _AGREED_BY_ONE)
    here = {"year": year} | ({} if urn is None else {"urn": urn})
    follows = {row.urn: row.follows for row in reading.db.execute(taken, here)}
    own = {row.urn: (*_visits(row.visits), *IP_ONLY) for row in reading.db.execute(agreed, here)}
    found = dict.fromkeys(follows, VISITS) | own
    for one, predecessor in follows.items():
        if predecessor is not None:
            begun = own.get(one) or programmes(year, reading, predecessor).get(predecessor, IP_ONLY)
            found[one] = tuple(code for code in begun if code not in held(predecessor, year, reading))
    return found


def held(urn: int, year: int, reading: Reading) -> frozenset[str]:
    """The visits that a school had in a year."""
    return frozenset(reading.db.scalars(_HELD, {"urn": urn, "year": year}))


def _visits(packed: str) -> tuple[str, ...]:
    return msgspec.json.decode(packed, type=tuple[str, ...])
