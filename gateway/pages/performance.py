"""How the programme runs: at one school, and in the county. Counts and shares, never a rank."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.exports import asked_as_file
from gateway.pages.questions import QUESTIONED
from gateway.picture_rows import VISITS
from gateway.school import the_school
from gateway.shares import ShareShown, shown, targets_met
from gateway.visitor import ask, clients
from gateway.words import LONDON, academic_year, day

performance = Blueprint("performance", __name__)


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit in words; `questions` is the address of its questions, where it can have any."""

    words: str
    planned: str
    held: str
    governors: str
    issued: str
    answer: str
    questions: str


@performance.get("/schools/<int:urn>/performance")
def of_school(urn: int) -> str:
    known = the_school(urn)
    answer = ask("analytics.SchoolPerformance", urn=urn, **_year())
    beside = ask("analytics.TargetsAgainstResults", urn=urn)
    found = answer.value
    met = [target.met for cohort in beside.value if _counts(cohort, found.year) for target in cohort.targets]
    reached = [each for each in met if each is not None]
    return render_template(
        "performance.html",
        school=known.value,
        as_at=min(each.as_at for each in (known, answer, beside)),
        found=found,
        shares=[*shown(found.shares, found.within), targets_met(sum(reached), len(reached))],
        visits=[_visit(urn, found.year, visit) for visit in found.visits],
    )


@performance.get("/performance")
def county() -> ResponseReturnValue:
    today = clients().now().astimezone(LONDON).date()
    year = _year().get("year", today.year if today.month >= 9 else today.year - 1)
    answer = ask("analytics.CountyPerformance", year=year, on=today.isoformat())
    schools, met = ask("scheduling.CountySchools"), ask("analytics.TargetsMet", cohort=year + 1)
    found, names = answer.value, {school.urn: school.name for school in schools.value.schools}
    by_school = {each.urn: each for each in met.value}
    reached = targets_met(sum(each.met for each in by_school.values()), sum(each.of for each in by_school.values()))
    shares = [*shown(found.shares, found.within), reached]
    rows = sorted(_school(each, names, by_school, found.within) for each in found.schools)
    heads = ("School", *(share.label for share in shares))
    page = render_template(
        "performance_county.html",
        as_at=min(each.as_at for each in (answer, schools, met)),
        found=found,
        heads=heads,
        shares=shares,
        schools=rows,
    )
    return asked_as_file(f"performance-{academic_year(year)}", heads, rows) or page


def _year() -> dict[str, int]:
    """The academic year in the address, if there is one."""
    year = request.args.get("year", type=int)
    return {} if year is None else {"year": year}


def _counts(cohort: Any, year: int) -> bool:
    """Whether the targets are for the tests of the academic year, and sanctioned."""
    return bool(cohort.cohort == year + 1 and cohort.state == "sanctioned")


def _visit(urn: int, year: int, visit: Any) -> VisitShown:
    if visit.held:
        held = day(visit.held) + ("" if visit.in_term is not False else " (not in its term)")
    else:
        held = "Cancelled" if visit.cancelled else "Not yet"
    asked = visit.visit in QUESTIONED
    return VisitShown(
        words=VISITS[visit.visit],
        planned=day(visit.planned) if visit.planned else "Not planned",
        held=held,
        governors={True: "Took part", False: "Did not", None: ""}[visit.governors],
        issued=day(visit.issued) if visit.issued else "",
        answer=(visit.answer or "Not yet").capitalize() if visit.issued else "",
        questions=url_for("questions.of_visit", urn=urn, year=year, visit=visit.visit) if asked else "",
    )


def _school(found: Any, names: dict[int, str], met: dict[int, Any], within: int) -> tuple[str, ...]:
    targets = met.get(found.urn)
    shares: list[ShareShown] = shown(found.shares, within)
    shares.append(targets_met(targets.met, targets.of) if targets else targets_met(0, 0))
    cells = (f"{share.counted} of {share.of}" if share.of else "–" for share in shares)
    address = url_for("performance.of_school", urn=found.urn)
    return names.get(found.urn, f"URN {found.urn}"), *cells, address
