"""The terms of an academic year: those that scheduling set, or the usual ones until then."""

from collections.abc import Mapping
from datetime import date

Terms = Mapping[str, tuple[date, date]]
"""First and last day by the name of the term."""


def usual_terms(year: int) -> Terms:
    """Terms for a year whose own are not set, as scheduling has them. They leave no day out."""
    return {
        "autumn": (date(year, 9, 1), date(year, 12, 31)),
        "spring": (date(year + 1, 1, 1), date(year + 1, 4, 15)),
        "summer": (date(year + 1, 4, 16), date(year + 1, 8, 31)),
    }
