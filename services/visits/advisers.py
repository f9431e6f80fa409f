"""Who advises a school, folded from what scheduling says: its Link Adviser by day, and who makes each visit."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.core.deciders import Context, Damaged, Refused
from services.core.envelope import RecordedEvent
from services.core.events import Undecodable
from services.core.service import ReadStream
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    VisitMoved,
    VisitPlanned,
    VisitReassigned,
)


class Advisers(Struct, frozen=True):
    """`link` has the Link Advisers by the day from which each is it (None: nobody from that day on), in that order;
    `of_visits` who makes each visit of one academic year."""

    link: tuple[tuple[date, str | None], ...] = ()
    of_visits: dict[str, str] = {}

    def link_adviser(self, day: date) -> str | None:
        return next((adviser for begins, adviser in reversed(self.link) if begins <= day), None)

    def check(self, visit: str, context: Context) -> None:
        """Raises Refused when an adviser asks who is neither the school's nor the visit's."""
        own = {self.link_adviser(context.today), self.of_visits.get(visit)}
        if context.role == "adviser" and context.actor not in own:
            name = "the IP day" if visit == "ip" else f"visit {visit}"
            raise Refused(f"Only the school's Link Adviser, or the adviser who makes {name}, may do this.")


def advisers_of(urn: int, year: int, read: ReadStream) -> Advisers:
    """Raises Damaged when an event can't be read."""
    return Advisers(_link(read(f"scheduling.allocation-{urn}")), _of_visits(read(f"scheduling.programme-{urn}-{year}")))


def readable(events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    """The same events. Raises Damaged when one can't be read."""
    for recorded in events:
        if isinstance(recorded.data, Undecodable):
            raise Damaged(f"{recorded.stream} at version {recorded.version}: {recorded.data.error}")
    return events


def _link(allocation: Sequence[RecordedEvent]) -> tuple[tuple[date, str | None], ...]:
    begun: list[tuple[date, str | None]] = []
    ended: list[tuple[date, str]] = []
    for recorded in readable(allocation):
        match recorded.data:
            case AdviserAllocated(adviser=adviser, begins=begins):
                begun.append((begins, adviser))
            case AllocationEnded(adviser=adviser, ends=ends):
                ended.append((ends, adviser))
    steps = sorted(begun, key=lambda step: step[0])
    for ends, adviser in ended:
        # Where another has followed by that day, the end of the one before changes nothing.
        if next((who for begins, who in reversed(steps) if begins <= ends), None) == adviser:
            steps = sorted([*steps, (ends, None)], key=lambda step: step[0])
    return tuple(steps)


def _of_visits(programme: Sequence[RecordedEvent]) -> dict[str, str]:
    makers: dict[str, str] = {}
    for recorded in readable(programme):
        match recorded.data:
            case VisitPlanned() | VisitMoved() | VisitReassigned() as visit:
                makers[visit.visit] = visit.adviser
    return makers
