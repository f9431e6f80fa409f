"""Whether a school has closed, folded from what the register says of it."""

from datetime import date

from msgspec import UNSET

from services.core.service import ReadStream
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.visits.advisers import readable


def closed_since(urn: int, read: ReadStream) -> date | None:
    """The day on which the school closed, by all that is known now; None while it is open.

    A change counts by the day from which it is true, whenever it was recorded. Raises Damaged when one can't be
    read."""
    changes: list[tuple[date, SchoolRegistered | SchoolChanged]] = []
    for recorded in readable(read(f"scheduling.school-{urn}")):
        match recorded.data:
            case SchoolRegistered() as registered:
                changes.append((date.min, registered))
            case SchoolChanged() as changed:
                changes.append((recorded.metadata.effective_on, changed))
    status, since, closing = "", date.min, None
    for day, row in sorted(changes, key=lambda change: change[0]):
        if row.status is not UNSET:
            status, since = row.status, day
        if row.closed is not UNSET:
            closing = row.closed
    return (closing or since) if status == "Closed" else None
