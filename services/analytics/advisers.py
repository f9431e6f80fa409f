"""Who advises a school, folded from what scheduling says: its Link Adviser by day, and who makes one visit."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.analytics.entries import readable
from services.core.deciders import Context, Refused
from services.core.envelope import RecordedEvent
from services.core.service import ReadStream
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    VisitMoved,
    VisitPlanned,
    VisitReassigned,
)


class Advisers(Struct, frozen=True):
    """`allocated` has who became the school's Link Adviser and from which day, `ended` when each stopped being it, both
    in the order recorded; `of_visit` is who makes the visit, once it is planned."""

    allocated: tuple[tuple[date, str], ...] = ()
    ended: tuple[tuple[date, str], ...] = ()
    of_visit: str | None = None

    def link_adviser(self, day: date) -> str | None:
        """The school's Link Adviser on a day: of those who had begun by then the last, unless they had stopped."""
        begun = sorted((each for each in self.allocated if each[0] <= day), key=lambda each: each[0])
        if not begun:
            return None
        begins, adviser = begun[-1]
        return None if any(adviser == who and begins <= ends <= day for ends, who in self.ended) else adviser

    def check(self, context: Context) -> None:
        """Raises Refused for an adviser who is neither the school's nor the visit's."""
        if context.role == "adviser" and context.actor not in {self.link_adviser(context.today), self.of_visit}:
            raise Refused("Only the school's Link Adviser, or the adviser who makes the visit, may do this.")


def advisers_of(urn: int, year: int, visit: str, read_stream: ReadStream) -> Advisers:
    """Raises Damaged when an event can't be read."""
    allocation = [readable(recorded) for recorded in read_stream(f"scheduling.allocation-{urn}")]
    return Advisers(
        tuple((event.begins, event.adviser) for event in allocation if isinstance(event, AdviserAllocated)),
        tuple((event.ends, event.adviser) for event in allocation if isinstance(event, AllocationEnded)),
        _of_visit(visit, read_stream(f"scheduling.programme-{urn}-{year}")),
    )


def _of_visit(visit: str, programme: Sequence[RecordedEvent]) -> str | None:
    adviser = None
    for event in map(readable, programme):
        if isinstance(event, VisitPlanned | VisitMoved | VisitReassigned) and event.visit == visit:
            adviser = event.adviser
    return adviser
