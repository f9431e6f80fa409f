"""Which adviser a school has: proposed to it, answered by it, allocated; and where the county's schools stand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.acts import Act, carry_out
from gateway.exports import asked_as_file
from gateway.forms import Field, Form
from gateway.paging import pages_of
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
PAGE = 60
"""Schools on a page of the county's list."""
NOBODY = "nobody"
ADVISER = Field("adviser", "Adviser", "select", no_choice="All")
SCHOOL = Field("school", "Part of the school’s name", width="govuk-input--width-20")


@allocation.get("/allocations")
def county() -> ResponseReturnValue:
    """A page of the county's schools, those that somebody must see to first; narrowed to an adviser or a school."""
    answer = ask("scheduling.CountyAllocations")
    wanted = {name: value for name in ("adviser", "school") if (value := request.args.get(name, "").strip())}
    lines = [line for line in answer.value if _wanted(line, **wanted)]
    if file := asked_as_file("allocations", HEADS, map(_row, lines)):
        return file
    number, pages = request.args.get("page", 1, type=int), max(-(-len(lines) // PAGE), 1)
    if not 1 <= number <= pages:
        abort(404, f"The list of allocations ends at page {pages}.")
    shown = lines[(number - 1) * PAGE : number * PAGE]
    return render_template(
        "allocations.html",
        as_at=answer.as_at,
        heads=HEADS,
        filters=Form((replace(ADVISER, options=_names(answer.value)), SCHOOL), wanted),
        wanted=wanted,
        found=len(lines),
        all_settled=all(line.needs == "nothing" for line in answer.value),
        pressing=[_row(line) for line in shown if line.needs != "nothing"],
        settled=[_row(line) for line in shown if line.needs == "nothing"],
        pages=pages_of("allocation.county", number, pages, **wanted),
    )


def _wanted(line: Any, adviser: str = "", school: str = "") -> bool:
    """Whether a line is of that adviser, now or as proposed, and its school's name holds these letters."""
    theirs = {each.person for each in _advisers_of(line)} or {NOBODY}
    return adviser in ("", *theirs) and school.casefold() in line.school.casefold()


def _advisers_of(line: Any) -> list[Any]:
    return [each for each in (line.current, line.proposal and line.proposal.adviser) if each]


def _names(lines: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    """Those who have a school or are proposed to one, by name, and nobody."""
    named = {each.person: _name(each) for line in lines for each in _advisers_of(line)}
    return (*sorted(named.items(), key=lambda each: each[1]), (NOBODY, "Nobody"))


def _row(line: Any) -> tuple[str, ...]:
    return (
        line.school,
        NEEDS[line.needs],
        _named(line.current) if line.current else "None",
        f"{_named(line.proposal.adviser)}, answer by {day(line.proposal.answer_by)}" if line.proposal else "",
        url_for("allocation.of_school", urn=line.urn),
    )


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
