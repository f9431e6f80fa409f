"""The price list, and setting a price: typed, checked against what would be recorded, then confirmed."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.amounts import NotMoney, pence
from gateway.charge_lines import item_words
from gateway.forms import Field, Form
from gateway.names import named
from gateway.visitor import ask, may
from gateway.words import LONDON, day, money

prices = Blueprint("prices", __name__)

ITEMS = (
    *("full-service", "visit-1", "visit-2", "visit-3", "visit-4"),
    *("brokering", "validation", "intensive-monitoring"),
)
DEAREST = 100_000_000
"""Pence: what billing takes at most, said here in pounds."""
ITEM = Field("item", "Service", "select", options=tuple((item, item_words(item)) for item in ITEMS))
SCHOOLS = Field(
    "school_status",
    "Schools",
    "radios",
    options=(("maintained", "LA maintained"), ("non-maintained", "Not LA maintained")),
)
FIELDS = (
    ITEM,
    SCHOOLS,
    Field("pence", "Price in pounds, without VAT", hint="For example, 2,650.00", width="govuk-input--width-10"),
    Field("begins", "First day of this price", "date", "For example, 1 9 2027"),
)
ANY_PRICE: dict[str, Any] = {"item": "full-service", "school_status": "maintained", "pence": 0, "begins": "2011-09-01"}


@prices.get("/prices")
def price_list() -> ResponseReturnValue:
    return _page(Form(FIELDS))


@prices.post("/prices")
def set_price() -> ResponseReturnValue:
    form, step = Form.of_request(*FIELDS), request.form.get("step")
    if step == "change":
        return _page(form)
    price: dict[str, Any] = {"pence": _typed_price(form)}
    confirmed = step == "confirm" and not form.errors
    if confirmed and form.send("billing.SetPrice", **price):
        return redirect(url_for("prices.price_list"), 303)
    facts = [] if confirmed else form.rehearse("billing.SetPrice", **price)
    if not form.errors and not facts:
        form.errors[""] = ["That is the price on that day already, so there is nothing to set"]
    if form.errors:
        return _page(form)
    return render_template("price_check.html", form=form, facts=facts, begins=date.fromisoformat(form.values["begins"]))


def _typed_price(form: Form) -> int:
    """Whole pence; 0, and an error at its field, when it is no price."""
    typed = form.values["pence"]
    try:
        amount = pence(typed)
    except NotMoney as error:
        form.errors["pence"] = [str(error) if typed else "Enter the price"]
        return 0
    if amount > DEAREST:
        form.errors["pence"] = [f"Enter {money(DEAREST)} or less"]
        return 0
    return amount


def _page(form: Form) -> ResponseReturnValue:
    answer = ask("billing.PriceList")
    today = answer.as_at.astimezone(LONDON).date()
    name = named(line.by for line in answer.value)
    lists = [
        (item_words(item), status, _rows(list(lines), today, name))
        for (item, status), lines in groupby(answer.value, lambda line: (line.item, line.school_status))
    ]
    setting = may("billing.SetPrice", **ANY_PRICE)
    return render_template("prices.html", as_at=answer.as_at, lists=lists, form=form, setting=setting), form.status


def _rows(lines: list[Any], today: date, name: Callable[[str], str]) -> list[tuple[str, str, str, str, Any]]:
    """First day, price, how long it holds, who set it and when; the latest first. Lines come by first day."""
    rows = []
    until: date | None = None
    for line in reversed(lines):
        if line.begins > today:
            holds = "Not yet"
        else:
            holds = "Now" if until is None or until >= today else f"Until {day(until)}"
        rows.append((day(line.begins), money(line.pence), holds, name(line.by), line.recorded_at))
        until = line.begins - timedelta(days=1)
    return rows
