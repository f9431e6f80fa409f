"""Batches for finance: what the next one would hold, exporting it, and the files that went."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.charge_lines import FILE_HEADS, file_row, line_row
from gateway.clients import Invalid
from gateway.exports import KINDS, download, table_file
from gateway.forms import Form
from gateway.names import named
from gateway.visitor import ask, may
from gateway.words import counted, money

exports = Blueprint("exports", __name__)

ROUTES = ("journal", "invoice")
EXAMPLE: dict[str, Any] = {"route": "journal", "charges": ["100000-2022-1"], "net": 0}


@exports.route("/finance/next/<route>", methods=["GET", "POST"])
def dry_run(route: str) -> ResponseReturnValue:
    _check(route)
    form = Form.of_request()
    if request.method == "POST" and form.send("billing.ExportBatch", route=route, **_proposal()):
        return redirect(url_for("finance.workspace"), 303)
    answer = ask("billing.DryRun", route=route)
    shown = answer.value
    page = render_template(
        "dry_run.html",
        as_at=answer.as_at,
        shown=shown,
        form=form,
        exporting=bool(shown.lines) and may("billing.ExportBatch", **EXAMPLE),
        charges=" ".join(line.charge for line in shown.lines),
        totals=totals_rows(shown.totals),
        difference=_difference(shown),
        lines=[line_row(line) for line in shown.lines],
        missing=_missing(shown.lines, route),
    )
    return page, form.status


@exports.get("/finance/next/<route>/table.<kind>")
def dry_run_file(route: str, kind: str) -> Response:
    _check(route)
    lines = ask("billing.DryRun", route=route).value.lines
    return table_file(kind, f"next-{route}", FILE_HEADS, map(file_row, lines))


@exports.get("/finance/batches/<batch>")
def batch(batch: str) -> str:
    as_at, found = _batch(batch)
    return render_template(
        "batch.html",
        as_at=as_at,
        found=found,
        by=named([found.summary.by])(found.summary.by),
        totals=totals_rows(found.totals),
        lines=[line_row(line) for line in found.lines],
    )


@exports.get("/finance/batches/<batch>/file.csv")
def batch_file(batch: str) -> Response:
    """The very bytes that were exported; not given out when they can't be made again."""
    _, found = _batch(batch)
    if not found.intact:
        abort(409, f"The file of batch {batch} can't be made again as it was. Do not use it; tell whoever runs this.")
    return download(found.file.encode(), f"{found.summary.batch}.csv", KINDS["csv"])


def totals_rows(totals: Any) -> list[tuple[str, str, str, str]]:
    """Control totals by status and VAT code."""
    return [
        (total.school_status.capitalize(), total.vat_code or "None", f"{total.lines:,}", money(total.net))
        for total in totals
    ]


def _check(route: str) -> None:
    if route not in ROUTES:
        abort(404, "Charges go by journal or by invoice.")


def _proposal() -> dict[str, Any]:
    """What the page showed when the button was pressed, so that exactly that is exported, and once."""
    net = request.form.get("net", "")
    return {"charges": request.form.get("charges", "").split(), "net": net}


def _batch(batch: str) -> tuple[Any, Any]:
    try:
        answer = ask("billing.Batch", batch=batch)
    except Invalid:  # nothing that a batch could be called
        answer = None
    if answer is None or answer.value is None:
        abort(404, f"There is no batch {batch[:64]}.")
    return answer.as_at, answer.value


def _difference(shown: Any) -> list[tuple[str, str, str, str]]:
    """What, in the last batch, in this one, and the change: first lines, then money; then what is new and taken
    back."""
    last = shown.last
    lines, net = (last.lines, last.net) if last else (0, 0)
    return [
        ("Lines", f"{lines:,}", f"{len(shown.lines):,}", f"{len(shown.lines) - lines:+,}".replace("-", "−")),
        ("Net", money(lines and net), money(shown.net), money(shown.net - net)),
    ]


def _missing(lines: Any, route: str) -> list[str]:
    """What finance may want to see to before it exports; a journal needs neither."""
    if route != "invoice":
        return []
    codes = sum(not line.vat_code for line in lines)
    orders = sum(not line.purchase_order for line in lines)
    return [
        f"{counted(number, 'line')} without a {what}"
        for number, what in ((codes, "VAT code"), (orders, "purchase order number"))
        if number
    ]
