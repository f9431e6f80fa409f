"""A year that ends early: what was charged in whole is taken back, and the school pays for the months before (BR8).

It makes no difference which fact comes first, how late, or how often."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from services.billing.account import Account, Due, account_stream, evolve, replaced
from services.billing.contract_terms import Terms, all_terms, terms_on
from services.billing.events import PriceSet
from services.billing.part_years import share
from services.billing.prices import PRICES
from services.billing.programmes import programme_of
from services.billing.readable import readable
from services.billing.school_status import SchoolStatus
from services.billing.subscriptions import Subscription, subscription_of
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Dated
from services.core.service import ReadStream


@command("billing.SplitYear")
class SplitYear(Command, frozen=True):
    """A school's year ends at the change: `at` is the first day that is no longer its own. `cause_event` says why: the
    link to the successor who pays for the rest, a closure, or a buyer who stopped."""

    urn: Urn
    year: AcademicYear
    at: date
    cause_event: UUID
    cause: Literal["successor", "closure", "stopped"]


class Facts(Struct, frozen=True):
    """The subscription, if any; the pence of every price ever set by its event; and the terms of contracts."""

    subscription: Subscription | None
    prices: Mapping[UUID, int]
    terms: Sequence[Terms]


def stream(command: SplitYear) -> str:
    return account_stream(command.urn, command.year)


def consult(command: SplitYear, read: ReadStream) -> Facts:
    set_prices = (recorded for recorded in readable(read(PRICES)))
    prices = {recorded.id: recorded.data.pence for recorded in set_prices if isinstance(recorded.data, PriceSet)}
    return Facts(subscription_of(read, command.urn, command.year), prices, all_terms())


def _decide(command: SplitYear, account: Account, context: Context) -> Sequence[Dated]:
    facts: Facts = context.facts
    programme = programme_of(account, facts.subscription)
    if programme is None:
        return []
    if account.months is not None and command.cause != "successor":
        return []  # split already: only the day from which another school pays moves that
    first, months = programme.first_month, programme.months_until(command.at, command.year)
    if first + months == 12:
        return []
    whole = _whole(account, facts)
    if command.cause == "stopped" and _owes_the_year(whole, facts.terms):
        return []
    due = [replace(each, net=share(each.net, first, first + months), months=months) for each in whole if months]
    return replaced(account, command.urn, command.year, due, command.cause_event)


def _whole(account: Account, facts: Facts) -> list[Due]:
    """The programme as it would cost for the whole year: what was charged at the price it was charged at, or what the
    subscription is to be charged. Raises Refused."""
    if not account.programme and facts.subscription:
        return facts.subscription.due()
    return [
        Due(
            item=charge.item,
            net=facts.prices[charge.price_event],
            tax_date=charge.tax_date,
            status=SchoolStatus(charge.school_status, charge.status_event),
            price_event=charge.price_event,
            delivery=charge.delivery_event,
        )
        for charge in account.programme
    ]


def _owes_the_year(whole: Sequence[Due], terms: Sequence[Terms]) -> bool:
    """Whether the terms of the school's contract ask for the whole year, as they do unless they say otherwise."""
    held = (terms_on(each.tax_date, each.status.name, terms) for each in whole)
    return all(each is None or each.full_year_due for each in held)


year_split = Decider[Account, SplitYear](initial=Account(), decide=_decide, evolve=evolve)
