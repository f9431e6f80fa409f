"""Visits as they were planned, moved, put off and held."""

from datetime import date
from typing import ClassVar

from services.core.events import AcademicYear, Event, PersonId, Urn, event
from services.scheduling.events.words import Participant, Sitting, Visit, days_words, visit_title


class PublicVisit(Event, frozen=True, gc=False):
    """What other systems may know of a visit: which and when, not by whom. Nothing of visit 4 leaves the platform."""

    public = True
    withheld: ClassVar[tuple[str, ...]] = ("adviser",)

    urn: Urn
    year: AcademicYear
    visit: Visit

    def may_leave(self) -> bool:
        return self.visit != "4"


@event("scheduling.VisitPlanned")
class VisitPlanned(PublicVisit, frozen=True, gc=False):
    """A visit has a planned date; when it took place is a fact of its own. `mode` is in_person or remote; `term`
    autumn, spring or summer; `in_term` is false when it was planned outside the term that it belongs to."""

    withheld = ("adviser", "joint")

    adviser: PersonId
    sittings: tuple[Sitting, ...]
    mode: str
    term: str
    in_term: bool = True
    joint: str | None = None

    def says(self) -> str:
        return f"{visit_title(self.visit)} planned for {days_words(self.sittings)}"


@event("scheduling.VisitMoved")
class VisitMoved(PublicVisit, frozen=True, gc=False):
    """A planned visit has another date, `former` the one before. The reason stands with the event."""

    adviser: PersonId
    sittings: tuple[Sitting, ...]
    former: tuple[Sitting, ...]
    mode: str
    term: str
    in_term: bool = True

    def says(self) -> str:
        return f"{visit_title(self.visit)} moved from {days_words(self.former)} to {days_words(self.sittings)}"


@event("scheduling.VisitPostponed")
class VisitPostponed(PublicVisit, frozen=True, gc=False):
    """A planned visit was put off without another date yet. The reason stands with the event."""

    adviser: PersonId

    def says(self) -> str:
        return f"{visit_title(self.visit)} postponed: to be planned again"


@event("scheduling.VisitCancelled")
class VisitCancelled(PublicVisit, frozen=True, gc=False):
    """A visit will not take place. The reason stands with the event."""

    adviser: PersonId

    def says(self) -> str:
        return f"{visit_title(self.visit)} cancelled"


@event("scheduling.VisitReassigned")
class VisitReassigned(Event, frozen=True, gc=False):
    """Another adviser makes one visit, drafts and all; the school keeps its Link Adviser. The reason stands with the
    event."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    former: PersonId

    def says(self) -> str:
        return f"{visit_title(self.visit)} handed to another adviser"


@event("scheduling.VisitPutOnHold")
class VisitPutOnHold(Event, frozen=True, gc=False):
    """A planned visit falls inside the window of an inspection and must be planned again. `call` is the help-line's."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    call: str
    window_begins: date
    window_ends: date

    def says(self) -> str:
        return f"{visit_title(self.visit)} on hold for an inspection"


@event("scheduling.VisitConfirmed")
class VisitConfirmed(Event, frozen=True, gc=False):
    """Date and agenda of a visit stand. `by` is the role that confirmed."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    by: str

    def says(self) -> str:
        return f"{visit_title(self.visit)} confirmed"


@event("scheduling.VisitHeld")
class VisitHeld(PublicVisit, frozen=True, gc=False):
    """A visit took place. True from its (last) day. Visit 4 is recorded by the visits service, which shows its date
    only.

    `governors_took_part` tells whether the chair or another governor was there for at least part (VR3)."""

    withheld = ("adviser", "participants")

    adviser: PersonId
    sittings: tuple[Sitting, ...]
    mode: str
    participants: tuple[Participant, ...]
    governors_took_part: bool

    def says(self) -> str:
        governors = "with governors" if self.governors_took_part else "without governors"
        return f"{visit_title(self.visit)} held on {days_words(self.sittings)}, {governors}"


@event("scheduling.VisitNotHeld")
class VisitNotHeld(PublicVisit, frozen=True, gc=False):
    """A planned visit did not take place on its day. The reason stands with the event."""

    adviser: PersonId
    day: date

    def says(self) -> str:
        return f"{visit_title(self.visit)} did not take place on {self.day:%-d %B %Y}"
