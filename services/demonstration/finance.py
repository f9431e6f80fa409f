"""Month ends: what was charged goes to finance by journal and by invoice; schools give their order numbers."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from services.core.authorisation import Actor
from services.core.runtime import Runtime
from services.demonstration.cast import FINANCE, Part
from services.demonstration.script import Script

MONTH_ENDS = ((10, 31), (1, 30), (4, 30), (7, 31))
ROUTES = ("journal", "invoice")


def month_ends(year: int) -> Script:
    """What waits at the end of four months of the year, sent if there is any."""
    script = Script()
    for month, day in MONTH_ENDS:
        for minute, route in enumerate(ROUTES):
            end = date(year if month >= 9 else year + 1, month, day)
            script.find(end, time(17, minute), FINANCE, "billing.ExportBatch", Waiting(route))
    return script


@dataclass(frozen=True, slots=True)
class Waiting:
    """Finds what waits for a batch of a route: the fields of its export, None when nothing does."""

    route: str

    def __call__(self, runtime: Runtime) -> dict[str, Any] | None:
        batch = runtime.ask("billing.DryRun", {"route": self.route}, actor=Actor(FINANCE)).value
        charges = [line.charge for line in batch.lines]
        return {"route": self.route, "charges": charges, "net": batch.net} if charges else None


def order_number(script: Script, part: Part, year: int) -> None:
    """Most schools that get an invoice say what to put on it."""
    if not part.maintained and part.chance(80):
        number = {"number": f"PO-{part.dice.randrange(1000, 9999)}"}
        script.add(
            date(year, 9, 20), time(11), part.head, "billing.RecordPurchaseOrder", urn=part.urn, year=year, **number
        )
