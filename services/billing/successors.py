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
from services.core.events import Dated
from services.core.service import ReadStream


@command("billing.ChargeSuccessor")
class ChargeSuccessor(Command, frozen=True):
    """The school goes on with its predecessor's programme from `at`. `cause_event` is the link between the two."""

    urn: Urn
    year: AcademicYear
    predecessor: Urn
    at: date
    cause_event: UUID


class Facts(Struct, frozen=True):
    """The predecessor's programme, if any; the successor's own subscription, if any; what the programme costs it, once
    it is registered."""

    programme: Programme | None
    own: Subscription | None
    quote: Quote | None


def stream(command: ChargeSuccessor) -> str:
    return account_stream(command.urn, command.year)


def consult(command: ChargeSuccessor, read: ReadStream) -> Facts:
    account = account_of(read(account_stream(command.predecessor, command.year)))
    programme = programme_of(account, subscription_of(read, command.predecessor, command.year))
    school = readable(read(f"scheduling.school-{command.urn}"))
    if programme is None or not school:
        return Facts(programme, None, None)
    day = max(change_day(command.at), opened_on(school) or date.min)
    own = subscription_of(read, command.urn, command.year)
    return Facts(programme, own, quote(read, command.urn, programme.items, day))


def decide(command: ChargeSuccessor, account: Account, context: Context) -> Sequence[Dated]:
    """Nothing comes of it for a school that is not registered yet: it is charged when it is."""
    facts: Facts = context.facts
    programme, quoted = facts.programme, facts.quote
    if programme is None or quoted is None or _has_its_own(account, facts.own, programme, command.at):
        return []
    first = programme.first_month + programme.months_until(command.at, command.year)
    if first == 12:
        return []
    whole = [quoted.due(item, programme.delivery) for item in programme.items]
    begins = change_day(command.at)
    due = [replace(each, net=share(each.net, first, 12), months=12 - first, tax_date=begins) for each in whole]
    return replaced(account, command.urn, command.year, due, command.cause_event)


def _has_its_own(account: Account, own: Subscription | None, programme: Programme, at: date) -> bool:
    """Whether the successor pays for a programme whose place this one does not take: one that it had before, or that of
    another predecessor."""
    if own and own.begins < change_day(at):
        return True
    replaceable = {programme.delivery} | ({own.delivery} if own else set())
    return any(charge.delivery_event not in replaceable for charge in account.programme)


successor_charge = Decider[Account, ChargeSuccessor](initial=Account(), decide=decide, evolve=evolve)
