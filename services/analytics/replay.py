"""A school's timeline and picture straight from the log, with no read model between: what the read model must equal."""

from datetime import date

from services.analytics.entries import Dials, Entry, entry, readable
from services.analytics.picture import SchoolPicture, picture_of
from services.analytics.sight import Sight, restriction_of, told_of
from services.core.authorisation import Viewer
from services.core.envelope import RecordedEvent
from services.core.log import EventLog, pages


def replay(
    log: EventLog, urn: int, true_on: date | None = None, known_on: date | None = None, viewer: Viewer | None = None
) -> tuple[list[Entry], SchoolPicture]:
    """Everything about a school that is true on one day as known at the end of another, in the order it became true:
    all of it, or what is for one viewer.

    Raises Damaged at an event that can't be read: it might have been about the school."""
    dials = Dials(true_on, known_on)

    about = [recorded for page in pages(log) for recorded in page if urn in readable(recorded).concerns()]
    told = told_of(restriction_of(readable(recorded)) for recorded in about)

    def seen(recorded: RecordedEvent) -> Sight:
        if viewer is None:
            return Sight.OPEN
        return restriction_of(readable(recorded)).sight(viewer, urn, recorded.metadata.effective_on, told)

    shown = [recorded for recorded in about if dials.show(recorded) and seen(recorded) is not Sight.HIDDEN]
    shown.sort(key=lambda recorded: (recorded.metadata.effective_on, recorded.position))
    entries = [entry(each) if seen(each) is Sight.OPEN else entry(each).outlined() for each in shown]
    return entries, picture_of(urn, shown)
