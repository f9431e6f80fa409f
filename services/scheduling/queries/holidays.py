"""The days of a year on which no school is visited."""

from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import select

from services.core.service import Reading
from services.scheduling.events import TermDates
from services.scheduling.projections.planning_facts import holiday, terms
from services.scheduling.terms import term_on, usual_terms


class Holidays(Struct, frozen=True):
    """Days with a name of their own, such as bank holidays, and the terms between which schools are closed."""

    named: dict[date, str]
    terms: tuple[TermDates, ...]

    def on(self, day: date) -> str | None:
        """What the day is called, if it is one."""
        return self.named.get(day) or (None if term_on(day, self.terms) else "School holidays")


def holidays(year: int, reading: Reading) -> Holidays:
    """Until the terms of the year are set, no day of it is known to lie in the school holidays."""
    named = {row.day: row.name for row in reading.db.execute(select(holiday))}
    return Holidays(named, terms_known(year, reading))


def terms_known(year: int, reading: Reading) -> tuple[TermDates, ...]:
    """The terms set for a year, else the usual ones, which leave no day out."""
    packed = reading.db.scalar(select(terms.c.terms).where(terms.c.year == year))
    return msgspec.json.decode(packed, type=tuple[TermDates, ...]) if packed else usual_terms(year)
