"""Schools, links between them, people and their tenures, subscriptions and terms."""

from datetime import date

from msgspec import UNSET, Struct, UnsetType

from services.core.events import AcademicYear, Event, Personal, PersonId, Urn, event


class TermDates(Struct, frozen=True):
    """A term of an academic year, first and last day included."""

    term: str
    begins: date
    ends: date


@event("scheduling.SchoolRegistered")
class SchoolRegistered(Event, frozen=True, gc=False):
    """A school as Get Information about Schools first gave it. Codes are text: they lose leading zeros as numbers.

    `type_group` decides what the school is charged (BR1); true from `opened`, or from before records."""

    public = True

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

    public = True

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

    public = True

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

    public = True

    urn: Urn
    year: AcademicYear
    begins: date
    programme: str = "full"

    def says(self) -> str:
        return f"Subscribed to the {self.programme} service for {self.year}-{(self.year + 1) % 100:02d}"


@event("scheduling.SubscriptionEnded")
class SubscriptionEnded(Event, frozen=True, gc=False):
    """A school stopped taking the programme during the year. True from `ends`; what it still owes, billing decides."""

    public = True

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

    public = True

    year: AcademicYear
    terms: tuple[TermDates, ...]

    def says(self) -> str:
        return f"Terms of {self.year}-{(self.year + 1) % 100:02d} set"
