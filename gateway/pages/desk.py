"""The duty desk: open or closed, a new call, what waits by the clock left, and the inspections that are on."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.call_acts import duty_managers
from gateway.forms import Form
from gateway.helpline import helpline, today
from gateway.pages.calls import QUESTION
from gateway.paging import pages_of
from gateway.visitor import ask, clients, may, visitor

desk = Blueprint("desk", __name__)

AT_ONCE = 30
"""Waiting calls on one page."""


@desk.get("/desk")
def show() -> str:
    answer = ask("helpdesk.Desk", at=clients().now().isoformat())
    board, queue = ask("helpdesk.InspectionBoard"), answer.value.queue
    pages = -(-len(queue) // AT_ONCE)
    page = min(max(request.args.get("page", 1, type=int), 1), max(pages, 1))
    taking = may("helpdesk.CloseCall", call="any")
    return render_template(
        "desk.html",
        as_at=min(answer.as_at, board.as_at),
        line=helpline(),
        now=clients().now(),
        desk=answer.value,
        waiting=len(queue),
        queue=queue[(page - 1) * AT_ONCE : page * AT_ONCE],
        pages=pages_of("desk.show", page, pages),
        board=board.value,
        taking=taking,
        asked=Form((QUESTION,)),
        managers=duty_managers() if taking else (),
        me=visitor().person,
        fresh=lambda: Form(()),
    )


@desk.get("/desk/service-levels")
def levels() -> ResponseReturnValue:
    day = today()
    this_year = day.year if day.month >= 9 else day.year - 1
    year = request.args.get("year", this_year, type=int)
    frozen = ask("helpdesk.ServiceLevels", year=year)
    other: dict[str, Any] = {
        each.category: each for each in ask("helpdesk.ServiceLevels", year=year, calendar="now").value
    }
    return render_template(
        "service_levels.html", as_at=frozen.as_at, year=year, this_year=this_year, levels=frozen.value, other=other
    )
