"""What billing publishes: prices as dated data, and charges with the events that explain them."""

from datetime import date
from uuid import UUID

from services.core.events import AcademicYear, Event, Pence, Urn, event
from services.core.money import pounds


@event("billing.PriceSet")
class PriceSet(Event, frozen=True, gc=False):
    """The price of an item for schools of a status (maintained or non-maintained) from `begins` on (BR1)."""

    item: str
    school_status: str
    pence: Pence
    begins: date

    def says(self) -> str:
        return f"Price of {self.item} for {self.school_status} schools set to {pounds(self.pence)}"


@event("billing.ChargeRaised")
class ChargeRaised(Event, frozen=True, gc=False):
    """A charge on a school's account for an academic year, net of VAT. True from `tax_date`.

    `route` is journal for LA maintained schools and invoice for others (BR4). The three event ids explain it: the
    price,
    the school's status on the tax date, and what was delivered."""

    charge: str
    urn: Urn
    year: AcademicYear
    item: str
    quantity: int
    net: Pence
    tax_date: date
    school_status: str
    route: str
    price_event: UUID
    status_event: UUID
    delivery_event: UUID

    def says(self) -> str:
        return f"Charged {pounds(self.net)} by {self.route} for {self.item} ({self.school_status} school)"
