"""What follows when one school follows another: its papers stay readable, and its Link Adviser goes on."""

from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.scheduling.allocation import TakeOverAllocation
from services.scheduling.events import SchoolsLinked
from services.scheduling.predecessors import NotePredecessor, is_succession


def _note(event: SchoolsLinked, recorded: RecordedEvent) -> NotePredecessor | None:
    if not is_succession(event.link_type):
        return None
    return NotePredecessor(event.successor, event.predecessor, recorded.metadata.effective_on)


def _go_on(event: SchoolsLinked, recorded: RecordedEvent) -> TakeOverAllocation | None:
    if not is_succession(event.link_type):
        return None
    return TakeOverAllocation(event.successor, event.predecessor, recorded.metadata.effective_on)


note_predecessors = Policy("scheduling.note_predecessors", SchoolsLinked, _note)
advisers_go_on = Policy("scheduling.advisers_go_on", SchoolsLinked, _go_on)
