"""A school's account for one academic year: what was charged and taken back, line by line. No line ever changes."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from services.billing.events import ChargeRaised, ChargeReversed, ChargeSettled, PartYearCharged
from services.billing.items import PROGRAMME
from services.billing.part_years import months_before
from services.billing.readable import readable
from services.billing.school_status import SchoolStatus
from services.core.envelope import RecordedEvent
from services.core.events import Dated, Event, Undecodable

ROUTES = {"maintained": "journal", "non-maintained": "invoice"}
"""BR4: maintained schools get no invoice from their own authority."""

Charge = ChargeRaised | PartYearCharged
AccountLine = Charge | ChargeReversed


class Due(Struct, frozen=True):
    """What is to be charged. `months` is None for a whole year or a single service; `net` is in pence."""

    item: str
    net: int
    tax_date: date
    status: SchoolStatus
    price_event: UUID
    delivery: UUID
    quantity: int = 1
    months: int | None = None


class Account(Struct, frozen=True):
    """The lines in order, and what finance reported as settled."""

    lines: tuple[AccountLine, ...] = ()
    settled: tuple[ChargeSettled, ...] = ()

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Every charge ever raised, those taken back included."""
        return tuple(line for line in self.lines if not isinstance(line, ChargeReversed))

    @property
    def deliveries(self) -> frozenset[UUID]:
        """What has been charged."""
        return frozenset(charge.delivery_event for charge in self.charges)

    @property
    def programme(self) -> tuple[Charge, ...]:
        """The last charge of each item that the year's programme came to be made of, taken back or not."""
        charges = [charge for charge in self.charges if charge.item in PROGRAMME]
        now = charges[-1].delivery_event if charges else None
        return tuple({charge.item: charge for charge in charges if charge.delivery_event == now}.values())

    @property
    def standing(self) -> tuple[Charge, ...]:
        """The charges of the programme that were not taken back."""
        gone = {line.reverses for line in self.lines if isinstance(line, ChargeReversed)}
        return tuple(charge for charge in self.charges if charge.item in PROGRAMME and charge.charge not in gone)

    @property
    def months(self) -> int | None:
        """How many months of the programme are charged; None for the whole year."""
        if not self.programme:
            return None
        return months_of(self.standing[0]) if self.standing else 0

    @property
    def first_month(self) -> int:
        """The month of the year (0 is September) from which the programme is this school's: not the first where the
        school follows another."""
        now = self.programme
        deliveries = {charge.delivery_event for charge in now}
        if not now or any(isinstance(c, ChargeRaised) and c.delivery_event in deliveries for c in self.charges):
            return 0
        return months_before(now[0].tax_date, now[0].year)


def account_stream(urn: int, year: int) -> str:
    return f"billing.account-{urn}-{year}"


def stream_of_charge(charge: str) -> str:
    """The stream of the account that a charge stands on, such as 120777-2022-1."""
    return f"billing.account-{charge.rpartition('-')[0]}"


def months_of(charge: AccountLine) -> int | None:
    return charge.months if isinstance(charge, PartYearCharged) else None


def evolve(account: Account, event: Event | Undecodable) -> Account:
    match event:
        case ChargeRaised() | PartYearCharged() | ChargeReversed():
            return replace(account, lines=(*account.lines, event))
        case ChargeSettled():
            return replace(account, settled=(*account.settled, event))
    return account


def account_of(events: Sequence[RecordedEvent]) -> Account:
    """The account that a stream holds, for a decision about something else. Raises Damaged."""
    return reduce(evolve, (recorded.data for recorded in readable(events)), Account())


def charged(account: Account, urn: int, year: int, due: Sequence[Due]) -> list[Dated]:
    """The charges for what is due, numbered on from the lines so far."""
    return _charges(len(account.lines), urn, year, due, None)


def replaced(
    account: Account, urn: int, year: int, due: Sequence[Due], cause: UUID, predecessor: int | None = None
) -> list[Dated]:
    """What stands of the programme is taken back in full, line by line, and what is due is charged instead; nothing
    where exactly that stands already. A price that has changed since is no reason."""
    standing = account.standing
    if {(charge.item, months_of(charge)) for charge in standing} == {(each.item, each.months) for each in due}:
        return []
    reversals = [
        ChargeReversed(
            charge=_name(urn, year, len(account.lines) + number),
            urn=urn,
            year=year,
            reverses=charge.charge,
            item=charge.item,
            net=-charge.net,
            tax_date=charge.tax_date,
            school_status=charge.school_status,
            route=charge.route,
            cause_event=cause,
        ).true_from(charge.tax_date)
        for number, charge in enumerate(standing, 1)
    ]
    number = len(account.lines) + len(reversals)
    return [*reversals, *_charges(number, urn, year, due, cause, predecessor)]


def _charges(
    before: int, urn: int, year: int, due: Sequence[Due], cause: UUID | None, predecessor: int | None = None
) -> list[Dated]:
    return [
        _charge(_name(urn, year, number), urn, year, each, cause, predecessor).true_from(each.tax_date)
        for number, each in enumerate(due, before + 1)
    ]


def _charge(charge: str, urn: int, year: int, due: Due, cause: UUID | None, predecessor: int | None) -> Charge:
    route = ROUTES[due.status.name]
    if due.months is None:
        return ChargeRaised(
            charge=charge,
            urn=urn,
            year=year,
            item=due.item,
            quantity=due.quantity,
            net=due.net,
            tax_date=due.tax_date,
            school_status=due.status.name,
            route=route,
            price_event=due.price_event,
            status_event=due.status.event,
            delivery_event=due.delivery,
        )
    return PartYearCharged(
        charge=charge,
        urn=urn,
        year=year,
        item=due.item,
        months=due.months,
        net=due.net,
        tax_date=due.tax_date,
        school_status=due.status.name,
        route=route,
        price_event=due.price_event,
        status_event=due.status.event,
        delivery_event=due.delivery,
        cause_event=cause or due.delivery,
        predecessor=predecessor,
    )


def _name(urn: int, year: int, number: int) -> str:
    return f"{urn}-{year}-{number}"
