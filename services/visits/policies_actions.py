"""What becomes of a school's actions by itself, when the school closes or another follows it."""

from services.core.envelope import RecordedEvent
from services.core.policies import Policy
from services.core.times import BEFORE_RECORDS, london_day
from services.scheduling.events import SchoolChanged, SchoolsLinked
from services.visits.action_succession import CloseSchoolActions, MoveActions, TakeActions
from services.visits.events import ActionMoved

CONVERSION = "Successor"
"""GIAS's word where one school simply followed another. Where it says more ("Successor - merged", "Successor -
amalgamated"), somebody chooses what goes on, and where."""


def _close(event: SchoolChanged, recorded: RecordedEvent) -> CloseSchoolActions | None:
    return CloseSchoolActions(event.urn) if event.status == "Closed" else None


def _move(event: SchoolsLinked, recorded: RecordedEvent) -> MoveActions | None:
    if event.link_type != CONVERSION:
        return None
    established = recorded.metadata.effective_on
    on = london_day(recorded.recorded_at) if established == BEFORE_RECORDS else established
    return MoveActions(event.predecessor, event.successor, on)


def _take(event: ActionMoved, recorded: RecordedEvent) -> TakeActions:
    return TakeActions(event.to, event.urn)


ACTION_POLICIES = (
    Policy("visits.close_actions", SchoolChanged, _close),
    Policy("visits.move_actions", SchoolsLinked, _move),
    Policy("visits.take_actions", ActionMoved, _take),
)
