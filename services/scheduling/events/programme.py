"""A school's programme of a year as it was agreed, handed on to a successor, or added to."""

from datetime import date

from services.core.events import AcademicYear, Event, Urn, event
from services.scheduling.events.words import Visit, visit_words


@event("scheduling.ProgrammeProposed")
class ProgrammeProposed(Event, frozen=True, gc=False):
    """What a school's programme of a year might be: full, or tailored to some visits. `by` is the proposer's role."""

    urn: Urn
    year: AcademicYear
    version: int
    programme: str
    visits: tuple[Visit, ...]
    by: str

    def says(self) -> str:
        return f"A {self.programme} programme was proposed: {', '.join(map(visit_words, self.visits))}"


@event("scheduling.ProgrammeAgreed")
class ProgrammeAgreed(Event, frozen=True, gc=False):
    """One party agreed a proposed programme: `by` is adviser, headteacher or chair_of_governors."""

    urn: Urn
    year: AcademicYear
    version: int
    by: str

    def says(self) -> str:
        return f"The {self.by.replace('_', ' ')} agreed the programme"


@event("scheduling.ProgrammeSettled")
class ProgrammeSettled(Event, frozen=True, gc=False):
    """All three parties agreed a programme, and it is in force from `begins`. True from `begins`. The IP day is in
    addition (BR3) and stands in none."""

    urn: Urn
    year: AcademicYear
    version: int
    programme: str
    visits: tuple[Visit, ...]
    begins: date

    def says(self) -> str:
        return f"The {self.programme} programme was agreed by adviser, head and chair"


@event("scheduling.ProgrammeHandedOver")
class ProgrammeHandedOver(Event, frozen=True, gc=False):
    """The school's programme goes on at its successor from `on`: `visits` are those still to come. True from `on`."""

    urn: Urn
    year: AcademicYear
    successor: Urn
    on: date
    visits: tuple[Visit, ...]

    def says(self) -> str:
        return f"The programme goes on at school {self.successor} from {self.on:%-d %B %Y}"


@event("scheduling.ProgrammeTakenOver")
class ProgrammeTakenOver(Event, frozen=True, gc=False):
    """The school goes on with its predecessor's programme from `on`: `visits` are those still to come. True from
    `on`."""

    urn: Urn
    year: AcademicYear
    predecessor: Urn
    on: date
    visits: tuple[Visit, ...]

    def says(self) -> str:
        return f"Went on with the programme of school {self.predecessor} from {self.on:%-d %B %Y}"


@event("scheduling.ServiceRecommended")
class ServiceRecommended(Event, frozen=True, gc=False):
    """The authority recommends a chargeable service (BR2): brokering, validation or intensive-monitoring."""

    urn: Urn
    year: AcademicYear
    order: str
    service: str
    purpose: str

    def says(self) -> str:
        return f"Recommended: {self.service.replace('-', ' ')} ({self.purpose})"


@event("scheduling.ServiceOrdered")
class ServiceOrdered(Event, frozen=True, gc=False):
    """A school ordered a chargeable service, recommended to it or asked for by itself (`asked_by` is la or school)."""

    urn: Urn
    year: AcademicYear
    order: str
    service: str
    quantity: int
    purpose: str
    asked_by: str

    def says(self) -> str:
        return f"Ordered: {self.service.replace('-', ' ')} ({self.purpose})"


@event("scheduling.ServiceDelivered")
class ServiceDelivered(Event, frozen=True, gc=False):
    """An ordered service was delivered on a day, and can be charged. True from `delivered`."""

    urn: Urn
    year: AcademicYear
    order: str
    service: str
    quantity: int
    delivered: date

    def says(self) -> str:
        return f"Delivered: {self.service.replace('-', ' ')}"


@event("scheduling.ServiceCancelled")
class ServiceCancelled(Event, frozen=True, gc=False):
    """An ordered or recommended service is not wanted. The reason stands with the event."""

    urn: Urn
    year: AcademicYear
    order: str
    service: str

    def says(self) -> str:
        return f"Cancelled: {self.service.replace('-', ' ')}"
