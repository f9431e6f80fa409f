"""Which school followed which: a school that converts or merges gets a new URN, joined to the old one by a link."""

from collections.abc import Sequence
from datetime import date

from services.core.commands import Command, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import SchoolsLinked


@command("scheduling.LinkSchools")
class LinkSchools(Command, frozen=True):
    """The successor followed the predecessor, from its first day (`established`, null when the register has no day)."""

    predecessor: Urn
    successor: Urn
    link_type: ShortText
    established: date | None = None


def link_stream(command: LinkSchools) -> str:
    return f"scheduling.link-{command.predecessor}-{command.successor}"


def decide(command: LinkSchools, link_types: frozenset[str], context: Context) -> Sequence[Dated]:
    if command.predecessor == command.successor:
        raise Refused("A school can't follow itself.", "successor")
    if command.link_type in link_types:
        return []
    linked = SchoolsLinked(command.predecessor, command.successor, command.link_type)
    return [linked.true_from(command.established or BEFORE_RECORDS)]


def evolve(link_types: frozenset[str], event: Event) -> frozenset[str]:
    return link_types | {event.link_type} if isinstance(event, SchoolsLinked) else link_types


link_decider = Decider[frozenset[str], LinkSchools](initial=frozenset(), decide=decide, evolve=evolve)
