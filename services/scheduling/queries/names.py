"""The names of people, sealed in whatever read model keeps them."""

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, select

from services.core.keys import Sealed
from services.core.service import Reading


class Names:
    """Each name is opened once for an answer. None where nobody is meant or they were erased."""

    def __init__(self, reading: Reading, person: Table) -> None:
        self._reading, self._person = reading, person
        self._known: dict[str, str | None] = {}

    def of(self, whom: str | None) -> str | None:
        if whom is None:
            return None
        if whom not in self._known:
            packed = self._reading.db.scalar(_name_in(self._person), {"whom": whom})
            self._known[whom] = self._reading.open(Sealed.unpack(packed)) if packed else None
        return self._known[whom]


@cache
def _name_in(person: Table) -> Select[Any]:
    return select(person.c.name).where(person.c.person == bindparam("whom"))
