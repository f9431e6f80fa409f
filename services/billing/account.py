"""A school's account for one academic year: what is delivered is charged once, by the status and price of its day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from services.billing.events import ChargeRaised
from services.billing.prices import PRICES, Price, price_on
from services.billing.school_status import SchoolStatus, status_on
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Damaged, Decider, Refused
from services.core.envelope import RecordedEvent
from services.core.events import Dated, Undecodable
from services.core.service import ReadStream
from services.scheduling.events import SchoolSubscribed

ROUTES = {"maintained": "journal", "non-maintained": "invoice"}
"""BR4: maintained schools get no invoice from their own authority."""


@command("billing.ChargeSubscription")
class ChargeSubscription(Command, frozen=True):
    """Charge a school for its subscription; `delivery_event` is the subscription, `tax_date` the day it begins."""

    urn: Urn
    year: AcademicYear
    tax_date: date
    delivery_event: UUID


class Facts(Struct, frozen=True):
    """What other streams say: the subscription, and the school's status and the price on the tax date."""

    subscription: SchoolSubscribed | None
    status: SchoolStatus | None
    price: Price | None


Account = frozenset[UUID]
"""The deliveries that have been charged."""


def stream(command: ChargeSubscription) -> str:
    return f"billing.account-{command.urn}-{command.year}"


def consult(command: ChargeSubscription, read: ReadStream) -> Facts:
    """Gather the facts. Raises Damaged when an event that they hang on can't be read."""
    deliveries = _readable(read(f"scheduling.subscription-{command.urn}-{command.year}"))
    named = [recorded.data for recorded in deliveries if recorded.id == command.delivery_event]
    subscription = next((event for event in named if isinstance(event, SchoolSubscribed)), None)
    status = status_on(_readable(read(f"scheduling.school-{command.urn}")), command.tax_date)
    if subscription is None or status is None:
        return Facts(subscription, status, None)
    prices = _readable(read(PRICES))
    return Facts(subscription, status, price_on(prices, item_of(subscription), status.name, command.tax_date))


def item_of(subscription: SchoolSubscribed) -> str:
    """The item on the price list: `full-service` for the programme `full`."""
    return f"{subscription.programme}-service"


def _readable(events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    for recorded in events:
        if isinstance(recorded.data, Undecodable):
            raise Damaged(f"{recorded.stream} at version {recorded.version}: {recorded.data.error}")
    return events


def _decide(command: ChargeSubscription, charged: Account, context: Context) -> Sequence[Dated]:
    if command.delivery_event in charged:
        return []
    facts: Facts = context.facts
    day = f"{command.tax_date:%-d %B %Y}"
    subscription, status, price = facts.subscription, facts.status, facts.price
    if subscription is None:
        raise Refused(f"School {command.urn} has no such subscription for that year.", "delivery_event")
    if subscription.begins != command.tax_date:
        raise Refused(f"The subscription does not begin on {day}, so it can't be charged as of that day.", "tax_date")
    if status is None:
        raise Refused(f"The records do not say whether school {command.urn} was maintained on {day}.", "tax_date")
    item = item_of(subscription)
    if price is None:
        raise Refused(f"There is no price of {item} for {status.name} schools on {day}. Set one first.", "tax_date")
    raised = ChargeRaised(
        charge=f"{command.urn}-{command.year}-{len(charged) + 1}",
        urn=command.urn,
        year=command.year,
        item=item,
        quantity=1,
        net=price.pence,
        tax_date=command.tax_date,
        school_status=status.name,
        route=ROUTES[status.name],
        price_event=price.event,
        status_event=status.event,
        delivery_event=command.delivery_event,
    )
    return [raised.true_from(command.tax_date)]


def _evolve(charged: Account, event: ChargeRaised) -> Account:
    return charged | {event.delivery_event}


account = Decider[Account, ChargeSubscription](initial=frozenset(), decide=_decide, evolve=_evolve)
