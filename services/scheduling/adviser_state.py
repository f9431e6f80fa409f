"""An adviser as their events tell of them: trained in what, with an interest in which schools, away when."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from services.core.events import Event
from services.scheduling.events import AdviserAway, AdviserBack, AdviserTrained, InterestDeclared, InterestEnded


class Training(StrEnum):
    """What advisers are trained in: data analysis before visits (visit 1), performance management for visit 4."""

    DATA_ANALYSIS = "data_analysis"
    PERFORMANCE_MANAGEMENT = "performance_management"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Interest(Struct, frozen=True):
    """A conflict of interest with a school, from `begins` until the day before `ends`."""

    urn: int
    begins: date
    ends: date | None = None


class Absence(Struct, frozen=True):
    """Away from `begins` until the day before `returns`."""

    begins: date
    returns: date


class Adviser(Struct, frozen=True):
    trainings: tuple[AdviserTrained, ...] = ()
    interests: tuple[Interest, ...] = ()
    absences: tuple[Absence, ...] = ()

    def trained(self, training: Training, day: date) -> bool:
        """Whether training of that kind is valid on the day."""
        return any(
            done.training == training and done.completed <= day and (done.expires is None or day < done.expires)
            for done in self.trainings
        )

    def interest_in(self, urn: int, day: date) -> Interest | None:
        """A conflict of interest with the school on the day or later."""
        return next((i for i in self.interests if i.urn == urn and (i.ends is None or day < i.ends)), None)

    def away(self, day: date) -> Absence | None:
        """The absence that covers the day."""
        return next((absence for absence in self.absences if absence.begins <= day < absence.returns), None)


def evolve(adviser: Adviser, event: Event) -> Adviser:
    match event:
        case AdviserTrained():
            return replace(adviser, trainings=(*adviser.trainings, event))
        case InterestDeclared(interest_at=urn, begins=begins):
            return replace(adviser, interests=(*adviser.interests, Interest(urn, begins)))
        case InterestEnded(interest_at=urn, ends=ends):
            over = [replace(i, ends=ends) if i.urn == urn and i.ends is None else i for i in adviser.interests]
            return replace(adviser, interests=tuple(over))
        case AdviserAway(begins=begins, ends=ends):
            return replace(adviser, absences=(*adviser.absences, Absence(begins, ends + timedelta(days=1))))
        case AdviserBack(begins=begins, returns=returns):
            back = [replace(a, returns=returns) if a.begins == begins else a for a in adviser.absences]
            return replace(adviser, absences=tuple(a for a in back if a.begins < a.returns))
    return adviser
