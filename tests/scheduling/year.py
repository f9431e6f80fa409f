"""A school with its Link Adviser, and its visits as tests speak of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from typing import Any

from services.scheduling.events import AdviserProposed, Sitting
from tests.platform import SCHOOL, SCHOOL_ROW, Platform, opened_platform

YEAR = 2011
AUTUMN = date(2011, 10, 3)
SPRING = date(2012, 2, 6)
SUMMER = date(2012, 6, 11)
OTHER = 120778
"""Another school, with a head of its own: `head-2`."""


def at(day: date, starts: str = "09:00", ends: str = "12:00") -> Sitting:
    return Sitting(day, time.fromisoformat(starts), time.fromisoformat(ends))


def typed(*sittings: Sitting) -> list[dict[str, str]]:
    """Sittings as a form sends them."""
    return [
        {"day": each.day.isoformat(), "starts": each.starts.isoformat(), "ends": each.ends.isoformat()}
        for each in sittings
    ]


@contextmanager
def opened_year(directory: Path, *, threads: bool = False) -> Iterator[Platform]:
    """A platform on 1 September 2011 whose school has `adviser` as its Link Adviser; both advisers are trained."""
    with opened_platform(directory, threads=threads) as platform:
        prepare(platform)
        yield platform


def prepare(platform: Platform) -> None:
    """Train both advisers and allocate one to the school."""
    for person in ("adviser", "adviser-2"):
        for training in ("data_analysis", "performance_management"):
            done: dict[str, Any] = {"training": training, "completed": "2011-09-01"}
            platform.do("scheduling.TrainAdviser", person=person, **done)
    allocate(platform, SCHOOL, "adviser")


def allocate(platform: Platform, urn: int, adviser: str, head: str = "head", begins: date = date(2011, 9, 1)) -> None:
    """Proposed and accepted: the school's adviser from that day, which must not be past."""
    proposed: dict[str, Any] = {"urn": urn, "adviser": adviser, "begins": begins.isoformat()}
    platform.do("scheduling.ProposeAdviser", by="officer", because="She takes over", **proposed)
    proposal = [event.proposal for event in platform.events(AdviserProposed) if event.urn == urn][-1]
    platform.do("scheduling.AcceptProposal", by=head, urn=urn, proposal=proposal)


def add_school(platform: Platform, urn: int = OTHER, adviser: str = "adviser", head: str = "head-2") -> None:
    """Another school with a head and the adviser given."""
    own = {"urn": urn, "establishment_number": str(urn)[-4:], "name": f"Primary School {urn}"}
    platform.do("scheduling.RecordSchool", **{**SCHOOL_ROW, **own})
    platform.add_person(head, "headteacher", date(2011, 9, 1), urn)
    allocate(platform, urn, adviser, head)


def plan(platform: Platform, visit: str, *sittings: Sitting, urn: int = SCHOOL, **options: Any) -> None:
    asked: dict[str, Any] = {"urn": urn, "year": YEAR, "visit": visit, "sittings": typed(*sittings)}
    platform.do("scheduling.PlanVisit", **{"by": "officer", **asked, **options})


def act(platform: Platform, command: str, visit: str, *, urn: int = SCHOOL, **options: Any) -> None:
    """Any command about one visit of the school's year."""
    platform.do(f"scheduling.{command}", urn=urn, year=YEAR, visit=visit, **options)
