"""What a school has to pay for items on a day: its status then, and the price list for schools of that status."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from services.billing.account import Due
from services.billing.prices import PRICES, Price, price_on
from services.billing.readable import readable
from services.billing.school_status import SchoolStatus, status_on
from services.core.deciders import Refused
from services.core.service import ReadStream


class Quote(Struct, frozen=True):
    """`status` is None when the records do not tell it; an item without a price is not among the `prices`."""

    urn: int
    day: date
    status: SchoolStatus | None
    prices: Mapping[str, Price]

    def due(self, item: str, delivery: UUID, quantity: int = 1) -> Due:
        """The item charged in whole. Raises Refused when the status or a price is missing."""
        day = f"{self.day:%-d %B %Y}"
        if self.status is None:
            said = (
                f"The records do not say whether school {self.urn} was maintained on {day}. Have the programme office "
                "correct the day on which it opened."
            )
            raise Refused(said, "tax_date")
        price = self.prices.get(item)
        if price is None:
            said = f"There is no price of {item} for {self.status.name} schools on {day}. Set one first."
            raise Refused(said, "tax_date")
        return Due(item, price.pence * quantity, self.day, self.status, price.event, delivery, quantity)


def quote(read: ReadStream, urn: int, items: Iterable[str], day: date) -> Quote:
    """Gather status and prices. Raises Damaged when an event that they hang on can't be read."""
    status = status_on(readable(read(f"scheduling.school-{urn}")), day)
    if status is None:
        return Quote(urn, day, None, {})
    prices = readable(read(PRICES))
    found = ((item, price_on(prices, item, status.name, day)) for item in items)
    return Quote(urn, day, status, {item: price for item, price in found if price is not None})
