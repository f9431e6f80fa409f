"""A school's timeline and picture straight from the log, with no read model between: what the read model must equal."""

from datetime import date

from services.analytics.entries import Dials, Entry, entry, readable
from services.analytics.picture import SchoolPicture, picture_of
from services.core.log import EventLog, pages


def replay(
    log: EventLog, urn: int, true_on: date | None = None, known_on: date | None = None
) -> tuple[list[Entry], SchoolPicture]:
    """Everything about a school that is true on one day as known at the end of another, in the order it became true.

    Raises Damaged at an event that can't be read: it might have been about the school."""
    dials = Dials(true_on, known_on)
    shown = [
        recorded
        for page in pages(log)
        for recorded in page
        if urn in readable(recorded).concerns() and dials.show(recorded)
    ]
    shown.sort(key=lambda recorded: (recorded.metadata.effective_on, recorded.position))
    return [entry(recorded) for recorded in shown], picture_of(urn, shown)
