"""The chargeable services of a school: recommended by the authority, ordered by the school, delivered or cancelled."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask
from gateway.words import academic_year, day

extras = Blueprint("extras", __name__)

SERVICE = Field(
    "service",
    "Service",
    "radios",
    options=(
        ("brokering", "Brokering of other support"),
        ("validation", "Validation of evidence, such as lesson observations"),
        ("intensive-monitoring", "Intensive monitoring, such as a project board"),
    ),
)
PURPOSE = Field("purpose", "What it is for")
NAMES = dict(SERVICE.options)
YEAR = Field(
    "year", "Academic year that begins in", "number", "Four figures, such as 2011", width="govuk-input--width-4"
)
QUANTITY = Field("quantity", "How many", "number", "In the units of the price list", width="govuk-input--width-3")
NEW_YEAR: dict[str, Any] = {"year": 2011}
RECOMMEND = Act(
    "recommend",
    "scheduling.RecommendService",
    "Recommend a service",
    "Recommend this service",
    (YEAR, SERVICE, PURPOSE),
    about="The school decides whether to order it.",
    example=NEW_YEAR,
)
ORDER = Act(
    "order",
    "scheduling.OrderService",
    "Order a service",
    "Order this service",
    (YEAR, SERVICE, PURPOSE, QUANTITY),
    about="It is charged in addition to the programme, once it is delivered.",
    example=NEW_YEAR,
)
ORDER_IT = replace(ORDER, words="Order what is recommended", fields=(PURPOSE, QUANTITY))
DELIVER = Act(
    "deliver",
    "scheduling.DeliverService",
    "Record a delivery",
    "Record this delivery",
    (Field("delivered", "Delivered on", "date", "For example, 8 11 2011"), QUANTITY),
)
CANCEL = Act("cancel", "scheduling.CancelService", "Cancel", "Cancel this service", reason="Why it is not wanted")
STATES = {"recommended": (ORDER_IT, CANCEL), "ordered": (DELIVER, CANCEL), "delivered": (), "cancelled": ()}


@extras.get("/schools/<int:urn>/services")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("scheduling.SchoolServices", urn=urn)
    return render_template(
        "services.html",
        school=school,
        as_at=answer.as_at,
        lines=[(line, NAMES[line.service], _state(line), _acts(urn, line)) for line in answer.value],
        acts=[act for act in (RECOMMEND, ORDER) if act.offered(urn=urn)],
    )


@extras.route("/schools/<int:urn>/services/<name>", methods=["GET", "POST"])
def new(urn: int, name: str) -> ResponseReturnValue:
    chosen = next((act for act in (RECOMMEND, ORDER) if act.name == name), None)
    if chosen is None:
        abort(404, "There is nothing of this name to do.")
    return _carry_out(chosen, {"urn": urn})


@extras.route("/schools/<int:urn>/services/<order>/<name>", methods=["GET", "POST"])
def act(urn: int, order: str, name: str) -> ResponseReturnValue:
    line = next((line for line in ask("scheduling.SchoolServices", urn=urn).value if line.order == order), None)
    chosen = next((act for act in _acts(urn, line) if act.name == name), None) if line else None
    if chosen is None or line is None:
        abort(404, "There is nothing of this kind to do for this service now. Look at the school's services again.")
    about = f"{NAMES[line.service]}, {academic_year(line.year)}: {line.purpose}"
    return _carry_out(replace(chosen, about=about), _fixed(chosen, urn, line))


def _carry_out(chosen: Act, fixed: dict[str, Any]) -> ResponseReturnValue:
    known, back = the_school(fixed["urn"]), url_for("extras.of_school", urn=fixed["urn"])

    def page(form: Form) -> str:
        trail = (("Services", back),)
        return render_template(
            "school_act.html", school=known.value, as_at=known.as_at, act=chosen, form=form, trail=trail
        )

    return carry_out(chosen, back, page, **fixed)


def _acts(urn: int, line: Any) -> list[Act]:
    return [act for act in STATES[line.state] if act.offered(**_fixed(act, urn, line))]


def _fixed(act: Act, urn: int, line: Any) -> dict[str, Any]:
    """What the line itself answers."""
    service = {"service": line.service} if act.name == "order" else {}
    return {"urn": urn, "year": line.year, "order": line.order, **service}


def _state(line: Any) -> str:
    match line.state:
        case "recommended":
            return f"Recommended by the authority on {day(line.recommended)}, not ordered"
        case "cancelled":
            return f"Cancelled on {day(line.cancelled)}: {line.reason}"
        case "delivered":
            return f"Delivered, last on {day(line.last_delivered)}"
    part = f", {line.delivered} of them delivered" if line.delivered else ""
    return f"Ordered on {day(line.ordered)}{part}"
