"""Whether visit 4 took place, which is logged apart from the programme: nothing of it stands there but its date."""

from services.core.service import ReadStream
from services.visits.events import PmVisitHeld, PmVisitWithdrawn


def held_apart(urn: int, year: int, read: ReadStream) -> frozenset[str]:
    """The visits of a school's year that its programme does not know to be held: visit 4, or none."""
    log = [recorded.data for recorded in read(f"visits.pm-{urn}-{year}")]
    kept = [event for event in log if isinstance(event, PmVisitHeld | PmVisitWithdrawn)]
    return frozenset({"4"} if kept and isinstance(kept[-1], PmVisitHeld) else ())
