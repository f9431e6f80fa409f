"""When a visit was to be, folded from what scheduling says: each date it had, and when it had none."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.core.envelope import RecordedEvent
from services.core.times import london_day
from services.scheduling.events import (
    ProgrammeHandedOver,
    VisitCancelled,
    VisitHeld,
    VisitMoved,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
)
from services.visits.advisers import readable


class Step(Struct, frozen=True):
    """From `known` on, a visit was to be on `day`; None: at this school it has no date."""

    known: date
    day: date | None


def steps_of(visit: str, programme: Sequence[RecordedEvent]) -> tuple[Step, ...]:
    """The dates of one visit as its school's programme had them, in order. Raises Damaged."""
    steps = []
    for recorded in readable(programme):
        known = london_day(recorded.recorded_at)
        match recorded.data:
            case VisitPlanned() | VisitMoved() | VisitHeld() as dated if dated.visit == visit:
                steps.append(Step(known, dated.sittings[0].day))
            case VisitPostponed() | VisitCancelled() | VisitPutOnHold() as off if off.visit == visit:
                steps.append(Step(known, None))
            case ProgrammeHandedOver(visits=visits) if visit in visits:
                steps.append(Step(known, None))
    return tuple(steps)


def put_off(visit_day: date, steps: tuple[Step, ...]) -> date | None:
    """The day on which a visit last planned for `visit_day` lost its date without another; None when it did not."""
    last = max((n for n, step in enumerate(steps) if step.day == visit_day), default=None)
    if last is None:
        return None
    return next((after.known for after in steps[last + 1 : last + 2] if after.day is None), None)
