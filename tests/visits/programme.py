"""A school in the programme: it has a Link Adviser, and visits with dates."""

from datetime import date
from typing import Any

from tests.platform import SCHOOL, Platform


def allocate(platform: Platform) -> None:
    """Make "adviser" the school's Link Adviser, with the school's consent."""
    for training in ("data_analysis", "performance_management"):
        platform.do("scheduling.TrainAdviser", person="adviser", training=training, completed="2011-08-01")
    platform.do("scheduling.ProposeAdviser", by="manager", urn=SCHOOL, adviser="adviser", begins="2011-09-01")
    platform.do("scheduling.AcceptProposal", by="head", urn=SCHOOL, proposal=1)


def plan(platform: Platform, visit: str, day: date) -> None:
    """Plan a visit of 2011-12 for a morning, whatever the term."""
    platform.do("scheduling.PlanVisit", because="Agreed with the head", **_on(visit, day))


def move(platform: Platform, visit: str, day: date) -> None:
    platform.do("scheduling.MoveVisit", because="The school asked for it", **_on(visit, day))


def _on(visit: str, day: date) -> dict[str, Any]:
    morning: dict[str, Any] = {"day": day.isoformat(), "starts": "09:00", "ends": "12:00"}
    return {"urn": SCHOOL, "year": 2011, "visit": visit, "sittings": [morning]}
