"""Prices are dated data: a price holds from a day on, until a later day has another (BR1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from services.billing.events import PriceSet
from services.billing.items import Item
from services.billing.school_status import StatusName
from services.core.commands import Command, command
from services.core.deciders import Context, Decider
from services.core.envelope import RecordedEvent
from services.core.events import Dated

PRICES = "billing.prices"
"""The one stream of all prices."""

DEAREST = 100_000_000

Prices = Mapping[tuple[str, str, date], int]
"""Pence by item, school status and first day."""


@command("billing.SetPrice")
class SetPrice(Command, frozen=True):
    """Set what an item costs schools of one status from a day on. Charges already raised keep their price."""

    item: Item
    school_status: StatusName
    pence: Annotated[int, Meta(ge=0, le=DEAREST, description="Price in whole pence, net of VAT")]
    begins: date


class Price(Struct, frozen=True):
    """A price in whole pence and the event that set it."""

    pence: int
    begins: date
    event: UUID


def price_on(prices: Sequence[RecordedEvent], item: str, school_status: str, day: date) -> Price | None:
    """The price that began last, on or before the day; of two with the same beginning, the one recorded later.

    `prices` is the stream in order. None when no price had begun."""
    found: Price | None = None
    for recorded in prices:
        match recorded.data:
            case PriceSet(item=i, school_status=s, pence=pence, begins=begins) if (i, s) == (item, school_status):
                if begins <= day and (found is None or found.begins <= begins):
                    found = Price(pence, begins, recorded.id)
    return found


def _decide(command: SetPrice, prices: Prices, context: Context) -> Sequence[Dated]:
    if prices.get((command.item, command.school_status, command.begins)) == command.pence:
        return []
    event = PriceSet(command.item, command.school_status, command.pence, command.begins)
    return [event.true_from(command.begins)]


def _evolve(prices: Prices, event: PriceSet) -> Prices:
    return {**prices, (event.item, event.school_status, event.begins): event.pence}


prices = Decider[Prices, SetPrice](initial={}, decide=_decide, evolve=_evolve)
