"""Steps that tests of actions, concerns and visit 4 have in common, each through the door."""

from datetime import date
from typing import Any

from tests.platform import SCHOOL, SCHOOL_ROW, Platform

SUCCESSOR = 141999
SUCCESSOR_ROW: dict[str, Any] = SCHOOL_ROW | {
    "urn": SUCCESSOR,
    "name": "Aldborough Primary Academy",
    "school_type": "Academy converter",
    "type_group": "Academies",
    "effective_on": "2012-04-01",
}
CONCERN: dict[str, Any] = {"urn": SCHOOL, "concern": "2012-C1"}


def allocate(platform: Platform) -> None:
    """Make "adviser", who is trained for visit 4, the school's Link Adviser, with the school's consent."""
    for training in ("data_analysis", "performance_management"):
        platform.do("scheduling.TrainAdviser", person="adviser", training=training, completed="2011-08-01")
    platform.do("scheduling.ProposeAdviser", by="manager", urn=SCHOOL, adviser="adviser", begins="2011-09-01")
    platform.do("scheduling.AcceptProposal", by="head", urn=SCHOOL, proposal=1)


def agree_action(platform: Platform, action: str = "A1", due: str = "2012-07-31", by: str = "adviser") -> None:
    platform.do(
        "visits.AgreeAction",
        by=by,
        urn=SCHOOL,
        year=2011,
        visit="1",
        action=action,
        text=f"Action {action}",
        owner="headteacher",
        due=due,
        success="The governors see it in the minutes",
    )


def close_school(platform: Platform, closed: date = date(2012, 3, 31)) -> None:
    day = closed.isoformat()
    row = SCHOOL_ROW | {"status": "Closed", "closed": day, "effective_on": day}
    platform.do("scheduling.RecordSchool", **row)


def open_successor(platform: Platform, link_type: str = "Successor") -> None:
    """Register the school that followed, and record how."""
    platform.do("scheduling.RecordSchool", **SUCCESSOR_ROW)
    platform.do(
        "scheduling.LinkSchools",
        predecessor=SCHOOL,
        successor=SUCCESSOR,
        link_type=link_type,
        established="2012-04-01",
    )


def observe(platform: Platform, **changes: Any) -> None:
    concern = CONCERN | {"aspect": "Leadership and management", "observed": "2012-02-01", "summary": "No milestones"}
    platform.do("visits.ObserveConcern", by="adviser", **concern | changes)


def tell(platform: Platform, told_at: str, **changes: Any) -> None:
    told: dict[str, Any] = CONCERN | {
        "told": ["headteacher", "chair_of_governors"],
        "told_at": told_at,
        "how": "in_person",
    }
    platform.do("visits.TellSchool", by="adviser", **told | changes)


def decide(platform: Platform, next_review: str) -> None:
    """The team alerted, the alert acknowledged and decided on."""
    platform.do("visits.AlertTeam", by="adviser", **CONCERN)
    platform.do("visits.AcknowledgeAlert", by="team", **CONCERN)
    platform.do(
        "visits.DecideAlert",
        by="team",
        **CONCERN,
        decision="A support board for two terms",
        requested_by="governing_body",
        next_review=next_review,
    )


def rate(platform: Platform, rating: str, direction: str, next_review: str, urn: int = SCHOOL) -> None:
    platform.do(
        "visits.RateRisk",
        by="manager",
        urn=urn,
        rating=rating,
        direction=direction,
        rationale="Results fell twice",
        criteria=1,
        next_review=next_review,
        de_escalation="Results at the median",
    )


def hold_visit_4(platform: Platform, day: str = "2011-11-15", by: str = "adviser", **changes: Any) -> None:
    governors = ["reviewing_governor", "reviewing_governor"]
    meetings = [
        {"meeting": "headteacher", "starts": "09:00", "ends": "10:00", "roles": ["headteacher", "adviser"]},
        {"meeting": "governors", "starts": "10:00", "ends": "10:45", "roles": ["adviser", *governors]},
        {"meeting": "together", "starts": "10:45", "ends": "12:00", "roles": ["headteacher", "adviser", *governors]},
    ]
    visit: dict[str, Any] = {
        "urn": SCHOOL,
        "year": 2011,
        "day": day,
        "meetings": meetings,
        "present": ["head", "chair"],
    }
    platform.do("visits.RecordPmVisit", by=by, **visit | changes)
