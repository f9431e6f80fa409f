"""People who see a school's history differently, and events that are not for all of them."""

from datetime import date, time

from services.core.authorisation import Actor, Role, Tenure
from services.visits.events import Meeting, PmVisitHeld, RecordPassed, RiskRated

URN = 120777
TENURES: dict[str, list[Tenure]] = {
    "adviser": [Tenure(Role.ADVISER, None, date(2011, 9, 1))],
    "auditor": [Tenure(Role.AUDITOR, None, date(2011, 9, 1))],
    "officer": [Tenure(Role.PROGRAMME_OFFICER, None, date(2011, 9, 1))],
    "head": [Tenure(Role.HEADTEACHER, URN, date(2011, 9, 1))],
    "old-chair": [Tenure(Role.CHAIR, URN, date(2011, 9, 1), date(2022, 9, 5))],
    "new-chair": [Tenure(Role.CHAIR, URN, date(2022, 9, 5))],
    "trusted-chair": [Tenure(Role.CHAIR, URN, date(2022, 9, 5), sees_since=date(2022, 9, 3))],
}
"""Tenures by person. The new chair follows the old one on 5 September 2022."""


def actor(person: str) -> Actor:
    return Actor(person)


def rated(urn: int = URN, rating: str = "red-amber") -> RiskRated:
    """A confidential fact."""
    return RiskRated(urn, rating, "unchanged", "Results over three years", 1, date(2023, 1, 9))


def passed(urn: int = URN) -> RecordPassed:
    """A fact for the county alone."""
    return RecordPassed(urn, 2022, "1", 1, 1, {"brief": True})


def pm_visit(urn: int = URN, *present: str) -> PmVisitHeld:
    """A fact for those who took part."""
    meeting = Meeting("headteacher", time(9), time(10), ("adviser", "headteacher"))
    return PmVisitHeld(urn, 2022, date(2022, 9, 6), "adviser", (meeting,), present, date(2021, 5, 4))
