"""What schools are charged: a school's statement, one charge explained down to its events, and the county's charges."""

from itertools import groupby
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from gateway.clients import Invalid
from gateway.paging import pages_of
from gateway.school import the_school
from gateway.visitor import ask, may
from gateway.words import day, money

charges = Blueprint("charges", __name__)


@charges.get("/schools/<int:urn>/charges")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("billing.SchoolStatement", urn=urn)
    by_year = groupby(answer.value.lines, lambda line: line.year)
    return render_template(
        "charges_school.html",
        school=school,
        as_at=answer.as_at,
        years=[(year, *_statement(list(lines))) for year, lines in by_year],
        routes={total.route for total in answer.value.totals},
    )


@charges.get("/schools/<int:urn>/charges/<charge>")
def explain(urn: int, charge: str) -> str:
    school = the_school(urn).value
    try:
        answer = ask("billing.ExplainCharge", urn=urn, charge=charge)
    except Invalid:  # nothing that a charge could be called
        answer = None
    if answer is None or answer.value is None:
        abort(404, f"There is no charge {charge[:64]} on the account of this school.")
    prices = may("billing.PriceList")
    return render_template("charge.html", school=school, as_at=answer.as_at, why=answer.value, prices=prices)


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
        lines=[
            (
                line.charge,
                line.school or f"School {line.urn}",
                url_for("charges.of_school", urn=line.urn),
                *_words(line),
            )
            for line in found.lines
        ],
        subscribed=sum(subscriptions.get(found.year, {}).values()),
        years=sorted({*subscriptions, found.year}, reverse=True),
        pages=pages_of("charges.county", found.page, found.pages, year=found.year),
    )


def _statement(lines: list[Any]) -> tuple[list[tuple[Any, ...]], list[tuple[str, str]], str]:
    """A year's lines, its sum by each route and its sum."""
    by_route: dict[str, int] = {}
    for line in lines:
        by_route[line.route] = by_route.get(line.route, 0) + line.net
    rows = [(line.charge, line.item.replace("-", " ").capitalize(), *_words(line)) for line in lines]
    return rows, [(route, money(net)) for route, net in by_route.items()], money(sum(line.net for line in lines))


def _words(line: Any) -> tuple[str, str, str, str, str]:
    """The school's status, the day, the route, the net charge, and where it is explained."""
    explained = url_for("charges.explain", urn=line.urn, charge=line.charge)
    return line.school_status.capitalize(), day(line.tax_date), line.route.capitalize(), money(line.net), explained
