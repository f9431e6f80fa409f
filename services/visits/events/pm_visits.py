"""Visit 4, support for the headteacher's performance management. It leaves no record (VR2)."""

from datetime import date, time

from msgspec import Struct

from services.core.audience import Audience
from services.core.events import AcademicYear, Event, PersonId, Urn, event


class Meeting(Struct, frozen=True):
    """One of the three meetings of visit 4: with the headteacher, with the governors, together. London wall time."""

    meeting: str
    starts: time
    ends: time
    roles: tuple[str, ...]


@event("visits.PmVisitHeld")
class PmVisitHeld(Event, frozen=True, gc=False):
    """Visit 4 took place: its three meetings and who was there by role, nothing of what was said. True from `day`.
    Others than those who took part see the day alone."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    day: date
    adviser: PersonId
    meetings: tuple[Meeting, ...]
    present: tuple[PersonId, ...]
    training_completed: date

    def known_to(self) -> tuple[str, ...]:
        return (self.adviser, *self.present)

    def says(self) -> str:
        return f"Visit 4 took place on {self.day:%-d %B %Y}"


@event("visits.PmVisitWithdrawn")
class PmVisitWithdrawn(Event, frozen=True, gc=False):
    """What was logged of visit 4 on `day` was wrong, its feedback form included, and counts no more; visit 4 may be
    logged again. `why` is one of the reasons that the command offers, for here nobody writes. True from `day`."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    day: date
    took_part: tuple[PersonId, ...]
    why: str

    def known_to(self) -> tuple[str, ...]:
        return self.took_part

    def says(self) -> str:
        return f"Visit 4 was logged on {self.day:%-d %B %Y} by mistake: the log was withdrawn"


@event("visits.FeedbackFormLeft")
class FeedbackFormLeft(Event, frozen=True, gc=False):
    """The form about the service was left with the governors after visit 4."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    took_part: tuple[PersonId, ...]

    def known_to(self) -> tuple[str, ...]:
        return self.took_part

    def says(self) -> str:
        return "A feedback form about the service was left with the governors"


@event("visits.FeedbackFormReturned")
class FeedbackFormReturned(Event, frozen=True, gc=False):
    """The form came back: answers from 1 (poor) to 5 (very good) about the service, and about nothing else."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    took_part: tuple[PersonId, ...]
    answers: dict[str, int]

    def known_to(self) -> tuple[str, ...]:
        return self.took_part

    def says(self) -> str:
        return "The feedback form about the service was returned"
