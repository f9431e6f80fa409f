"""How much of a school's fact is for who asks: all of it, that it happened and when, or nothing."""

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto

from services.analytics.entries import readable
from services.core.audience import Audience
from services.core.authorisation import Viewer
from services.core.envelope import RecordedEvent


class Sight(Enum):
    """What one viewer gets of one fact."""

    OPEN = auto()
    OUTLINE = auto()
    """That it happened, and the day."""
    HIDDEN = auto()


def sight(viewer: Viewer, audience: Audience, urn: int, day: date, known_to: Iterable[str]) -> Sight:
    """What the viewer gets of a fact of that day about that school."""
    if viewer.may_open(audience, urn, day, known_to):
        return Sight.OPEN
    return Sight.OUTLINE if audience is Audience.PARTICIPANTS else Sight.HIDDEN


def sight_of(viewer: Viewer, urn: int, recorded: RecordedEvent) -> Sight:
    """What the viewer gets of a recorded event about that school. Raises Damaged."""
    event = readable(recorded)
    return sight(viewer, event.audience, urn, recorded.metadata.effective_on, event.known_to())
