"""Ofsted's inspection frameworks by date: a grade means what its own framework says (domain 2.6)."""

from datetime import date

from msgspec import Struct

OVERALL = "Overall effectiveness"
"""The heading of the overall grade, in every framework that gives one."""


class Framework(Struct, frozen=True):
    """A framework in force from `begins` until the next one, with the overall grades that it gives, best first."""

    name: str
    begins: date
    grades: tuple[str, ...]

    @property
    def code(self) -> str:
        """How grades that name their framework name this one: the month in which it came into force."""
        return f"{self.begins:%Y-%m}"


_SATISFACTORY = ("Outstanding", "Good", "Satisfactory", "Inadequate")
_REQUIRES_IMPROVEMENT = ("Outstanding", "Good", "Requires Improvement", "Inadequate")
FRAMEWORKS = (
    Framework("framework of September 2005", date(2005, 9, 1), _SATISFACTORY),
    Framework("framework of September 2009", date(2009, 9, 1), _SATISFACTORY),
    Framework("framework of January 2012", date(2012, 1, 1), _SATISFACTORY),
    Framework("framework of September 2012", date(2012, 9, 1), _REQUIRES_IMPROVEMENT),
    Framework("framework of September 2015", date(2015, 9, 1), _REQUIRES_IMPROVEMENT),
    Framework("framework of September 2019", date(2019, 9, 1), _REQUIRES_IMPROVEMENT),
    Framework("inspections without an overall grade, from September 2024", date(2024, 9, 1), ()),
)


def framework_on(day: date) -> Framework | None:
    """The framework in force on a day; None before the first."""
    return next((framework for framework in reversed(FRAMEWORKS) if framework.begins <= day), None)
