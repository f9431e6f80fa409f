"""A school's key stage 2 results beside its authority and England, and its inspections."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from gateway.figures import SMALL_YEAR_GROUP, figure_words, scale_for, versions_words
from gateway.school import the_school
from gateway.visitor import ask, ask_if_may, may

results = Blueprint("results", __name__)

HEADLINE = "PTRWM_EXP"
PUPILS = "TELIG"
"""The number in the year group: said beside percentages, not charted."""

ENGLAND = "England"
Row = tuple[int, str, str, str, str]
"""The year, the figures of this school, its authority and England in words, and their data versions."""


@results.get("/schools/<int:urn>/results")
def show(urn: int) -> str:
    school = the_school(urn).value
    answer, inspected = ask("analytics.SchoolResults", urn=urn), ask("analytics.Inspections", urn=urn)
    targets = ask_if_may("analytics.TargetsAgainstResults", urn=urn)
    found = answer.value
    measures = {measure.code: measure for measure in found.measures if measure.code != PUPILS}
    pupils = next((measure for measure in found.measures if measure.code == PUPILS), None)
    year_groups = {cells.year: cells.school for cells in pupils.years} if pupils else {}
    la = found.la_name or (f"Local authority {found.la_code}" if found.la_code else "Local authority")
    return render_template(
        "results.html",
        school=school,
        as_at=min(each.as_at for each in (answer, inspected, targets) if each),
        la=la,
        shown=_shown(measures, year_groups, la),
        latest=[_latest(measure, urn, la, year_groups) for measure in measures.values()],
        small=any(_is_small(cell) for cell in year_groups.values()),
        small_year_group=SMALL_YEAR_GROUP,
        elsewhere=[*_elsewhere(school.predecessors, "Earlier"), *_elsewhere(school.successors, "Later")],
        cohorts=[
            (cohort, [_target(each, la) for each in cohort.targets if each.published])
            for cohort in (targets.value if targets else ())
        ],
        inspections=[(each.inspected, each.grade, each.framework) for each in inspected.value],
    )


def _shown(measures: dict[str, Any], year_groups: dict[int, Any], la: str) -> dict[str, Any] | None:
    """The measure asked for, else the headline or the first, as a chart and its table; None without results."""
    if not measures:
        return None
    first = HEADLINE if HEADLINE in measures else next(iter(measures))
    measure = measures.get(request.args.get("measure", first))
    if measure is None:
        abort(404, "This school has no results under that measure. Choose one from its page of results.")
    by_year = {cells.year: cells for cells in measure.years if cells.school is not None}
    # A year without tests keeps its place on the chart, so that a line never leaps over it.
    across = range(min(by_year), max(by_year) + 1)
    names = ("This school", la, ENGLAND)
    series = [
        (name, [getattr(by_year.get(year), place, None) for year in across])
        for name, place in zip(names, ("school", "la", "national"), strict=True)
    ]
    drawn = [(name, [_number(cell) for cell in cells]) for name, cells in series]
    return {
        "measure": measure,
        "names": names,
        "across": across,
        "series": drawn,
        "scale": scale_for(measure.unit, [n for _, numbers in drawn for n in numbers if n is not None]),
        "description": _description(across, series, measure.unit),
        "rows": [_row(cells, la, measure.unit, year_groups.get(cells.year)) for cells in by_year.values()],
    }


def _row(cells: Any, la: str, unit: str, pupils: Any) -> Row:
    """The figures of a year, and the data versions that they come from."""
    own, area, national = cells.school, cells.la, cells.national
    versions = versions_words([("This school", own), (la, area), (ENGLAND, national)])
    return cells.year, figure_words(own, unit, pupils), figure_words(area, unit), figure_words(national, unit), versions


def _target(target: Any, la: str) -> tuple[str, ...]:
    """What it is for, what was known when it was set, the target, and the result beside others, with data versions."""
    known = [("estimate", target.estimate), ("earlier target", target.earlier), ("data", target.data_version)]
    share = f"{target.percentage}%" + (f", {target.count} of {target.cohort_size} pupils" if target.count else "")
    ends = {True: " Met.", False: " Not met.", None: ""}[target.met]
    result = target.result
    versions = versions_words([("This school", result), (la, target.la), (ENGLAND, target.national)])
    return (
        target.label,
        "; ".join(f"{name}: {value}" for name, value in known if value) or "nothing was noted",
        share,
        f"{figure_words(result, 'percent')}.{ends}" if result else "None yet",
        figure_words(target.la, "percent"),
        figure_words(target.national, "percent"),
        versions,
    )


def _latest(measure: Any, urn: int, la: str, year_groups: dict[int, Any]) -> tuple[str, str, str, *Row]:
    """A measure in the last year in which the school has it: code, label, address and row."""
    cells = [cells for cells in measure.years if cells.school is not None][-1]
    address = url_for("results.show", urn=urn, measure=measure.code)
    return measure.code, measure.label, address, *_row(cells, la, measure.unit, year_groups.get(cells.year))


def _description(across: range, series: list[tuple[str, list[Any]]], unit: str) -> str:
    """The chart in words: each line's figures year by year."""
    sentences = []
    for name, cells in series:
        by_year = (f"{figure_words(cell, unit)} in {year}" for year, cell in zip(across, cells, strict=True))
        sentences.append(f"{name}: {', '.join(by_year)}.")
    return " ".join(sentences)


def _elsewhere(linked: list[Any], when: str) -> list[tuple[str, Any, bool | None]]:
    """Schools before or after this one, with whether their results are held; None where the visitor may not know."""
    return [
        (when, other, bool(ask("analytics.SchoolResults", urn=other.urn).value.years))
        if may("analytics.SchoolResults", urn=other.urn)
        else (when, other, None)
        for other in linked
    ]


def _number(cell: Any) -> float | None:
    return None if cell is None else cell.number


def _is_small(cell: Any) -> bool:
    number = _number(cell)
    return number is not None and number <= SMALL_YEAR_GROUP
