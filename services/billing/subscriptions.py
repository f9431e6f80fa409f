"""A subscription is charged once, in whole, by the status and price of the day on which it begins (BR1)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from services.billing.account import Account, Due, account_stream, charged, evolve
from services.billing.items import FULL, items_of
from services.billing.quotes import Quote, quote
from services.billing.readable import readable
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated
from services.core.service import ReadStream
from services.scheduling.events import ProgrammeSettled, SchoolSubscribed


@command("billing.ChargeSubscription")
class ChargeSubscription(Command, frozen=True):
    """Charge a school for its subscription; `delivery_event` is the subscription, `tax_date` the day it begins."""

    urn: Urn
    year: AcademicYear
    tax_date: date
    delivery_event: UUID


class Subscription(Struct, frozen=True):
    """A subscription: the event that it is, its first day, the items that it is charged by, what delivers them, and
    what they cost."""

    event: UUID
    begins: date
    items: tuple[str, ...]
    delivery: UUID
    quote: Quote

    def due(self) -> list[Due]:
        """The whole year, however late the school joined (BR7). Raises Refused."""
        return [self.quote.due(item, self.delivery) for item in self.items]


def subscription_of(read: ReadStream, urn: int, year: int) -> Subscription | None:
    """The school's subscription for the year: the last that was made. Raises Damaged."""
    found = _subscriptions(read, urn, year)
    return found[-1] if found else None


def _subscriptions(read: ReadStream, urn: int, year: int) -> list[Subscription]:
    return [
        _subscription(recorded.id, recorded.data, read)
        for recorded in readable(read(f"scheduling.subscription-{urn}-{year}"))
        if isinstance(recorded.data, SchoolSubscribed)
    ]


def _subscription(event: UUID, data: SchoolSubscribed, read: ReadStream) -> Subscription:
    """By the tailored programme, where the school settled on one before it was charged; else by the full one."""
    items: tuple[str, ...] = (f"{data.programme}-service",)
    delivery, day = event, data.begins
    for recorded in readable(read(f"scheduling.agreement-{data.urn}-{data.year}")):
        match recorded.data:
            case ProgrammeSettled(programme="tailored", visits=visits, begins=begins):
                items, delivery, day = items_of("tailored", visits), recorded.id, max(data.begins, begins)
            case ProgrammeSettled():
                items, delivery, day = (FULL,), event, data.begins
    return Subscription(event, data.begins, items, delivery, quote(read, data.urn, items, day))


def stream(command: ChargeSubscription) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeSubscription, read: ReadStream) -> Subscription | None:
    """The subscription that the command names. Raises Damaged when an event that it hangs on can't be read."""
    named = (each for each in _subscriptions(read, command.urn, command.year) if each.event == command.delivery_event)
    return next(named, None)


def _decide(command: ChargeSubscription, account: Account, context: Context) -> Sequence[Dated]:
    if account.programme:
        return []  # the year's programme is charged already, in whole or in part
    subscription: Subscription | None = context.facts
    if subscription is None:
        raise Refused(f"School {command.urn} has no such subscription for that year.", "delivery_event")
    if subscription.begins != command.tax_date:
        day = f"{command.tax_date:%-d %B %Y}"
        raise Refused(f"The subscription does not begin on {day}, so it can't be charged as of that day.", "tax_date")
    return charged(account, command.urn, command.year, subscription.due())


subscription_charge = Decider[Account, ChargeSubscription](initial=Account(), decide=_decide, evolve=evolve)
