"""People and the roles they hold, each from one day until the day before another: a tenure decides who may do what."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from services.core.authorisation import Role, Tenure
from services.core.commands import Command, Reference, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import BackViewGranted, PersonErased, PersonRegistered, TenureBegan, TenureEnded
from services.scheduling.predecessors import sights_of


@command("scheduling.RegisterPerson")
class RegisterPerson(Command, frozen=True):
    """Somebody who may hold roles. `person` is an identifier that says nothing about them; the name is sealed."""

    person: Reference
    name: ShortText


@command("scheduling.BeginTenure")
class BeginTenure(Command, frozen=True):
    """A person holds a role from `begins` on: at one school, or (urn null) for the county."""

    person: Reference
    role: Role
    begins: date
    urn: Urn | None = None
    interim: bool = False


@command("scheduling.EndTenure")
class EndTenure(Command, frozen=True):
    """A person no longer holds a role from `ends` on: the day before is the last one."""

    person: Reference
    role: Role
    ends: date
    urn: Urn | None = None


@command("scheduling.ErasePerson")
class ErasePerson(Command, frozen=True):
    """Destroy the key to a person's details for good. A reason must be given with the command."""

    person: Reference


@command("scheduling.GrantBackView")
class GrantBackView(Command, frozen=True):
    """Let a role holder of a school open what was confidential there since a day before they came. A reason must be
    given."""

    person: Reference
    role: Role
    urn: Urn
    since: date


KEYS_OF_TEXTS = ("call-", "record-", "concern-")
"""How the names of the keys begin that seal what callers said and what records and concerns hold."""
AboutPerson = RegisterPerson | BeginTenure | EndTenure | ErasePerson | GrantBackView


class Person(Struct, frozen=True):
    """Who holds which roles. Erasure ends what is still held and leaves what was held as it was."""

    registered: bool = False
    erased: bool = False
    tenures: tuple[Tenure, ...] = ()

    def of(self, role: Role, urn: int | None) -> list[Tenure]:
        """Their tenures of one role at one school (or for the county), in order."""
        return [tenure for tenure in self.tenures if (tenure.role, tenure.urn) == (role, urn)]


def person_stream(person: str) -> str:
    return f"scheduling.person-{person}"


def decide(command: AboutPerson, person: Person, context: Context) -> Sequence[Event | Dated]:
    if person.erased:
        raise Refused("This person was erased: nothing more can be recorded about them.", "person")
    if isinstance(command, RegisterPerson):
        if person.registered:
            raise Refused("This person is already registered.", "person")
        if command.person.casefold().startswith(KEYS_OF_TEXTS):
            # Who is erased takes their key along: it must not be a text's.
            begins = " or ".join(f"“{each}”" for each in KEYS_OF_TEXTS)
            raise Refused(
                f"Choose an identifier that does not begin with {begins}: those are kept for texts.", "person"
            )
        return [PersonRegistered(command.person, command.name)]
    if not person.registered:
        raise Refused("There is no such person: register them first.", "person")
    match command:
        case BeginTenure():
            return [_begin(command, person)]
        case EndTenure():
            return [_end(command, person)]
        case ErasePerson():
            if not (context.reason or "").strip():
                raise Refused("Give the reason: an erasure can't be undone.", "reason")
            return [PersonErased(command.person)]
        case GrantBackView():
            return _grant(command, person, context)


def _begin(command: BeginTenure, person: Person) -> Dated:
    if command.role.of_a_school and command.urn is None:
        raise Refused(f"Say at which school: a {command.role.words} belongs to one.", "urn")
    if command.urn is not None and not command.role.of_a_school:
        raise Refused(f"The role of {command.role.words} is held for the county, not at one school.", "urn")
    for tenure in person.of(command.role, command.urn):
        if tenure.ends is None or command.begins < tenure.ends:
            until = f"until {tenure.ends:%-d %B %Y}" if tenure.ends else "on"
            raise Refused(f"They hold this role from {tenure.begins:%-d %B %Y} {until} already.", "begins")
    began = TenureBegan(command.person, command.role.value, command.begins, command.urn, command.interim)
    return began.true_from(command.begins)


def _end(command: EndTenure, person: Person) -> Dated:
    tenure = next((held for held in person.of(command.role, command.urn) if held.ends is None), None)
    if tenure is None:
        where = f" at school {command.urn}" if command.urn else ""
        raise Refused(f"They hold no role of {command.role.words}{where} that could end.", "role")
    if command.ends < tenure.begins:
        raise Refused(f"The role was taken up on {tenure.begins:%-d %B %Y}: it can't end before.", "ends")
    return TenureEnded(command.person, command.role.value, command.ends, command.urn).true_from(command.ends)


def _grant(command: GrantBackView, person: Person, context: Context) -> Sequence[Event]:
    held = person.of(command.role, command.urn)
    tenure = next((tenure for tenure in held if tenure.holds_on(context.today)), None)
    if tenure is None:
        raise Refused(f"They hold no role of {command.role.words} at school {command.urn} today.", "role")
    if tenure.sees_since == command.since:
        return []
    if command.since >= tenure.begins:
        raise Refused(f"They came on {tenure.begins:%-d %B %Y}: choose a day before.", "since")
    if not (context.reason or "").strip():
        raise Refused("Give the reason: what was confidential will be opened to somebody who was not there.", "reason")
    return [BackViewGranted(command.person, command.role.value, command.urn, command.since)]


def evolve(person: Person, dated: Dated) -> Person:
    match dated.event:
        case PersonRegistered():
            return replace(person, registered=True)
        case TenureBegan(role=role, urn=urn, begins=begins):
            return replace(person, tenures=(*person.tenures, Tenure(Role(role), urn, begins)))
        case TenureEnded(role=role, urn=urn, ends=ends):
            held = (Role(role), urn, None)
            tenures = [replace(t, ends=ends) if (t.role, t.urn, t.ends) == held else t for t in person.tenures]
            return replace(person, tenures=tuple(tenures))
        case BackViewGranted(role=role, urn=urn, since=since):
            here = (Role(role), urn)
            tenures = [
                replace(t, sees_since=since) if (t.role, t.urn) == here and t.holds_on(dated.effective_on) else t
                for t in person.tenures
            ]
            return replace(person, tenures=tuple(tenures))
        case PersonErased():
            tenures = [_until(tenure, dated.effective_on) for tenure in person.tenures]
            return replace(person, erased=True, tenures=tuple(tenures))
    return person


def _until(tenure: Tenure, day: date) -> Tenure:
    """The tenure, over on that day at the latest. One that was still to come is left empty."""
    if tenure.ends is not None and tenure.ends <= day:
        return tenure
    return replace(tenure, ends=max(day, tenure.begins))


person_decider = Decider[Person, AboutPerson](initial=Person(), decide=decide, evolve=evolve, dated=True)


def tenures_of(person: str, read_stream: ReadStream) -> list[Tenure]:
    """Every role that a person holds, held or will hold, and those by which they read the pages of predecessors.

    Raises Damaged when a stream of theirs can't be read."""
    held = person_decider.fold(read_stream(person_stream(person))).tenures
    return [*held, *(sight for tenure in held for sight in sights_of(tenure, read_stream))]
