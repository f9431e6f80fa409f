"""The county at a glance: its schools, their subscriptions, and how the results of one measure spread."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.clients import MEASURES, Answer
from gateway.figures import figure_words, number_words, range_words
from gateway.forms import Field, Form
from gateway.visitor import ask

county = Blueprint("county", __name__)

HEADLINE = "PTRWM_EXP"
CHARTED = tuple((measure.code, measure.label) for measure in MEASURES.values() if measure.unit != "pupils")


@county.get("/county")
def overview() -> str:
    schools, results = ask("scheduling.CountySchools"), _results()
    found, counts = results.value, schools.value
    year = max(counts.subscriptions, default=None)
    return render_template(
        "county.html",
        schools=schools,
        kinds=(
            ("Type", _rows(counts.by_type_group)),
            ("Status", _rows(counts.by_status)),
            ("Phase", _rows(counts.by_phase)),
        ),
        year=year,
        subscriptions=[(kind, number, counts.by_type_group.get(kind, 0)) for kind, number in _bought(counts, year)],
        results=results,
        form=Form(_choices(found.years), {"year": str(found.year or ""), "measure": found.measure}),
        spread=_spread(found),
        averages=_averages(found),
    )


def _results() -> Answer:
    """The measure and year asked for, else the headline in the last year in which schools have it."""
    asked = {name: request.args[name] for name in ("year", "measure") if request.args.get(name)}
    return ask("analytics.CountyResults", **{"measure": HEADLINE, **asked})


def _choices(years: tuple[int, ...]) -> tuple[Field, ...]:
    of_years = tuple((str(year), str(year)) for year in reversed(years))
    return Field("year", "Tests of", "select", options=of_years), Field("measure", "Measure", "select", options=CHARTED)


def _rows(counts: dict[str, int]) -> list[tuple[str, int]]:
    return list(counts.items())


def _bought(counts: Any, year: int | None) -> list[tuple[str, int]]:
    return [] if year is None else sorted(counts.subscriptions[year].items(), key=lambda kind: -kind[1])


def _spread(found: Any) -> list[tuple[str, int, str]]:
    """How many schools are in each band, then how many have each marker in place of a figure: words, schools, kind."""
    bands = [(range_words(each, found.unit), each.schools, "") for each in found.bands]
    return bands + [(marked.meaning.capitalize(), marked.schools, "beside") for marked in found.marked]


def _averages(found: Any) -> list[tuple[str, str, str]]:
    """The average of these schools beside the published figures: what, how much, and where it comes from."""
    weighted = "none" if found.weighted is None else number_words(found.weighted, found.unit)
    counted = f"{found.schools_counted} schools with {found.pupils_counted:,} pupils: worked out here, by pupils"
    published = (("The local authority, as published", found.la), ("England, as published", found.national))
    return [
        ("These schools", weighted, counted),
        *((what, figure_words(cell, found.unit), _source(cell)) for what, cell in published),
    ]


def _source(cell: Any) -> str:
    return "" if cell is None else f"Data version: {cell.data_version}"
