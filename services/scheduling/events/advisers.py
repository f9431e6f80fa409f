"""Advisers: what they are trained for, when they can't come, and which school each was allocated to."""

from datetime import date

from services.core.events import AcademicYear, Event, Personal, PersonId, Urn, event
from services.scheduling.events.words import Sitting, Visit, visit_words


@event("scheduling.AdviserTrained")
class AdviserTrained(Event, frozen=True, gc=False):
    """An adviser completed training: data_analysis or performance_management. True from `completed`, valid until the
    day before `expires`, where it expires."""

    person: PersonId
    training: str
    completed: date
    expires: date | None = None

    def says(self) -> str:
        return f"An adviser completed training in {self.training.replace('_', ' ')}"


@event("scheduling.InterestDeclared")
class InterestDeclared(Event, frozen=True, gc=False):
    """An adviser declared a conflict of interest with a school, which blocks an allocation. True from `begins`."""

    person: PersonId
    interest_at: Urn
    begins: date
    nature: Personal

    def says(self) -> str:
        return f"An adviser declared an interest in school {self.interest_at}"


@event("scheduling.InterestEnded")
class InterestEnded(Event, frozen=True, gc=False):
    """A declared conflict of interest is over. True from `ends`."""

    person: PersonId
    interest_at: Urn
    ends: date

    def says(self) -> str:
        return f"An adviser's interest in school {self.interest_at} ended"


@event("scheduling.AdviserAway")
class AdviserAway(Event, frozen=True, gc=False):
    """An adviser is away from `begins` to `ends`, both included. Why is nobody's business here."""

    person: PersonId
    begins: date
    ends: date

    def says(self) -> str:
        return f"An adviser is away from {self.begins:%-d %B} to {self.ends:%-d %B %Y}"


@event("scheduling.AdviserBack")
class AdviserBack(Event, frozen=True, gc=False):
    """An absence that began on `begins` is over, or did not happen: the adviser can be booked from `returns` on."""

    person: PersonId
    begins: date
    returns: date

    def says(self) -> str:
        return f"An adviser is back from {self.returns:%-d %B %Y}"


@event("scheduling.TimeReserved")
class TimeReserved(Event, frozen=True, gc=False):
    """An adviser's diary keeps time for a visit, in place of any kept for the same visit before. `joint` is the same
    for the visits of federated schools that are one visit."""

    person: PersonId
    urn: Urn
    year: AcademicYear
    visit: Visit
    sittings: tuple[Sitting, ...]
    joint: str | None = None

    def concerns(self) -> tuple[int, ...]:
        return ()

    def says(self) -> str:
        return f"Time kept for {visit_words(self.visit)} at school {self.urn}"


@event("scheduling.TimeReleased")
class TimeReleased(Event, frozen=True, gc=False):
    """An adviser's diary no longer keeps time for a visit."""

    person: PersonId
    urn: Urn
    year: AcademicYear
    visit: Visit

    def concerns(self) -> tuple[int, ...]:
        return ()

    def says(self) -> str:
        return f"Time no longer kept for {visit_words(self.visit)} at school {self.urn}"


@event("scheduling.AdviserProposed")
class AdviserProposed(Event, frozen=True, gc=False):
    """The programme asks a school whether this person may be its Link Adviser from `begins` on. `proposal` counts the
    school's proposals."""

    urn: Urn
    proposal: int
    adviser: PersonId
    begins: date

    def says(self) -> str:
        return f"A Link Adviser was proposed, to begin on {self.begins:%-d %B %Y}"


@event("scheduling.ProposalObjected")
class ProposalObjected(Event, frozen=True, gc=False):
    """The school objected to a proposed Link Adviser, in its own words."""

    urn: Urn
    proposal: int
    adviser: PersonId
    words: str

    def says(self) -> str:
        return f"The school objected to the proposed Link Adviser: {self.words}"


@event("scheduling.ProposalAccepted")
class ProposalAccepted(Event, frozen=True, gc=False):
    """The school accepted a proposed Link Adviser."""

    urn: Urn
    proposal: int
    adviser: PersonId

    def says(self) -> str:
        return "The school accepted the proposed Link Adviser"


@event("scheduling.AdviserAllocated")
class AdviserAllocated(Event, frozen=True, gc=False):
    """A person is the school's Link Adviser from `begins` on, in place of any before. True from `begins`.
    `school_said` is accepted, objected or nothing; unless it is accepted, the reason stands with the event."""

    urn: Urn
    proposal: int
    adviser: PersonId
    begins: date
    school_said: str

    def says(self) -> str:
        return f"A Link Adviser was allocated from {self.begins:%-d %B %Y}"


@event("scheduling.AllocationEnded")
class AllocationEnded(Event, frozen=True, gc=False):
    """The school has no Link Adviser from `ends` on. True from `ends`."""

    urn: Urn
    adviser: PersonId
    ends: date

    def says(self) -> str:
        return f"The Link Adviser left the school on {self.ends:%-d %B %Y}"
