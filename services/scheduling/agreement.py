"""A school's programme of an academic year, full or tailored, in force once adviser, headteacher and chair agree."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from services.core.authorisation import Role
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.allocation import allocation_decider, allocation_stream
from services.scheduling.allocation_state import Allocation
from services.scheduling.events import ProgrammeAgreed, ProgrammeProposed, ProgrammeSettled
from services.scheduling.parties import PARTIES, agrees_once, party

ALL_VISITS = ("1", "2", "3", "4")
"""The IP day is in addition to what a school buys (BR3), so it is none of them."""


@command("scheduling.ProposeProgramme")
class ProposeProgramme(Command, frozen=True):
    """What the school's programme of the year might be. Tailored names some of the visits; full is all four.

    Whoever proposes agrees to it, and the others have to agree anew."""

    urn: Urn
    year: AcademicYear
    programme: Literal["full", "tailored"]
    visits: tuple[Literal["1", "2", "3", "4"], ...] = ()


@command("scheduling.AgreeProgramme")
class AgreeProgramme(Command, frozen=True):
    """Adviser, headteacher or chair agrees the proposal of that number (`version`)."""

    urn: Urn
    year: AcademicYear
    version: int


AboutProgramme = ProposeProgramme | AgreeProgramme


class Agreement(Struct, frozen=True):
    """The latest proposal, who agreed to it, and the programme settled last, which stays in force meanwhile."""

    proposed: ProgrammeProposed | None = None
    agreed: frozenset[str] = frozenset()
    settled: ProgrammeSettled | None = None


def agreement_stream(urn: int, year: int) -> str:
    return f"scheduling.agreement-{urn}-{year}"


class Facts(Struct, frozen=True):
    """Who the school's Link Adviser is, as no other adviser agrees for it; and in which role each person agreed, by
    the version agreed and the person."""

    allocation: Allocation
    agreed: dict[tuple[int, str], str] = {}


def consult(command: AboutProgramme, read_stream: ReadStream) -> Facts:
    agreed = {
        (recorded.data.version, recorded.metadata.actor): recorded.data.by
        for recorded in read_stream(agreement_stream(command.urn, command.year))
        if isinstance(recorded.data, ProgrammeAgreed)
    }
    return Facts(allocation_decider.fold(read_stream(allocation_stream(command.urn))), agreed)


def decide(command: AboutProgramme, agreement: Agreement, context: Context) -> Sequence[Event | Dated]:
    role = party(context, PARTIES)
    facts: Facts = context.facts
    if role is Role.ADVISER and facts.allocation.adviser_on(context.today) != context.actor:
        raise Refused("Only the school's Link Adviser agrees its programme.")
    if context.today >= date(command.year + 1, 9, 1):
        raise Refused("That academic year is over.", "year")
    match command:
        case ProposeProgramme():
            return _propose(command, agreement, role)
        case AgreeProgramme():
            return _agree(command, agreement, role, context)


def _propose(command: ProposeProgramme, agreement: Agreement, role: Role) -> Sequence[Event]:
    chosen = tuple(visit for visit in ALL_VISITS if visit in command.visits)
    if command.programme == "tailored" and chosen in ((), ALL_VISITS):
        raise Refused("Choose one to three of the visits: with all four, the programme is full.", "visits")
    visits = ALL_VISITS if command.programme == "full" else chosen
    version = agreement.proposed.version + 1 if agreement.proposed else 1
    return [
        ProgrammeProposed(command.urn, command.year, version, command.programme, visits, role.value),
        ProgrammeAgreed(command.urn, command.year, version, role.value),
    ]


def _agree(command: AgreeProgramme, agreement: Agreement, role: Role, context: Context) -> Sequence[Event | Dated]:
    proposed = agreement.proposed
    if proposed is None or proposed.version != command.version:
        raise Refused("Another programme has been proposed since. Read it before you agree.", "version")
    if role in agreement.agreed:
        return []
    facts: Facts = context.facts
    agrees_once(facts.agreed.get((proposed.version, context.actor)))
    agreed = ProgrammeAgreed(command.urn, command.year, proposed.version, role.value)
    if agreement.agreed | {role} != PARTIES:
        return [agreed]
    begins = max(date(command.year, 9, 1), context.today)
    settled = ProgrammeSettled(command.urn, command.year, proposed.version, proposed.programme, proposed.visits, begins)
    return [agreed, settled.true_from(begins)]


def evolve(agreement: Agreement, event: Event) -> Agreement:
    match event:
        case ProgrammeProposed():
            return replace(agreement, proposed=event, agreed=frozenset())
        case ProgrammeAgreed(by=by):
            return replace(agreement, agreed=agreement.agreed | {by})
        case ProgrammeSettled():
            return replace(agreement, settled=event)
    return agreement


agreement_decider = Decider[Agreement, AboutProgramme](initial=Agreement(), decide=decide, evolve=evolve)
