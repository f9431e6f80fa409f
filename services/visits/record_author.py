"""Whose pen a document is: the adviser who makes the visit, or the school's Link Adviser; drafts are handed over."""

from datetime import date

from msgspec import Struct

from services.core.service import ReadStream
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    VisitHeld,
    VisitMoved,
    VisitPlanned,
    VisitReassigned,
)
from services.visits.advisers import readable


class Allocation(Struct, frozen=True):
    """From `begins` on this person is the Link Adviser (None: nobody). `position` tells what was recorded later."""

    begins: date
    position: int
    adviser: str | None


class Hands(Struct, frozen=True):
    """Whose hands a document is in: `maker` was given the visit at the log's `given_at`; `held` is the visit's last
    day, once it has taken place."""

    maker: str | None = None
    given_at: int = 0
    held: date | None = None
    allocations: tuple[Allocation, ...] = ()

    def author(self, document: str, today: date) -> str | None:
        """The adviser whose draft it is today. Whoever was given the visit or the school last has it; the annual report
        is the Link Adviser's."""
        begun = sorted((each for each in self.allocations if each.begins <= today), key=lambda each: each.begins)
        link = begun[-1] if begun else None
        if link is None or link.adviser is None:
            return self.maker
        since = link.position > self.given_at or (self.held is not None and link.begins > self.held)
        return link.adviser if since or self.maker is None or document == "annual-report" else self.maker


def visit_of(document: str) -> str:
    """The visit that a document is about: the annual report is a fruit of visit 3."""
    return "3" if document == "annual-report" else document


def hands_of(urn: int, year: int, document: str, read: ReadStream) -> Hands:
    """Fold them from scheduling's streams. Raises Damaged when an event can't be read."""
    maker, given_at, held = None, 0, None
    for recorded in readable(read(f"scheduling.programme-{urn}-{year}")):
        match recorded.data:
            case VisitPlanned() | VisitMoved() | VisitReassigned() | VisitHeld() as visit:
                if visit.visit == visit_of(document):
                    maker, given_at = visit.adviser, recorded.position
                    if isinstance(visit, VisitHeld):
                        held = visit.sittings[-1].day
    allocations = []
    for recorded in readable(read(f"scheduling.allocation-{urn}")):
        match recorded.data:
            case AdviserAllocated(adviser=adviser, begins=begins):
                allocations.append(Allocation(begins, recorded.position, adviser))
            case AllocationEnded(ends=ends):
                allocations.append(Allocation(ends, recorded.position, None))
    return Hands(maker, given_at, held, tuple(allocations))
