"""What schools are charged: a school's statement, one line explained down to its events, and the county's charges."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.charge_lines import FILE_HEADS, explained_at, file_row, line_row, progress, service
from gateway.clients import Answer, Invalid
from gateway.exports import table_file
from gateway.forms import Field, Form
from gateway.names import named
from gateway.paging import pages_of
from gateway.pdf import NoPdf, pdf_of
from gateway.school import the_school
from gateway.visitor import ask, may
from gateway.words import LONDON, academic_year, day, money

charges = Blueprint("charges", __name__)

ORDER = Act(
    "order",
    "billing.RecordPurchaseOrder",
    "Give a purchase order number",
    "Record this number",
    (Field("number", "Purchase order number", hint="As it stands on your order", width="govuk-input--width-20"),),
    about="It stands on what is invoiced for {year} from now on.",
    example={"number": "1"},
)
SETTLE = Act(
    "settle",
    "billing.SettleCharge",
    "Record that it was settled",
    "Record this settlement",
    (
        Field("settled", "Paid or journalled on", "date", "For example, 30 11 2027"),
        Field("reference", "Your reference", width="govuk-input--width-20"),
    ),
)


@charges.get("/schools/<int:urn>/charges")
def of_school(urn: int) -> str:
    return _statement_page("charges_school.html", urn)


@charges.get("/schools/<int:urn>/charges.pdf")
def pdf(urn: int) -> ResponseReturnValue:
    school = the_school(urn).value
    answer = ask("billing.SchoolStatement", urn=urn)
    title = f"Statement of charges, {school.row.name}"
    try:
        made = pdf_of("charges_paper.html", title=title, school=school, as_at=answer.as_at, **_statement(answer))
    except NoPdf as missing:
        flash(str(missing))
        return redirect(url_for("charges.of_school", urn=urn), 303)
    shown_as = {"Content-Disposition": f'inline; filename="charges-{urn}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=shown_as)


@charges.get("/schools/<int:urn>/charges/table.<kind>")
def of_school_file(urn: int, kind: str) -> Response:
    lines = ask("billing.SchoolStatement", urn=urn).value.lines
    return table_file(kind, f"charges-{urn}", FILE_HEADS, map(file_row, lines))


@charges.route("/schools/<int:urn>/charges/order/<int:year>", methods=["GET", "POST"])
def order(urn: int, year: int) -> ResponseReturnValue:
    about = ORDER.about.format(year=academic_year(year))
    return _carry_out(urn, replace(ORDER, about=about), url_for("charges.of_school", urn=urn), year=year)


@charges.route("/schools/<int:urn>/charges/<charge>/settle", methods=["GET", "POST"])
def settle(urn: int, charge: str) -> ResponseReturnValue:
    line = _explained(urn, charge).value.line
    about = f"Charge {line.charge}: {service(line)}, {money(line.net)} by {line.route}."
    return _carry_out(urn, replace(SETTLE, about=about), explained_at(line), year=line.year, charge=line.charge)


@charges.get("/schools/<int:urn>/charges/<charge>")
def explain(urn: int, charge: str) -> str:
    school, answer = the_school(urn).value, _explained(urn, charge)
    line = answer.value.line
    return render_template(
        "charge.html",
        school=school,
        as_at=answer.as_at,
        why=answer.value,
        words=service(line),
        progress=progress(line),
        by=lambda it: named([it.by], urn, it.recorded_at.astimezone(LONDON).date())(it.by),
        wrong=_wrong(answer.value),
        prices=may("billing.PriceList"),
        settling=line.batch and not line.settled and _may_settle(line),
    )


@charges.get("/charges")
def county() -> str:
    bought = ask("scheduling.CountySchools")
    subscriptions = bought.value.subscriptions
    year = request.args.get("year", max(subscriptions, default=bought.as_at.year))
    answer = ask("billing.CountyCharges", year=year, page=request.args.get("page", 1))
    found = answer.value
    if found.page > max(found.pages, 1):
        abort(404, f"The list of charges of that year ends at page {found.pages}.")
    return render_template(
        "charges_county.html",
        as_at=min(answer.as_at, bought.as_at),
        found=found,
        totals=[(total.route, total.charges, money(total.net)) for total in found.totals],
        lines=[line_row(line) for line in found.lines],
        subscribed=sum(subscriptions.get(found.year, {}).values()),
        years=sorted({*subscriptions, found.year}, reverse=True),
        pages=pages_of("charges.county", found.page, found.pages, year=found.year),
    )


@charges.get("/charges/<year>/table.<kind>")
def county_file(year: str, kind: str) -> Response:
    found = ask("billing.CountyCharges", year=year, whole=True).value
    return table_file(kind, f"charges-{academic_year(found.year)}", FILE_HEADS, map(file_row, found.lines))


def _statement_page(template: str, urn: int) -> str:
    school, answer = the_school(urn).value, ask("billing.SchoolStatement", urn=urn)
    return render_template(
        template,
        school=school,
        as_at=answer.as_at,
        ordering=may("billing.RecordPurchaseOrder", urn=urn, year=2011, number="1"),
        **_statement(answer),
    )


def _statement(answer: Answer) -> dict[str, Any]:
    """A school's years, the latest first, with their lines and sums, and what is still to settle in all."""
    found = answer.value
    orders = {order.year: order.number for order in found.orders}
    by_year = groupby(found.lines, lambda line: line.year)
    return {
        "years": [(year, orders.get(year), *_year(list(lines))) for year, lines in by_year],
        "routes": {total.route for total in found.totals},
        "settled": found.settled,
        "owed": found.owed,
    }


def _year(lines: list[Any]) -> tuple[bool, list[tuple[str, ...]], list[tuple[str, str]], str]:
    """Whether anything goes by invoice; the year's lines, its sum by each route and its sum."""
    by_route: dict[str, int] = {}
    for line in lines:
        by_route[line.route] = by_route.get(line.route, 0) + line.net
    rows = [(line.charge, service(line), *_words(line)) for line in lines]
    sums = [(route, money(net)) for route, net in by_route.items()]
    return "invoice" in by_route, rows, sums, money(sum(line.net for line in lines))


def _words(line: Any) -> tuple[str, ...]:
    """The school's status, the day, the route, the net charge, where it is explained, and how far it has come."""
    return (
        line.school_status.capitalize(),
        day(line.tax_date),
        line.route.capitalize(),
        money(line.net),
        explained_at(line),
        progress(line),
    )


def _explained(urn: int, charge: str) -> Answer:
    try:
        answer = ask("billing.ExplainCharge", urn=urn, charge=charge)
    except Invalid:  # nothing that a charge could be called
        answer = None
    if answer is None or answer.value is None:
        abort(404, f"There is no charge {charge[:64]} on the account of this school.")
    return answer


def _wrong(why: Any) -> str:
    """What does not add up, for a line that does not."""
    line = why.line
    if why.adds_up or why.price is None or line.months is not None:
        return f"{money(line.net)} was charged."
    due = line.quantity * why.price.pence
    return f"{line.quantity} × {money(why.price.pence)} is {money(due)}, but {money(line.net)} was charged."


def _may_settle(line: Any) -> bool:
    return SETTLE.offered(urn=line.urn, year=line.year, charge=line.charge)


def _carry_out(urn: int, chosen: Act, back: str, **fixed: Any) -> ResponseReturnValue:
    known = the_school(urn)

    def page(form: Form) -> str:
        trail = (("Charges", url_for("charges.of_school", urn=urn)),)
        return render_template(
            "school_act.html", school=known.value, as_at=known.as_at, act=chosen, form=form, trail=trail
        )

    return carry_out(chosen, back, page, urn=urn, **fixed)
