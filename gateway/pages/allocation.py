"""Which adviser a school has: proposed to it, answered by it, allocated; and where the county's schools stand."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.exports import asked_as_file
from gateway.forms import Field, Form
from gateway.school import the_school
from gateway.visitor import ask, may
from gateway.words import counted, day

allocation = Blueprint("allocation", __name__)

A_DAY = "For example, 19 9 2011"
PROPOSE = Act(
    "propose",
    "scheduling.ProposeAdviser",
    "Propose an adviser",
    "Propose this adviser",
    (Field("adviser", "Adviser", "select"), Field("begins", "To begin on", "date", A_DAY)),
    about="The school is asked for its say before anything takes effect.",
)
REPLACE = replace(PROPOSE, words="Propose another adviser", reason="Why the adviser of the school is to change")
ACCEPT = Act(
    "accept",
    "scheduling.AcceptProposal",
    "Accept the proposed adviser",
    "Accept this adviser",
    about="The adviser is allocated to your school at once.",
)
OBJECT = Act(
    "object",
    "scheduling.ObjectToProposal",
    "Object to the proposed adviser",
    "Send this objection",
    (Field("words", "Why, in your own words", "textarea"),),
)
ALLOCATE = Act(
    "allocate",
    "scheduling.AllocateAdviser",
    "Allocate without the school's agreement",
    "Allocate this adviser",
    reason="Why, although the school did not accept",
)
END = Act(
    "end",
    "scheduling.EndAllocation",
    "End the allocation",
    "End this allocation",
    (Field("ends", "First day without a Link Adviser", "date", A_DAY),),
    reason="Why it ends",
)
NEEDS = {
    "objected": "The school objected",
    "unfit": "Adviser has left or has an interest",
    "nobody": "No Link Adviser",
    "away": "Adviser is away",
    "proposed": "School is being asked",
    "nothing": "",
}
STEPS = {
    "proposed": "Proposed to the school",
    "objected": "The school objected",
    "accepted": "The school accepted",
    "allocated": "Allocated",
    "ended": "Allocation ended",
}


HEADS = ("School", "To see to", "Link Adviser", "Proposed")


@allocation.get("/allocations")
def county() -> ResponseReturnValue:
    answer = ask("scheduling.CountyAllocations")
    rows = [
        (
            line.school,
            NEEDS[line.needs],
            _named(line.current) if line.current else "None",
            f"{_named(line.proposal.adviser)}, answer by {day(line.proposal.answer_by)}" if line.proposal else "",
            url_for("allocation.of_school", urn=line.urn),
        )
        for line in answer.value
    ]
    pressing = sum(line.needs != "nothing" for line in answer.value)
    page = render_template(
        "allocations.html", as_at=answer.as_at, heads=HEADS, pressing=rows[:pressing], settled=rows[pressing:]
    )
    return asked_as_file("allocations", HEADS, rows) or page


@allocation.get("/schools/<int:urn>/adviser")
def of_school(urn: int) -> str:
    school, answer = the_school(urn).value, ask("scheduling.SchoolAdviser", urn=urn)
    return render_template(
        "allocation.html",
        school=school,
        as_at=answer.as_at,
        it=answer.value,
        steps=[(STEPS[step.kind], step) for step in answer.value.steps],
        acts=_acts(answer.value),
        may_open_adviser=may("scheduling.CountyAdvisers"),
    )


@allocation.route("/schools/<int:urn>/adviser/<name>", methods=["GET", "POST"])
def act(urn: int, name: str) -> ResponseReturnValue:
    school, answer = the_school(urn).value, ask("scheduling.SchoolAdviser", urn=urn)
    chosen = next((act for act in _acts(answer.value) if act.name == name), None)
    if chosen is None:
        abort(404, "There is nothing of this kind to do for this school now. Look at its Link Adviser's page again.")
    back = url_for("allocation.of_school", urn=urn)
    if chosen.name == "propose":
        chosen = replace(chosen, fields=(replace(PROPOSE.fields[0], options=_advisers()), *PROPOSE.fields[1:]))

    def page(form: Form) -> str:
        trail = (("Link Adviser", back),)
        return render_template("school_act.html", school=school, as_at=answer.as_at, act=chosen, form=form, trail=trail)

    return carry_out(chosen, back, page, urn=urn, **_proposal(chosen, answer.value))


def _acts(it: Any) -> list[Act]:
    """What the person of the page may do, as the school stands."""
    acts = [REPLACE if it.current or it.next else PROPOSE]
    if it.proposal:
        acts += [ACCEPT, OBJECT, ALLOCATE]
    if it.current or it.next:
        acts.append(END)
    return [act for act in acts if act.offered(urn=it.urn, **_proposal(act, it))]


def _proposal(act: Act, it: Any) -> dict[str, int]:
    """The number of the open proposal, for the acts that answer it."""
    return {"proposal": it.proposal.proposal} if act in (ACCEPT, OBJECT, ALLOCATE) else {}


def _advisers() -> tuple[tuple[str, str], ...]:
    """Whom to choose from, with what speaks against it."""
    lines = ask("scheduling.CountyAdvisers").value
    return tuple((line.person, ", ".join((_name(line), *_remarks(line)))) for line in lines)


def _remarks(line: Any) -> list[str]:
    remarks = [counted(line.schools, "school")]
    if "data_analysis" not in line.valid:
        remarks.append("no valid training in data analysis")
    return remarks + [f"away from {day(each.begins)}" for each in line.away]


def _name(who: Any) -> str:
    return who.name or "Name erased"


def _named(who: Any) -> str:
    return f"{_name(who)}, from {day(who.begins)}"
