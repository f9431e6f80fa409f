"""The inspection board: every inspection that is on, for everybody in the county, an adviser's own first."""

from flask import Blueprint, render_template

from gateway.visitor import ask, may, visitor

inspections = Blueprint("inspections", __name__)


@inspections.get("/inspections", endpoint="board")
def board() -> str:
    answer = ask("helpdesk.InspectionBoard")
    return render_template(
        "inspections.html",
        as_at=answer.as_at,
        board=answer.value,
        own=[line for line in answer.value if line.adviser == visitor().person],
        opens=may("helpdesk.SchoolCalls", urn=100_000),
    )
