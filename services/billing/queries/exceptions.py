"""What in a year is not as usual: programmes that changed, news that came late, and what waits for somebody."""

from typing import Any

from sqlalchemy import Row, or_, select

from services.billing.contract_terms import all_terms, terms_on
from services.billing.finance import Exceptions, Finding
from services.billing.projections.tables import SUBSCRIPTION, charge, explaining, school, stop
from services.billing.queries.deliveries import uncharged
from services.billing.queries.lines import lines_where
from services.billing.queries.refusals import refusals
from services.core.commands import AcademicYear, Query, query
from services.core.money import pounds
from services.core.service import Reading
from services.core.times import london_day

CAUSES = {
    "scheduling.SchoolsLinked": "converted",
    "scheduling.SchoolChanged": "closed",
    "scheduling.ProgrammeSettled": "tailored",
    "scheduling.SubscriptionEnded": "stopped",
}
"""The kind of a finding, by the event that made a charge be taken back or fall in parts."""


@query("billing.Exceptions")
class AskExceptions(Query, frozen=True):
    """Everything in an academic year that finance should look at."""

    year: AcademicYear


def exceptions(query: AskExceptions, reading: Reading) -> Exceptions:
    return Exceptions(query.year, tuple(findings(query.year, reading)))


def findings(year: int, reading: Reading) -> list[Finding]:
    """By kind, then by school."""
    names = {row.urn: row.name for row in reading.db.execute(select(school))}
    found = [*_uncharged(year, reading), *_changed(year, reading), *_stopped(year, reading), *_no_order(year, reading)]
    named = [_named(each, names) for each in found]
    return sorted(named, key=lambda each: (each.kind, each.school, each.urn, each.day))


def _named(finding: Finding, names: dict[int, str]) -> Finding:
    return Finding(
        finding.kind,
        finding.urn,
        names.get(finding.urn, ""),
        finding.charge,
        finding.says,
        finding.day,
        finding.days_late,
    )


def _uncharged(year: int, reading: Reading) -> list[Finding]:
    why = refusals(reading)
    return [
        Finding("not charged", row.urn, "", None, f"{_delivered(row)} is not charged. {why(row)}", row.day)
        for row in uncharged(reading, year)
    ]


def _delivered(row: Row[Any]) -> str:
    return "The subscription" if row.item == SUBSCRIPTION else f"The {row.item.replace('-', ' ')} delivered"


def _changed(year: int, reading: Reading) -> list[Finding]:
    """One finding for each school and event that changed its charges, with the net effect of all of its lines."""
    of_cause = or_(charge.c.cause_event == explaining.c.event_id, charge.c.delivery_event == explaining.c.event_id)
    wanted = (
        select(charge.c.urn, charge.c.charge, charge.c.net, explaining.c.type, explaining.c.position)
        .join_from(charge, explaining, of_cause)
        .where(charge.c.year == year, explaining.c.type.in_(CAUSES))
        .order_by(charge.c.position)
    )
    groups: dict[tuple[int, int], list[Any]] = {}
    for row in reading.db.execute(wanted):
        groups.setdefault((row.urn, row.position), []).append(row)
    return [_change(urn, position, rows, reading) for (urn, position), rows in groups.items()]


def _change(urn: int, position: int, rows: list[Any], reading: Reading) -> Finding:
    cause = reading.recorded(position)
    day = cause.metadata.effective_on
    lines = f"{len(rows)} line{'' if len(rows) == 1 else 's'}"
    says = f"{lines}, together {pounds(sum(row.net for row in rows))}"
    late = (london_day(cause.recorded_at) - day).days
    return Finding(CAUSES[cause.type], urn, "", rows[-1].charge, says, day, max(late, 0))


def _stopped(year: int, reading: Reading) -> list[Finding]:
    """Buyers who stopped and still owe the whole year by the terms of their contract."""
    given_back = {row.urn for row in reading.db.execute(_given_back(year))}
    return [
        Finding("stopped", row.urn, "", None, _owed(row.urn, year, reading), row.ends)
        for row in reading.db.execute(select(stop).where(stop.c.year == year))
        if row.urn not in given_back
    ]


def _given_back(year: int) -> Any:
    return (
        select(charge.c.urn)
        .join_from(charge, explaining, charge.c.cause_event == explaining.c.event_id)
        .where(charge.c.year == year, explaining.c.type == "scheduling.SubscriptionEnded")
    )


def _owed(urn: int, year: int, reading: Reading) -> str:
    lines = lines_where(reading, charge.c.urn == urn, charge.c.year == year)
    terms = next((t for line in lines if (t := terms_on(line.tax_date, line.school_status, all_terms()))), None)
    notice = f" with {terms.notice_months} months’ notice" if terms else ""
    return f"Nothing is given back: by the contract the whole year is due{notice}"


def _no_order(year: int, reading: Reading) -> list[Finding]:
    """Charges by invoice that stand and wait for export while the school has given no purchase order number."""
    standing = charge.c.reverses.is_(None), charge.c.reversed_by.is_(None), charge.c.batch.is_(None)
    lines = lines_where(reading, charge.c.year == year, charge.c.route == "invoice", *standing)
    return [
        Finding("no purchase order", line.urn, "", line.charge, f"{pounds(line.net)} by invoice", line.tax_date)
        for line in lines
        if not line.purchase_order
    ]
