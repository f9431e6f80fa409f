"""How much of a school's fact is for who asks: all of it, that it happened and when, or nothing."""

from collections.abc import Container, Iterable
from datetime import date
from enum import Enum, auto

from msgspec import Struct

from services.core.audience import Audience
from services.core.authorisation import Viewer
from services.core.events import Event
from services.scheduling.events import (
    VisitCancelled,
    VisitConfirmed,
    VisitMoved,
    VisitNotHeld,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
    VisitReassigned,
)
from services.visits.events import (
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernObserved,
    ConcernRedacted,
    SchoolTold,
    TeamAlerted,
)

_OF_A_VISIT = (
    VisitPlanned,
    VisitConfirmed,
    VisitMoved,
    VisitReassigned,
    VisitPostponed,
    VisitPutOnHold,
    VisitNotHeld,
    VisitCancelled,
)
_OF_A_CONCERN = (
    ConcernObserved,
    SchoolTold,
    TeamAlerted,
    AlertAcknowledged,
    AlertDecided,
    AlertReviewed,
    ConcernClosed,
    ConcernRedacted,
)


_BY_CONTENTS = frozenset((*_OF_A_VISIT, *_OF_A_CONCERN))
"""One look here spares most events fifteen others: a rebuild asks of every event."""


class Sight(Enum):
    """What one viewer gets of one fact."""

    OPEN = auto()
    OUTLINE = auto()
    """That it happened, and the day."""
    HIDDEN = auto()


class Restriction(Struct, frozen=True):
    """For whom a fact is. `known_to` are the persons it names; `concern` is the one that it is about, `tells` whether
    it says that the school was told of it."""

    audience: Audience
    known_to: tuple[str, ...] = ()
    concern: str | None = None
    tells: bool = False

    def sight(self, viewer: Viewer, urn: int, day: date, told: Container[str]) -> Sight:
        """What the viewer gets of such a fact of that day about that school, which was told of these concerns.

        A concern is the authority's alone until then, whatever else was done about it before."""
        untold = self.concern is not None and self.concern not in told
        if viewer.may_open(Audience.COUNTY if untold else self.audience, urn, day, self.known_to):
            return Sight.OPEN
        return Sight.OUTLINE if self.audience is Audience.PARTICIPANTS else Sight.HIDDEN


_WHOLE_AUDIENCE = {audience: Restriction(audience) for audience in Audience}


def restriction_of(event: Event) -> Restriction:
    """For whom an event is. Of visit 4 its adviser alone sees more than dates, from its planning on."""
    if type(event) in _BY_CONTENTS:
        return _by_contents(event)
    known_to = event.known_to()
    return Restriction(event.audience, known_to) if known_to else _WHOLE_AUDIENCE[event.audience]


def _by_contents(event: Event) -> Restriction:
    if isinstance(event, _OF_A_VISIT) and event.visit == "4":
        adviser = None if isinstance(event, VisitConfirmed) else event.adviser
        return Restriction(Audience.PARTICIPANTS, (adviser,) if adviser else ())
    if isinstance(event, _OF_A_CONCERN):
        return Restriction(event.audience, concern=event.concern, tells=isinstance(event, SchoolTold))
    return Restriction(event.audience, event.known_to())


def told_of(restrictions: Iterable[Restriction]) -> frozenset[str]:
    """The concerns of which the school was told."""
    return frozenset(each.concern for each in restrictions if each.tells and each.concern is not None)
