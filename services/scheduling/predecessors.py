"""Schools that a school follows: its role holders may read on in their pages, and may do nothing there."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from services.core.authorisation import Tenure
from services.core.commands import Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import PredecessorNoted
from services.scheduling.school import school_stream


@command("scheduling.NotePredecessor")
class NotePredecessor(Command, frozen=True):
    """The school follows another since `established`. Nothing comes of it when the other has no pages here."""

    urn: Urn
    predecessor: Urn
    established: date


class Predecessor(Struct, frozen=True):
    urn: int
    established: date


Predecessors = tuple[Predecessor, ...]


def is_succession(link_type: str) -> bool:
    """Whether the later school really follows the earlier: by conversion, merger, amalgamation or split.

    GIAS links schools for other reasons too, such as the closure of a neighbour or an expansion."""
    return link_type.startswith("Successor")


def predecessors_stream(urn: int) -> str:
    return f"scheduling.predecessors-{urn}"


def has_pages(command: NotePredecessor, read_stream: ReadStream) -> bool:
    """Whether the predecessor is registered here."""
    return bool(read_stream(school_stream(command.predecessor)))


def decide(command: NotePredecessor, known: Predecessors, context: Context) -> Sequence[Dated]:
    if not context.facts or any(predecessor.urn == command.predecessor for predecessor in known):
        return []
    noted = PredecessorNoted(command.urn, command.predecessor, command.established)
    return [noted.true_from(command.established)]


def evolve(known: Predecessors, event: Event) -> Predecessors:
    match event:
        case PredecessorNoted(predecessor=urn, established=established):
            return (*known, Predecessor(urn, established))
    return known


predecessors_decider = Decider[Predecessors, NotePredecessor](initial=(), decide=decide, evolve=evolve)


def sights_of(tenure: Tenure, read_stream: ReadStream) -> Iterator[Tenure]:
    """The tenures by which the holder of a school role reads the pages of its predecessors, and theirs in turn.

    Each lasts as long as the tenure itself, from the day on which the one school followed the other at the earliest:
    whoever runs the later school was nobody at the earlier one before."""
    if tenure.urn is None:
        return
    seen = {tenure.urn}
    reached = [(tenure.urn, tenure.begins)]
    for urn, begins in reached:
        for predecessor in predecessors_decider.fold(read_stream(predecessors_stream(urn))):
            if predecessor.urn not in seen:
                seen.add(predecessor.urn)
                since = max(begins, predecessor.established)
                reached.append((predecessor.urn, since))
                yield replace(tenure, urn=predecessor.urn, begins=since, reads_only=True)
