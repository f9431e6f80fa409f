"""What the log of visit 4 hangs on: its adviser and their training, and who holds a role at the school."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from services.core.service import ReadStream
from services.scheduling.events import AdviserTrained, SchoolChanged, SchoolRegistered, TenureBegan, TenureEnded
from services.visits.advisers import advisers_of, readable

PERFORMANCE_MANAGEMENT = "performance_management"


class Facts(Struct, frozen=True):
    """On the day of the visit: who makes it, when they completed the training that is valid then (None: no valid one),
    which of those present hold a role at the school, and whether the school is voluntary aided (PR2)."""

    adviser: str | None
    trained: date | None
    of_the_school: frozenset[str]
    voluntary_aided: bool


def facts(urn: int, year: int, day: date, present: Iterable[str], read: ReadStream) -> Facts:
    """Raises Damaged when an event can't be read."""
    advisers = advisers_of(urn, year, read)
    adviser = advisers.of_visits.get("4") or advisers.link_adviser(day)
    return Facts(
        adviser,
        _trained(adviser, day, read) if adviser else None,
        frozenset(person for person in present if _holds_role(person, urn, day, read)),
        _school_type(urn, day, read) == "Voluntary aided school",
    )


def _trained(adviser: str, day: date, read: ReadStream) -> date | None:
    valid = [
        event.completed
        for recorded in readable(read(f"scheduling.adviser-{adviser}"))
        if isinstance(event := recorded.data, AdviserTrained)
        and event.training == PERFORMANCE_MANAGEMENT
        and event.completed <= day
        and (event.expires is None or day < event.expires)
    ]
    return max(valid, default=None)


def _holds_role(person: str, urn: int, day: date, read: ReadStream) -> bool:
    held = 0
    for recorded in readable(read(f"scheduling.person-{person}")):
        match recorded.data:
            case TenureBegan() as began if began.urn == urn and began.begins <= day:
                held += 1
            case TenureEnded() as ended if ended.urn == urn and ended.ends <= day:
                held -= 1
    return held > 0


def _school_type(urn: int, day: date, read: ReadStream) -> str:
    """Raises Damaged when an event can't be read."""
    types: list[tuple[date, str]] = []
    for recorded in readable(read(f"scheduling.school-{urn}")):
        match recorded.data:
            case SchoolRegistered(school_type=school_type):
                types.append((date.min, school_type))
            case SchoolChanged(school_type=str() as changed) if recorded.metadata.effective_on <= day:
                types.append((recorded.metadata.effective_on, changed))
    return max(types, key=lambda each: each[0], default=(day, ""))[1]
