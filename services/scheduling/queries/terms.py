"""Questions about the terms of an academic year."""

from msgspec import Struct
from sqlalchemy import select

from services.core.commands import AcademicYear, Query, query
from services.core.service import Reading
from services.scheduling.events import TermDates
from services.scheduling.projections.terms import term
from services.scheduling.terms import usual_terms


@query("scheduling.Terms")
class Terms(Query, frozen=True):
    """The terms of an academic year."""

    year: AcademicYear


class TermsOfYear(Struct, frozen=True):
    """`set` is false where they are only the usual ones."""

    year: int
    terms: tuple[TermDates, ...]
    set: bool


def terms_of_year(asked: Terms, reading: Reading) -> TermsOfYear:
    rows = select(term.c.term, term.c.begins, term.c.ends).where(term.c.year == asked.year).order_by(term.c.begins)
    known = tuple(TermDates(*row) for row in reading.db.execute(rows))
    return TermsOfYear(asked.year, known or usual_terms(asked.year), set=bool(known))
