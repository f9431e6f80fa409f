"""What several of the desk's answers show alike: the calendar, instants, names, and how far a call has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from services.core.authorisation import IN_CONFIDENCE, Role
from services.core.keys import Sealed
from services.core.service import Reading
from services.core.times import from_micros
from services.helpdesk.calendar import Calendar
from services.helpdesk.projections.calls import unpack
from services.helpdesk.projections.tables import calendar, person
from services.helpdesk.shipped_hours import shipped_calendar

DESK = (Role.DUTY_OFFICER, Role.DUTY_MANAGER)
COUNTY = (*DESK, *sorted(IN_CONFIDENCE))
"""Those of the authority who may open any call: the desk itself, and those who work in confidence with schools."""


def calendar_now(reading: Reading) -> Calendar:
    """The calendar with everything that was set until now."""
    packed = reading.db.scalar(select(calendar.c.packed))
    return unpack(packed) if packed else shipped_calendar()


def instant(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def opened(packed: str | None, reading: Reading) -> str | None:
    """The text of a sealed field; None where there was none, or it was erased."""
    return None if packed is None else reading.open(Sealed.unpack(packed))


class Names:
    """The names of people by identifier, each opened once; an erased one has none."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, str | None] = {}

    def of(self, identifier: str | None) -> str | None:
        if identifier is None:
            return None
        if identifier not in self._known:
            packed = self._reading.db.scalar(select(person.c.name).where(person.c.person == identifier))
            self._known[identifier] = opened(packed, self._reading)
        return self._known[identifier]


def state_of(row: Any) -> str:
    """How far a call has come: received, answered, resolved or closed."""
    if row.closed:
        return "closed"
    if row.resolved_at is not None:
        return "resolved"
    return "received" if row.answered_at is None else "answered"
