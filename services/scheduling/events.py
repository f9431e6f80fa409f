"""What scheduling publishes: schools, the links between them, people and their tenures, subscriptions, and each
school's programme of a year: its adviser, its visits and their agendas."""

from datetime import date, time
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from services.core.events import AcademicYear, Event, Personal, PersonId, Urn, event

Visit = Annotated[str, Meta(description="1, 2, 3 or 4 for the visits of the programme, ip for the IP day")]


class Sitting(Struct, frozen=True):
    """One unbroken part of a visit; times are London wall time, the end excluded. A visit has one or two."""

    day: date
    starts: time
    ends: time


class AgendaItem(Struct, frozen=True):
    """`source` is programme, school or la; `slot` is la, school or negotiated on an IP day (VR5), else empty;
    `aspect` is one of the IP day's six, where it is one (VR4)."""

    title: str
    source: str
    minutes: int
    slot: str = ""
    aspect: str = ""


class Paper(Struct, frozen=True):
    """Something the adviser asks to see before a visit; `paper` is its code within the visit."""

    paper: str
    title: str
    due: date


class Participant(Struct, frozen=True):
    """Who took part in a visit: by role, for the whole of it or a part; `person` where they are known here,
    `stands_in_for` the role that they stood in for."""

    role: str
    part: str
    person: PersonId | None = None
    stands_in_for: str | None = None


class TermDates(Struct, frozen=True):
    """A term of an academic year, first and last day included."""

    term: str
    begins: date
    ends: date


def visit_words(visit: str) -> str:
    """A visit as it is called within a sentence."""
    return "IP day" if visit == "ip" else f"visit {visit}"


def visit_title(visit: str) -> str:
    """A visit as it is called at the beginning of a sentence."""
    return "IP day" if visit == "ip" else f"Visit {visit}"


def days_words(sittings: tuple[Sitting, ...]) -> str:
    """The days of a visit, in words."""
    return " and ".join(f"{sitting.day:%-d %B %Y}" for sitting in sittings)


@event("scheduling.SchoolRegistered")
class SchoolRegistered(Event, frozen=True, gc=False):
    """A school as Get Information about Schools first gave it. Codes are text: they lose leading zeros as numbers.

    `type_group` decides what the school is charged (BR1); true from `opened`, or from before records."""

    urn: Urn
    name: str
    la_code: str
    establishment_number: str
    school_type: str
    type_group: str
    status: str
    phase: str
    opened: date | None = None
    closed: date | None = None
    low_age: int | None = None
    high_age: int | None = None
    religious_character: str | None = None
    capacity: int | None = None
    pupils: int | None = None
    street: str | None = None
    locality: str | None = None
    town: str | None = None
    postcode: str | None = None
    district: str | None = None
    website: str | None = None

    def says(self) -> str:
        return f"{self.name} registered: {self.school_type.lower()}, {self.status.lower()}"


@event("scheduling.SchoolChanged")
class SchoolChanged(Event, frozen=True, gc=False):
    """Only what changed in a school's row; a field that is absent did not change, null was cleared."""

    urn: Urn
    name: str | UnsetType = UNSET
    la_code: str | UnsetType = UNSET
    establishment_number: str | UnsetType = UNSET
    school_type: str | UnsetType = UNSET
    type_group: str | UnsetType = UNSET
    status: str | UnsetType = UNSET
    phase: str | UnsetType = UNSET
    opened: date | UnsetType | None = UNSET
    closed: date | UnsetType | None = UNSET
    low_age: int | UnsetType | None = UNSET
    high_age: int | UnsetType | None = UNSET
    religious_character: str | UnsetType | None = UNSET
    capacity: int | UnsetType | None = UNSET
    pupils: int | UnsetType | None = UNSET
    street: str | UnsetType | None = UNSET
    locality: str | UnsetType | None = UNSET
    town: str | UnsetType | None = UNSET
    postcode: str | UnsetType | None = UNSET
    district: str | UnsetType | None = UNSET
    website: str | UnsetType | None = UNSET

    def changes(self) -> dict[str, str | int | date | None]:
        """The fields that changed, with their new values."""
        fields = [name for name in self.__struct_fields__ if name != "urn"]
        return {name: value for name in fields if (value := getattr(self, name)) is not UNSET}

    def says(self) -> str:
        words = (f"{name.replace('_', ' ')} is now {value or 'blank'}" for name, value in self.changes().items())
        return f"School details changed: {'; '.join(words)}"


@event("scheduling.SchoolsLinked")
class SchoolsLinked(Event, frozen=True, gc=False):
    """One school followed another, as when a school converts and gets a new URN. `link_type` is GIAS's word for it."""

    predecessor: Urn
    successor: Urn
    link_type: str

    def concerns(self) -> tuple[int, ...]:
        return (self.predecessor, self.successor)

    def says(self) -> str:
        return f"School {self.successor} follows school {self.predecessor} ({self.link_type.lower()})"


@event("scheduling.PersonRegistered")
class PersonRegistered(Event, frozen=True, gc=False):
    """A person who may hold roles."""

    person: PersonId
    name: Personal

    def says(self) -> str:
        return "A person was registered"


@event("scheduling.TenureBegan")
class TenureBegan(Event, frozen=True, gc=False):
    """A person holds a role from `begins`, at one school or (urn null) for the county. True from `begins`."""

    person: PersonId
    role: str
    begins: date
    urn: Urn | None = None
    interim: bool = False

    def says(self) -> str:
        interim = "interim " if self.interim else ""
        return f"New {interim}{self.role.replace('_', ' ')} from {self.begins:%-d %B %Y}"


@event("scheduling.TenureEnded")
class TenureEnded(Event, frozen=True, gc=False):
    """A person no longer holds a role from `ends` on. True from `ends`."""

    person: PersonId
    role: str
    ends: date
    urn: Urn | None = None

    def says(self) -> str:
        return f"The {self.role.replace('_', ' ')} left the role on {self.ends:%-d %B %Y}"


@event("scheduling.PersonErased")
class PersonErased(Event, frozen=True, gc=False):
    """The key to a person's sealed fields was ordered destroyed. Every hash and total stays as it was."""

    person: PersonId

    def says(self) -> str:
        return "A person's details were erased"


@event("scheduling.SchoolSubscribed")
class SchoolSubscribed(Event, frozen=True, gc=False):
    """A school bought the programme for an academic year (BR1). True from `begins`, the date whose status sets the
    price."""

    urn: Urn
    year: AcademicYear
    begins: date
    programme: str = "full"

    def says(self) -> str:
        return f"Subscribed to the {self.programme} service for {self.year}-{(self.year + 1) % 100:02d}"


@event("scheduling.SubscriptionEnded")
class SubscriptionEnded(Event, frozen=True, gc=False):
    """A school stopped taking the programme during the year. True from `ends`; what it still owes, billing decides."""

    urn: Urn
    year: AcademicYear
    ends: date

    def says(self) -> str:
        return f"Stopped taking the programme on {self.ends:%-d %B %Y}"


@event("scheduling.BackViewGranted")
class BackViewGranted(Event, frozen=True, gc=False):
    """A role holder may open what was confidential at the school from `since` on, before they came. The reason stands
    with the event."""

    person: PersonId
    role: str
    urn: Urn
    since: date

    def says(self) -> str:
        return (
            f"The {self.role.replace('_', ' ')} was granted sight of confidential papers since {self.since:%-d %B %Y}"
        )


@event("scheduling.PredecessorNoted")
class PredecessorNoted(Event, frozen=True, gc=False):
    """The school follows another, whose pages its role holders may read from then on. True from `established`."""

    urn: Urn
    predecessor: Urn
    established: date

    def says(self) -> str:
        return f"The papers of school {self.predecessor} came to this school"


@event("scheduling.TermsSet")
class TermsSet(Event, frozen=True, gc=False):
    """The terms of an academic year in Norfolk."""

    year: AcademicYear
    terms: tuple[TermDates, ...]

    def says(self) -> str:
        return f"Terms of {self.year}-{(self.year + 1) % 100:02d} set"


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


@event("scheduling.VisitPlanned")
class VisitPlanned(Event, frozen=True, gc=False):
    """A visit has a planned date; when it took place is a fact of its own. `mode` is in_person or remote; `term`
    autumn, spring or summer; `in_term` is false when it was planned outside the term that it belongs to."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    sittings: tuple[Sitting, ...]
    mode: str
    term: str
    in_term: bool = True
    joint: str | None = None

    def says(self) -> str:
        return f"{visit_title(self.visit)} planned for {days_words(self.sittings)}"


@event("scheduling.VisitMoved")
class VisitMoved(Event, frozen=True, gc=False):
    """A planned visit has another date, `former` the one before. The reason stands with the event."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    sittings: tuple[Sitting, ...]
    former: tuple[Sitting, ...]
    mode: str
    term: str
    in_term: bool = True

    def says(self) -> str:
        return f"{visit_title(self.visit)} moved from {days_words(self.former)} to {days_words(self.sittings)}"


@event("scheduling.VisitPostponed")
class VisitPostponed(Event, frozen=True, gc=False):
    """A planned visit was put off without another date yet. The reason stands with the event."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId

    def says(self) -> str:
        return f"{visit_title(self.visit)} postponed: to be planned again"


@event("scheduling.VisitCancelled")
class VisitCancelled(Event, frozen=True, gc=False):
    """A visit will not take place. The reason stands with the event."""

    urn: Urn
    year: AcademicYear
    visit: Visit
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


@event("scheduling.AgendaProposed")
class AgendaProposed(Event, frozen=True, gc=False):
    """The first agenda put forward for a visit. `by` is the proposer's role."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    items: tuple[AgendaItem, ...]
    by: str

    def says(self) -> str:
        return f"Agenda proposed for {visit_words(self.visit)}: {len(self.items)} items"


@event("scheduling.AgendaCountered")
class AgendaCountered(Event, frozen=True, gc=False):
    """The other side put forward a different agenda, and why (`words`)."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    items: tuple[AgendaItem, ...]
    by: str
    words: str

    def says(self) -> str:
        return f"Another agenda put forward for {visit_words(self.visit)}: {self.words}"


@event("scheduling.AgendaAgreed")
class AgendaAgreed(Event, frozen=True, gc=False):
    """Head and adviser agree this version of the agenda; `by` is the one who agreed to the other's."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    version: int
    by: str

    def says(self) -> str:
        return f"Agenda agreed for {visit_words(self.visit)}"


@event("scheduling.PapersRequested")
class PapersRequested(Event, frozen=True, gc=False):
    """The adviser asked the school for papers before a visit."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    papers: tuple[Paper, ...]

    def says(self) -> str:
        return f"Papers asked for before {visit_words(self.visit)}: {', '.join(paper.title for paper in self.papers)}"


@event("scheduling.PaperReceived")
class PaperReceived(Event, frozen=True, gc=False):
    """A paper that was asked for came. True from `received`; `days_late` is 0 when it came in time."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    paper: str
    title: str
    received: date
    days_late: int

    def says(self) -> str:
        late = f", {self.days_late} days late" if self.days_late else ""
        return f"{self.title} received for {visit_words(self.visit)}{late}"


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
class VisitHeld(Event, frozen=True, gc=False):
    """A visit took place. True from its (last) day. Visit 4 is recorded by the visits service, which shows its date
    only.

    `governors_took_part` tells whether the chair or another governor was there for at least part (VR3)."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    sittings: tuple[Sitting, ...]
    mode: str
    participants: tuple[Participant, ...]
    governors_took_part: bool

    def says(self) -> str:
        governors = "with governors" if self.governors_took_part else "without governors"
        return f"{visit_title(self.visit)} held on {days_words(self.sittings)}, {governors}"


@event("scheduling.VisitNotHeld")
class VisitNotHeld(Event, frozen=True, gc=False):
    """A planned visit did not take place on its day. The reason stands with the event."""

    urn: Urn
    year: AcademicYear
    visit: Visit
    adviser: PersonId
    day: date

    def says(self) -> str:
        return f"{visit_title(self.visit)} did not take place on {self.day:%-d %B %Y}"


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
