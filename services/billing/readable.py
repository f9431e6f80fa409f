"""Streams that a decision hangs on: nothing is charged on a history that can't be read."""

from collections.abc import Sequence

from services.core.deciders import Damaged
from services.core.envelope import RecordedEvent
from services.core.events import Undecodable


def readable(events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    """The same events. Raises Damaged at one that can't be read."""
    for recorded in events:
        if isinstance(recorded.data, Undecodable):
            raise Damaged(f"{recorded.stream} at version {recorded.version}: {recorded.data.error}")
    return events
