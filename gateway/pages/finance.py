"""The finance team's month end: what is to export, what does not agree, what is not as usual, and the VAT codes."""

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.charge_lines import item_words
from gateway.exports import table_file
from gateway.forms import Field, Form
from gateway.names import named
from gateway.pages.prices import ITEM, SCHOOLS
from gateway.visitor import ask
from gateway.words import academic_year, counted, day, money

finance = Blueprint("finance", __name__)

KINDS = {
    "not charged": "Delivered and not charged",
    "converted": "Converted or merged",
    "closed": "Closed",
    "tailored": "Programme tailored, or full again",
    "stopped": "Stopped during the year",
    "no purchase order": "No purchase order number",
}
"""The exceptions in the order in which they are shown, and what each is called."""
CHANGES = ("converted", "closed", "tailored")
"""Exceptions that follow from something that happened on a day, and may have become known late."""
EXCEPTION_HEADS = ("Exception", "URN", "School", "Charge", "What", "True from", "Days until known")
VAT_CODE = Act(
    "set",
    "billing.SetVatCode",
    "Set a VAT code",
    "Set this code",
    (
        ITEM,
        SCHOOLS,
        Field(
            "code",
            "VAT code",
            hint="As your ledger has it: up to ten letters and figures",
            width="govuk-input--width-10",
        ),
        Field("begins", "First day of this code", "date", "For example, 1 9 2027"),
    ),
    about="It stands on lines as of that day or later. Files that were exported keep the code that they had.",
    example={"begins": "2011-09-01"},
)


@finance.get("/finance")
def workspace() -> str:
    answer = ask("billing.FinanceWorkspace", year=_year())
    found, batches = answer.value, ask("billing.Batches").value
    name = named(each.by for each in batches)
    return render_template(
        "finance.html",
        as_at=answer.as_at,
        found=found,
        routes=[_route(route) for route in found.routes],
        reconciled=[_reconciled(each) for each in found.reconciled],
        batches=[_batch(each, name(each.by)) for each in batches],
    )


@finance.get("/finance/exceptions")
def exceptions() -> str:
    answer = ask("billing.Exceptions", year=_year())
    by_kind = groupby(answer.value.found, lambda each: each.kind)
    rows = {kind: [_exception(each) for each in found] for kind, found in by_kind}
    return render_template(
        "exceptions.html",
        as_at=answer.as_at,
        year=answer.value.year,
        kinds=[(words, rows[kind]) for kind, words in KINDS.items() if kind in rows],
    )


@finance.get("/finance/exceptions/table.<kind>")
def exceptions_file(kind: str) -> Response:
    found = ask("billing.Exceptions", year=_year()).value
    rows = (
        (KINDS[each.kind], each.urn, each.school, each.charge, each.says, each.day, each.days_late)
        for each in found.found
    )
    return table_file(kind, f"exceptions-{academic_year(found.year)}", EXCEPTION_HEADS, rows)


@finance.get("/finance/vat-codes")
def vat_codes() -> str:
    answer = ask("billing.VatCodes")
    name = named(line.by for line in answer.value)
    rows = [
        (
            item_words(line.item),
            line.school_status.capitalize(),
            line.code,
            day(line.begins),
            name(line.by),
            line.recorded_at,
        )
        for line in answer.value
    ]
    return render_template("vat_codes.html", as_at=answer.as_at, rows=rows, act=VAT_CODE, setting=VAT_CODE.offered())


@finance.route("/finance/vat-codes/set", methods=["GET", "POST"])
def set_vat_code() -> ResponseReturnValue:
    back = url_for("finance.vat_codes")

    def page(form: Form) -> str:
        trail = (("Finance", url_for("finance.workspace")), ("VAT codes", back))
        return render_template("act.html", act=VAT_CODE, form=form, trail=trail)

    return carry_out(VAT_CODE, back, page)


def _year() -> Any:
    """The academic year asked for, else the latest that schools have subscribed for."""
    bought = ask("scheduling.CountySchools")
    return request.args.get("year") or max(bought.value.subscriptions, default=bought.as_at.year)


def _route(work: Any) -> tuple[str, ...]:
    last = f"{work.last.batch}, {money(work.last.net)}" if work.last else "None yet"
    orders = f"{work.without_order:,}" if work.route == "invoice" else "Not needed"
    return (
        work.route.capitalize(),
        f"{work.to_export:,}",
        money(work.net),
        f"{work.without_vat_code:,}",
        orders,
        last,
        "Dry run",
        url_for("exports.dry_run", route=work.route),
    )


def _reconciled(each: Any) -> tuple[str, ...]:
    counts = f"{each.delivered:,}", f"{each.uncharged:,}", f"{each.lines:,}"
    sums = (money(pence) for pence in (each.net, each.exported, each.settled, each.net - each.settled))
    return item_words(each.item), *counts, *sums


def _batch(each: Any, by: str) -> tuple[Any, ...]:
    address = url_for("exports.batch", batch=each.batch)
    return each.batch, each.route.capitalize(), f"{each.lines:,}", money(each.net), each.exported_at, by, address


def _exception(each: Any) -> tuple[str, ...]:
    late = (
        "Not a change"
        if each.kind not in CHANGES
        else (counted(each.days_late, "day") + " later" if each.days_late else "The same day")
    )
    address = url_for("charges.of_school", urn=each.urn)
    if each.charge:
        address = url_for("charges.explain", urn=each.urn, charge=each.charge)
    return each.school or f"School {each.urn}", each.says, day(each.day), late, address
