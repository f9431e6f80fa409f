"""What makes an adviser fit for a school: training, declared conflicts of interest, and absences."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.core.authorisation import Role
from services.core.commands import Command, LongText, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.adviser_state import Adviser, Training, evolve
from services.scheduling.events import AdviserAway, AdviserBack, AdviserTrained, InterestDeclared, InterestEnded
from services.scheduling.person import Person, person_decider, person_stream
from services.scheduling.school import school_stream


@command("scheduling.TrainAdviser")
class TrainAdviser(Command, frozen=True):
    """An adviser completed training; it is valid until the day before `expires`, if it expires."""

    person: Reference
    training: Training
    completed: date
    expires: date | None = None


@command("scheduling.DeclareInterest")
class DeclareInterest(Command, frozen=True):
    """An adviser has a conflict of interest with a school from `begins` on. `nature` is sealed as theirs."""

    person: Reference
    interest_at: Urn
    begins: date
    nature: LongText


@command("scheduling.EndInterest")
class EndInterest(Command, frozen=True):
    """A declared conflict of interest is over from `ends` on: the day before is its last one."""

    person: Reference
    interest_at: Urn
    ends: date


@command("scheduling.RecordAbsence")
class RecordAbsence(Command, frozen=True):
    """An adviser is away, first and last day included."""

    person: Reference
    begins: date
    ends: date


@command("scheduling.RecordReturn")
class RecordReturn(Command, frozen=True):
    """An adviser whose absence began on `begins` is back from `returns` on: the same day when it never was."""

    person: Reference
    begins: date
    returns: date


AboutAdviser = TrainAdviser | DeclareInterest | EndInterest | RecordAbsence | RecordReturn


class Facts(Struct, frozen=True):
    """The person as the register knows them, and whether the school that the command names is registered."""

    person: Person
    school_known: bool


def adviser_stream(person: str) -> str:
    return f"scheduling.adviser-{person}"


def consult(command: AboutAdviser, read_stream: ReadStream) -> Facts:
    person = person_decider.fold(read_stream(person_stream(command.person)))
    urn = getattr(command, "interest_at", None)
    return Facts(person, urn is None or bool(read_stream(school_stream(urn))))


def decide(command: AboutAdviser, adviser: Adviser, context: Context) -> Sequence[Event | Dated]:
    facts: Facts = context.facts
    if context.role == Role.ADVISER and context.actor != command.person:
        raise Refused("Advisers record this of themselves only. Ask the programme office for anybody else.", "person")
    if facts.person.erased or not any(tenure.role is Role.ADVISER for tenure in facts.person.tenures):
        raise Refused("There is no such adviser.", "person")
    match command:
        case TrainAdviser():
            return _train(command, adviser, context.today)
        case DeclareInterest():
            return _declare(command, adviser, facts)
        case EndInterest():
            return [_end(command, adviser)]
        case RecordAbsence():
            return [_away(command, adviser)]
        case RecordReturn():
            return [_back(command, adviser)]


def _train(command: TrainAdviser, adviser: Adviser, today: date) -> Sequence[Dated]:
    if command.completed > today:
        raise Refused("Record training once it is completed.", "completed")
    if command.expires is not None and command.expires <= command.completed:
        raise Refused("Training must expire after it was completed.", "expires")
    trained = AdviserTrained(command.person, command.training.value, command.completed, command.expires)
    return [] if trained in adviser.trainings else [trained.true_from(command.completed)]


def _declare(command: DeclareInterest, adviser: Adviser, facts: Facts) -> Sequence[Dated]:
    if not facts.school_known:
        raise Refused(f"There is no school with URN {command.interest_at}.", "interest_at")
    if adviser.interest_in(command.interest_at, command.begins):
        raise Refused("An interest in this school is declared already. End that one first.", "interest_at")
    declared = InterestDeclared(command.person, command.interest_at, command.begins, command.nature)
    return [declared.true_from(command.begins)]


def _end(command: EndInterest, adviser: Adviser) -> Dated:
    interest = next((i for i in adviser.interests if i.urn == command.interest_at and i.ends is None), None)
    if interest is None:
        raise Refused("No interest in this school is declared that could end.", "interest_at")
    if command.ends < interest.begins:
        raise Refused(f"The interest began on {interest.begins:%-d %B %Y}: it can't end before.", "ends")
    return InterestEnded(command.person, command.interest_at, command.ends).true_from(command.ends)


def _away(command: RecordAbsence, adviser: Adviser) -> Dated:
    if command.ends < command.begins:
        raise Refused("The last day away can't be before the first.", "ends")
    for known in adviser.absences:
        if command.begins < known.returns and known.begins <= command.ends:
            raise Refused(f"They are away from {known.begins:%-d %B %Y} already. Record their return first.", "begins")
    return AdviserAway(command.person, command.begins, command.ends).true_from(command.begins)


def _back(command: RecordReturn, adviser: Adviser) -> Dated:
    absence = next((known for known in adviser.absences if known.begins == command.begins), None)
    if absence is None:
        raise Refused(f"No absence is recorded that began on {command.begins:%-d %B %Y}.", "begins")
    if not absence.begins <= command.returns < absence.returns:
        raise Refused("The day of their return must fall into the absence.", "returns")
    return AdviserBack(command.person, command.begins, command.returns).true_from(command.returns)


adviser_decider = Decider[Adviser, AboutAdviser](initial=Adviser(), decide=decide, evolve=evolve)
