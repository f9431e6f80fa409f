"""What the next file for finance would be, and what went in those before."""

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import Row, select

from services.billing.batches import charge_order
from services.billing.export_file import FileLine, digest, export_file
from services.billing.finance import BatchDetails, BatchSummary, CodeTotal, NextBatch
from services.billing.projections.tables import batch, charge
from services.billing.queries.lines import lines_where
from services.billing.statements import Line
from services.core.commands import Query, Reference, query
from services.core.service import Reading


@query("billing.DryRun")
class DryRun(Query, frozen=True):
    """What the next batch of a route would hold, and how it differs from the last."""

    route: Literal["journal", "invoice"]


@query("billing.Batches")
class Batches(Query, frozen=True):
    """Every file that went to finance, the latest first."""


@query("billing.Batch")
class Batch(Query, frozen=True):
    """One batch, with its lines, control totals and file."""

    batch: Reference


def dry_run(query: DryRun, reading: Reading) -> NextBatch:
    lines = _in_order(lines_where(reading, charge.c.route == query.route, charge.c.batch.is_(None)))
    new = [line.net for line in lines if line.reverses is None]
    reversed_ = [line.net for line in lines if line.reverses is not None]
    return NextBatch(
        route=query.route,
        lines=lines,
        net=sum(line.net for line in lines),
        totals=control_totals(lines),
        new=(len(new), sum(new)),
        reversed=(len(reversed_), sum(reversed_)),
        last=last_batch(reading, query.route),
    )


def batches(query: Batches, reading: Reading) -> tuple[BatchSummary, ...]:
    rows = reading.db.execute(select(batch).order_by(batch.c.position.desc()))
    return tuple(_summary(row, reading) for row in rows)


def batch_details(query: Batch, reading: Reading) -> BatchDetails | None:
    """None when there is no such batch."""
    row = reading.db.execute(select(batch).where(batch.c.batch == query.batch)).first()
    if row is None:
        return None
    lines = _in_order(lines_where(reading, charge.c.batch == query.batch))
    file = export_file(query.batch, [_file_line(line) for line in lines])
    intact = digest(file) == row.digest
    return BatchDetails(_summary(row, reading), lines, control_totals(lines), file.decode(), intact)


def control_totals(lines: Iterable[Line]) -> tuple[CodeTotal, ...]:
    """How many lines and how much by the schools' status and VAT code."""
    nets: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        nets.setdefault((line.school_status, line.vat_code), []).append(line.net)
    return tuple(CodeTotal(status, code, len(net), sum(net)) for (status, code), net in sorted(nets.items()))


def last_batch(reading: Reading, route: str) -> BatchSummary | None:
    """The batch of a route that was exported last; None before the first."""
    wanted = select(batch).where(batch.c.route == route).order_by(batch.c.position.desc()).limit(1)
    row = reading.db.execute(wanted).first()
    return None if row is None else _summary(row, reading)


def _summary(row: Row[Any], reading: Reading) -> BatchSummary:
    recorded = reading.recorded(row.position)
    by, at = recorded.metadata.actor, recorded.recorded
    return BatchSummary(row.batch, row.route, row.lines, row.net, row.digest, at, by)


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: charge_order(line.charge)))


def _file_line(line: Line) -> FileLine:
    return FileLine(
        charge=line.charge,
        urn=line.urn,
        year=line.year,
        item=line.item,
        quantity=line.quantity,
        months=line.months,
        net=line.net,
        tax_date=line.tax_date,
        school_status=line.school_status,
        route=line.route,
        vat_code=line.vat_code,
        purchase_order=line.purchase_order,
        reverses=line.reverses or "",
    )
