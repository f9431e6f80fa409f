"""What visits does of itself when visit 2 gets a date: the self-evaluation form is due two weeks before (VR1)."""

from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.core.times import london_day
from services.scheduling.events import VisitMoved, VisitPlanned
from services.visits.sef import VISIT, SetSefDue


def _set_due(event: VisitPlanned | VisitMoved, recorded: RecordedEvent) -> SetSefDue | None:
    if event.visit != VISIT:
        return None
    visit_day = min(sitting.day for sitting in event.sittings)
    return SetSefDue(event.urn, event.year, visit_day, booked_on=london_day(recorded.recorded_at))


sef_due_when_planned = Policy("visits.sef_due_when_planned", VisitPlanned, _set_due)
sef_due_when_moved = Policy("visits.sef_due_when_moved", VisitMoved, _set_due)
