"""Which adviser a school has: proposed to it, then allocated. The school has its say before anything takes effect."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from services.core.commands import Command, LongText, Reference, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.allocation_state import Allocation, Proposal, evolve
from services.scheduling.candidates import Candidate, candidate
from services.scheduling.events import (
    AdviserAllocated,
    AdviserProposed,
    AllocationEnded,
    ProposalAccepted,
    ProposalObjected,
)
from services.scheduling.parties import SCHOOL, party, require_reason
from services.scheduling.school import School, school_decider, school_stream

NO_PROPOSAL = 0
"""Stands for the number of a proposal, where an adviser goes on from a predecessor without one."""


@command("scheduling.ProposeAdviser")
class ProposeAdviser(Command, frozen=True):
    """Ask a school whether this adviser may be its Link Adviser from `begins` on, in place of any open proposal.

    A reason must be given with it when the school has an adviser, who would be replaced."""

    urn: Urn
    adviser: Reference
    begins: date


@command("scheduling.AcceptProposal")
class AcceptProposal(Command, frozen=True):
    """The school accepts the proposal of that number: the adviser is allocated at once."""

    urn: Urn
    proposal: int


@command("scheduling.ObjectToProposal")
class ObjectToProposal(Command, frozen=True):
    """The school objects to the proposal of that number, in its own words."""

    urn: Urn
    proposal: int
    words: LongText


@command("scheduling.AllocateAdviser")
class AllocateAdviser(Command, frozen=True):
    """Allocate the proposed adviser against the school's objection or after its silence. A reason must be given."""

    urn: Urn
    proposal: int


@command("scheduling.EndAllocation")
class EndAllocation(Command, frozen=True):
    """The school has no Link Adviser from `ends` on. A reason must be given."""

    urn: Urn
    ends: date


@command("scheduling.TakeOverAllocation")
class TakeOverAllocation(Command, frozen=True):
    """The adviser of a predecessor goes on at the school that follows it from `on`, unless it has one."""

    urn: Urn
    predecessor: Urn
    on: date


AboutAllocation = (
    ProposeAdviser | AcceptProposal | ObjectToProposal | AllocateAdviser | EndAllocation | TakeOverAllocation
)


class Facts(Struct, frozen=True):
    """Who may become the adviser, if anybody, and the school as its register tells of it."""

    candidate: Candidate | None
    school: School | None


def allocation_stream(urn: int) -> str:
    return f"scheduling.allocation-{urn}"


def consult(command: AboutAllocation, read_stream: ReadStream) -> Facts:
    person = _person(command, read_stream)
    chosen = None if person is None else candidate(person, command.urn, read_stream)
    return Facts(chosen, school_decider.fold(read_stream(school_stream(command.urn))))


def _person(command: AboutAllocation, read_stream: ReadStream) -> str | None:
    match command:
        case ProposeAdviser(adviser=adviser):
            return adviser
        case TakeOverAllocation(predecessor=predecessor, on=on):
            return adviser_of(predecessor, on - timedelta(days=1), read_stream)
    proposal = allocation_decider.fold(read_stream(allocation_stream(command.urn))).proposal
    return proposal.adviser if proposal else None


def adviser_of(urn: int, day: date, read_stream: ReadStream) -> str | None:
    """The school's Link Adviser on a day, for whatever hangs on it. Raises Damaged when that can't be read."""
    return allocation_decider.fold(read_stream(allocation_stream(urn))).adviser_on(day)


def decide(command: AboutAllocation, allocation: Allocation, context: Context) -> Sequence[Event | Dated]:
    match command:
        case ProposeAdviser():
            return _propose(command, allocation, context)
        case AcceptProposal():
            return _accept(command, _open(command, allocation), context)
        case ObjectToProposal():
            return [_object(command, _open(command, allocation), context)]
        case AllocateAdviser():
            return [_overrule(command, _open(command, allocation), context)]
        case EndAllocation():
            return [_end(command, allocation, context)]
        case TakeOverAllocation():
            return _take_over(command, allocation, context)


def _propose(command: ProposeAdviser, allocation: Allocation, context: Context) -> Sequence[Event]:
    open_now = allocation.proposal
    if open_now and (open_now.adviser, open_now.begins) == (command.adviser, command.begins):
        return []
    facts: Facts = context.facts
    if facts.school is None or facts.school.closed_on(command.begins):
        raise Refused(f"There is no open school with URN {command.urn} on {command.begins:%-d %B %Y}.", "urn")
    if command.begins < context.today:
        raise Refused("Choose today or a later day: the school has its say before it takes effect.", "begins")
    if problem := _unfit(facts, command.begins):
        raise Refused(problem, "adviser")
    held_by = allocation.adviser_on(command.begins)
    if held_by == command.adviser:
        raise Refused("They are the school's Link Adviser already.", "adviser")
    if held_by is not None:
        require_reason(context, "the school has a Link Adviser, who would be replaced")
    return [AdviserProposed(command.urn, allocation.proposals + 1, command.adviser, command.begins)]


def _open(command: AcceptProposal | ObjectToProposal | AllocateAdviser, allocation: Allocation) -> Proposal:
    if allocation.proposal is None or allocation.proposal.number != command.proposal:
        raise Refused("This proposal is not open any more. Look at the school's page again.", "proposal")
    return allocation.proposal


def _accept(command: AcceptProposal, proposal: Proposal, context: Context) -> Sequence[Event | Dated]:
    party(context, SCHOOL)
    begins = max(proposal.begins, context.today)
    # The school is not told why: an interest is between the adviser and the authority.
    if _unfit(context.facts, begins):
        raise Refused("This adviser can't be allocated any more. The programme office will propose somebody else.")
    return [
        ProposalAccepted(command.urn, proposal.number, proposal.adviser),
        _allocated(command.urn, proposal, begins, "accepted"),
    ]


def _object(command: ObjectToProposal, proposal: Proposal, context: Context) -> Event:
    party(context, SCHOOL)
    return ProposalObjected(command.urn, proposal.number, proposal.adviser, command.words)


def _overrule(command: AllocateAdviser, proposal: Proposal, context: Context) -> Dated:
    if not proposal.objected and context.today <= proposal.answer_by:
        raise Refused(f"The school has until {proposal.answer_by:%-d %B %Y} to answer.", "proposal")
    require_reason(context, "the school did not accept this adviser")
    begins = max(proposal.begins, context.today)
    if problem := _unfit(context.facts, begins):
        raise Refused(problem, "proposal")
    return _allocated(command.urn, proposal, begins, "objected" if proposal.objected else "nothing")


def _end(command: EndAllocation, allocation: Allocation, context: Context) -> Dated:
    spell = next((spell for spell in allocation.spells if spell.ends is None), None)
    if spell is None:
        raise Refused("The school has no Link Adviser whose allocation could end.", "ends")
    if command.ends < spell.begins:
        raise Refused(f"The allocation begins on {spell.begins:%-d %B %Y}: it can't end before.", "ends")
    require_reason(context, "the school will have no Link Adviser")
    return AllocationEnded(command.urn, spell.adviser, command.ends).true_from(command.ends)


def _take_over(command: TakeOverAllocation, allocation: Allocation, context: Context) -> Sequence[Dated]:
    facts: Facts = context.facts
    has_one = any(spell.ends is None or command.on < spell.ends for spell in allocation.spells)
    if facts.candidate is None or has_one or _unfit(facts, command.on):
        return []
    goes_on = AdviserAllocated(command.urn, NO_PROPOSAL, facts.candidate.id, command.on, "nothing")
    return [goes_on.true_from(command.on)]


def _allocated(urn: int, proposal: Proposal, begins: date, school_said: str) -> Dated:
    return AdviserAllocated(urn, proposal.number, proposal.adviser, begins, school_said).true_from(begins)


def _unfit(facts: Facts, day: date) -> str | None:
    return facts.candidate.unfit_on(day) if facts.candidate else None


allocation_decider = Decider[Allocation, AboutAllocation](
    initial=Allocation(), decide=decide, evolve=evolve, dated=True
)
