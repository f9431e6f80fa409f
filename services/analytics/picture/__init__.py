"""A school as its events describe it: the fold of one school's timeline, as far as the two dials show it."""

from collections.abc import Iterable

from services.analytics.entries import readable
from services.analytics.picture import achievement, money, school, support, visits
from services.analytics.picture.shape import (
    ActionSeen,
    ConcernSeen,
    Grades,
    Link,
    RecordSeen,
    RiskSeen,
    SchoolPicture,
    SefSeen,
    TargetsSeen,
    VisitSeen,
)
from services.core.envelope import RecordedEvent

__all__ = [
    "ActionSeen",
    "ConcernSeen",
    "Grades",
    "Link",
    "RecordSeen",
    "RiskSeen",
    "SchoolPicture",
    "SefSeen",
    "TargetsSeen",
    "VisitSeen",
    "picture_of",
]

_FOLDS = (school.after, visits.after, achievement.after, support.after, money.after)


def picture_of(urn: int, events: Iterable[RecordedEvent]) -> SchoolPicture:
    """The picture of a school from its events, which must come in order of `effective_on`, then position."""
    picture = SchoolPicture(urn)
    for recorded in events:
        event, day = readable(recorded), recorded.metadata.effective_on
        for after in _FOLDS:
            picture = after(picture, event, day)
    return picture
