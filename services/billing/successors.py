"""A school that goes on with its predecessor's programme pays for the rest of the year, by its own status and price
(BR8)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from services.billing.account import Account, account_of, account_stream, evolve, replaced
from services.billing.part_years import change_day, share
from services.billing.programmes import Programme, programme_of
from services.billing.quotes import Quote, quote
from services.billing.readable import readable
from services.billing.school_status import opened_on
from services.billing.subscriptions import Subscription, subscription_of
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.envelope import RecordedEvent
from services.core.events import Dated
from services.core.service import ReadStream
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import PredecessorNoted, SchoolsLinked

ONE_SCHOOL = "Successor"
"""GIAS's word for a school that goes on under another number, and so with its programme. After a merger or amalgamation
the later school buys its own."""


@command("billing.ChargeSuccessor")
class ChargeSuccessor(Command, frozen=True):
    """Charge a school for the programme of its predecessor that it goes on with in a year, if there is one.

    Nothing comes of it for a school that is not registered yet: it is charged when it is."""

    urn: Urn
    year: AcademicYear


class Succession(Struct, frozen=True):
    """A predecessor's programme, the link to it and the day from which it goes on; the school's own subscription, if
    any; and what the programme costs the school."""

    predecessor: int
    link: UUID
    at: date
    programme: Programme
    own: Subscription | None
    quote: Quote

    @property
    def has_its_own(self) -> bool:
        """Whether the school had a programme of its own before it followed the other."""
        return self.own is not None and self.own.begins < change_day(self.at)


def stream(command: ChargeSuccessor) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeSuccessor, read: ReadStream) -> tuple[Succession, ...]:
    school = readable(read(f"scheduling.school-{command.urn}"))
    if not school:
        return ()
    noted = (recorded.data for recorded in readable(read(f"scheduling.predecessors-{command.urn}")))
    predecessors = [event.predecessor for event in noted if isinstance(event, PredecessorNoted)]
    return tuple(
        Succession(
            predecessor,
            link.id,
            link.metadata.effective_on,
            programme,
            subscription_of(read, command.urn, command.year),
            quote(read, command.urn, programme.items, _first_day(link, school)),
        )
        for predecessor in predecessors
        for link in readable(read(f"scheduling.link-{predecessor}-{command.urn}"))
        if _goes_on(link) and (programme := _programme(predecessor, command.year, read))
    )


def _goes_on(link: RecordedEvent) -> bool:
    """Whether a link says that one school goes on as the other from a known day."""
    plain = isinstance(link.data, SchoolsLinked) and link.data.link_type == ONE_SCHOOL
    return plain and link.metadata.effective_on != BEFORE_RECORDS


def _first_day(link: RecordedEvent, school: Sequence[RecordedEvent]) -> date:
    """The day whose status and price hold: that of the change, or the opening where the school opened later."""
    return max(change_day(link.metadata.effective_on), opened_on(school) or date.min)


def _programme(urn: int, year: int, read: ReadStream) -> Programme | None:
    return programme_of(account_of(read(account_stream(urn, year))), subscription_of(read, urn, year))


def _decide(command: ChargeSuccessor, account: Account, context: Context) -> Sequence[Dated]:
    found: tuple[Succession, ...] = context.facts
    for succession in found:
        if decided := _charged(command, account, succession):
            return decided
    return []


def _charged(command: ChargeSuccessor, account: Account, succession: Succession) -> Sequence[Dated]:
    programme, own = succession.programme, succession.own
    first = programme.first_month + programme.months_until(succession.at, command.year)
    replaceable = {programme.delivery} | ({own.delivery} if own else set())
    another = any(charge.delivery_event not in replaceable for charge in account.programme)
    if first == 12 or another or succession.has_its_own:
        return []
    begins = change_day(succession.at)
    due = [
        replace(each, net=share(each.net, first, 12), months=12 - first, tax_date=begins)
        for each in (succession.quote.due(item, programme.delivery) for item in programme.items)
    ]
    return replaced(account, command.urn, command.year, due, succession.link, succession.predecessor)


successor_charge = Decider[Account, ChargeSuccessor](initial=Account(), decide=_decide, evolve=evolve)
