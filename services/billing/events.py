"""What billing publishes: prices as dated data, charges and reversals with the events that explain them, exports."""

from datetime import date
from uuid import UUID

from msgspec import Struct

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


@event("billing.PartYearCharged")
class PartYearCharged(Event, frozen=True, gc=False):
    """A charge for `months` twelfths of a year's price, where a school changed during the year (BR8). True from
    `tax_date`, the first day that it is for. `cause_event` is what made the year fall in parts: a link, or a
    change of the school. `predecessor` is the school whose programme goes on here, where it is charged for that."""

    charge: str
    urn: Urn
    year: AcademicYear
    item: str
    months: int
    net: Pence
    tax_date: date
    school_status: str
    route: str
    price_event: UUID
    status_event: UUID
    delivery_event: UUID
    cause_event: UUID
    predecessor: Urn | None = None

    def says(self) -> str:
        part = f"{self.months} of 12 months of {self.item}"
        return f"Charged {pounds(self.net)} by {self.route} for {part} ({self.school_status} school)"


@event("billing.ChargeReversed")
class ChargeReversed(Event, frozen=True, gc=False):
    """A charge taken back in full by a line of its own: `net` is what is given back, as a negative amount. The charge
    that it reverses stays as it is. True from `tax_date`. `cause_event` is what it was taken back for."""

    charge: str
    urn: Urn
    year: AcademicYear
    reverses: str
    item: str
    net: Pence
    tax_date: date
    school_status: str
    route: str
    cause_event: UUID

    def says(self) -> str:
        return f"Reversed charge {self.reverses}: {pounds(self.net)} by {self.route} for {self.item}"


@event("billing.VatCodeSet")
class VatCodeSet(Event, frozen=True, gc=False):
    """The VAT code of an item for schools of a status from `begins` on: finance's decision (BR6)."""

    item: str
    school_status: str
    code: str
    begins: date

    def says(self) -> str:
        return f"VAT code of {self.item} for {self.school_status} schools set to {self.code}"


@event("billing.PurchaseOrderRecorded")
class PurchaseOrderRecorded(Event, frozen=True, gc=False):
    """The school's purchase order number for what it is charged in a year (BR7); a later one replaces it."""

    urn: Urn
    year: AcademicYear
    number: str

    def says(self) -> str:
        return f"Purchase order {self.number} recorded"


class ExportedLine(Struct, frozen=True):
    """A charge as it went to finance, with what might be another by now: its VAT code (BR6) and the purchase order
    (BR7); "" where there was none."""

    charge: str
    vat_code: str
    purchase_order: str


@event("billing.BatchExported")
class BatchExported(Event, frozen=True, gc=False):
    """Charges went to finance as one file: `batch` counts the files of a route in an academic year, `lines` are in the
    order of the file, `net` their sum, `digest` the SHA-256 of the file in hexadecimal. A charge is in one batch
    only."""

    batch: str
    route: str
    lines: tuple[ExportedLine, ...]
    net: Pence
    digest: str

    def says(self) -> str:
        return f"Batch {self.batch} exported: {len(self.lines)} lines, {pounds(self.net)} by {self.route}"


@event("billing.ChargeSettled")
class ChargeSettled(Event, frozen=True, gc=False):
    """Finance reports a charge as paid or journalled. True from `settled`."""

    urn: Urn
    year: AcademicYear
    charge: str
    settled: date
    reference: str

    def says(self) -> str:
        return f"Charge {self.charge} settled on {self.settled:%-d %B %Y}"
