"""The finance team's year: what is to export, and whether delivered, billed and settled agree."""

from collections.abc import Iterable

from sqlalchemy import select

from services.billing.finance import Reconciled, RouteWork, Workspace
from services.billing.items import PROGRAMME
from services.billing.projections.tables import SUBSCRIPTION, charge, delivery
from services.billing.queries.deliveries import uncharged
from services.billing.queries.exceptions import findings
from services.billing.queries.exports import last_batch
from services.billing.queries.lines import lines_where
from services.billing.statements import Line
from services.core.commands import AcademicYear, Query, query
from services.core.service import Reading

ROUTES = ("journal", "invoice")


@query("billing.FinanceWorkspace")
class FinanceWorkspace(Query, frozen=True):
    """An academic year at a glance: delivered against billed against settled; and what is to export, of any year."""

    year: AcademicYear


def workspace(query: FinanceWorkspace, reading: Reading) -> Workspace:
    lines = lines_where(reading, charge.c.year == query.year)
    years = set(reading.db.scalars(select(charge.c.year).distinct())) | {query.year}
    return Workspace(
        year=query.year,
        years=tuple(sorted(years, reverse=True)),
        routes=tuple(_work(route, reading) for route in ROUTES),
        reconciled=_reconciled(query.year, lines, reading),
        exceptions=len(findings(query.year, reading)),
    )


def _work(route: str, reading: Reading) -> RouteWork:
    waiting = lines_where(reading, charge.c.route == route, charge.c.batch.is_(None))
    return RouteWork(
        route=route,
        to_export=len(waiting),
        net=sum(line.net for line in waiting),
        without_vat_code=sum(not line.vat_code for line in waiting),
        without_order=sum(route == "invoice" and not line.purchase_order for line in waiting),
        last=last_batch(reading, route),
    )


def _reconciled(year: int, lines: Iterable[Line], reading: Reading) -> tuple[Reconciled, ...]:
    delivered = list(reading.db.execute(select(delivery.c.item).where(delivery.c.year == year)).scalars())
    missing = [row.item for row in uncharged(reading, year)]
    of_item: dict[str, list[Line]] = {item: [] for item in (SUBSCRIPTION, *delivered)}
    for line in lines:
        of_item.setdefault(SUBSCRIPTION if line.item in PROGRAMME else line.item, []).append(line)
    return tuple(
        Reconciled(
            item=item,
            delivered=delivered.count(item),
            uncharged=missing.count(item),
            lines=len(own),
            net=sum(line.net for line in own),
            exported=sum(line.net for line in own if line.batch),
            settled=sum(line.net for line in own if line.settled),
        )
        for item, own in sorted(of_item.items(), key=lambda each: (each[0] != SUBSCRIPTION, each[0]))
    )
