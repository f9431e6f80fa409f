"""Where a school stands with its Link Adviser, as the events tell of it."""

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from services.core.events import Dated
from services.scheduling.events import AdviserAllocated, AdviserProposed, AllocationEnded, ProposalObjected

DAYS_TO_ANSWER = timedelta(days=10)
"""How long the school is asked for its say, before its silence may be acted on with a reason."""


class Proposal(Struct, frozen=True):
    """A proposal that is still open, made on the day `proposed`."""

    number: int
    adviser: str
    begins: date
    proposed: date
    objected: bool = False

    @property
    def answer_by(self) -> date:
        """The last day on which the school's silence says nothing."""
        return self.proposed + DAYS_TO_ANSWER - timedelta(days=1)


class Spell(Struct, frozen=True):
    """A person is the school's Link Adviser from `begins` until the day before `ends`."""

    adviser: str
    begins: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


class Allocation(Struct, frozen=True):
    """How many proposals there were, the one that is open, and the advisers in order."""

    proposals: int = 0
    proposal: Proposal | None = None
    spells: tuple[Spell, ...] = ()

    def adviser_on(self, day: date) -> str | None:
        """The school's Link Adviser on a day, as far as is known by now."""
        return next((spell.adviser for spell in self.spells if spell.covers(day)), None)


def evolve(allocation: Allocation, dated: Dated) -> Allocation:
    match dated.event:
        case AdviserProposed(proposal=number, adviser=adviser, begins=begins):
            proposal = Proposal(number, adviser, begins, dated.effective_on)
            return replace(allocation, proposals=number, proposal=proposal)
        case ProposalObjected() if allocation.proposal is not None:
            return replace(allocation, proposal=replace(allocation.proposal, objected=True))
        case AdviserAllocated(proposal=number, adviser=adviser, begins=begins):
            earlier = [_until(spell, begins) for spell in allocation.spells if spell.begins < begins]
            answered = allocation.proposal is not None and allocation.proposal.number == number
            still_open = None if answered else allocation.proposal
            return replace(allocation, proposal=still_open, spells=(*earlier, Spell(adviser, begins)))
        case AllocationEnded(ends=ends):
            return replace(allocation, spells=tuple(_until(spell, ends) for spell in allocation.spells))
    return allocation


def _until(spell: Spell, day: date) -> Spell:
    """The spell, over on that day at the latest."""
    return spell if spell.ends is not None and spell.ends <= day else replace(spell, ends=day)
