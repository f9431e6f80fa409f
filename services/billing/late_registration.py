"""A school that is registered after the link that makes it a successor is charged then, as if the link came last."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from services.billing import successors
from services.billing.account import Account, account_stream, evolve
from services.billing.readable import readable
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated
from services.core.service import ReadStream
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import PredecessorNoted, SchoolsLinked

ONE_SCHOOL = "Successor"
"""GIAS's word for a school that goes on under another number, and so with its programme. After a merger or amalgamation
the later school buys its own."""


@command("billing.ChargeRegistered")
class ChargeRegistered(Command, frozen=True):
    """Charge a school that was just registered for the predecessor's programme that it goes on with, if any."""

    urn: Urn
    year: AcademicYear


class Succession(Struct, frozen=True):
    """The school follows another, and what is known of that."""

    command: successors.ChargeSuccessor
    facts: successors.Facts


def stream(command: ChargeRegistered) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeRegistered, read: ReadStream) -> tuple[Succession, ...]:
    noted = (recorded.data for recorded in readable(read(f"scheduling.predecessors-{command.urn}")))
    predecessors = [event.predecessor for event in noted if isinstance(event, PredecessorNoted)]
    charges = [
        successors.ChargeSuccessor(command.urn, command.year, predecessor, link.metadata.effective_on, link.id)
        for predecessor in predecessors
        for link in readable(read(f"scheduling.link-{predecessor}-{command.urn}"))
        if goes_on(link.data, link.metadata.effective_on)
    ]
    return tuple(Succession(charge, successors.consult(charge, read)) for charge in charges)


def goes_on(event: object, established: date) -> bool:
    """Whether a link says that one school goes on as the other from a known day."""
    return isinstance(event, SchoolsLinked) and event.link_type == ONE_SCHOOL and established != BEFORE_RECORDS


def _decide(command: ChargeRegistered, account: Account, context: Context) -> Sequence[Dated]:
    found: tuple[Succession, ...] = context.facts
    for each in found:
        if decided := successors.decide(each.command, account, replace(context, facts=each.facts)):
            return decided
    return []


registered_charge = Decider[Account, ChargeRegistered](initial=Account(), decide=_decide, evolve=evolve)
