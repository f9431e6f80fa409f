"""Agreed grades against the inspections that followed, each framework by itself."""

from typing import Any

from flask import Blueprint, render_template

from gateway.visitor import ask

calibration = Blueprint("calibration", __name__)


@calibration.get("/calibration")
def show() -> str:
    answer = ask("analytics.GradeCalibration")
    found = answer.value
    return render_template(
        "calibration.html",
        as_at=answer.as_at,
        frameworks=[(each, _bars(each), _rows(each)) for each in reversed(found.frameworks)],
        apart=[(each.agreed_under, each.inspected_under or "none", each.times) for each in found.not_compared],
        why=found.not_compared[0].why if found.not_compared else "",
        waiting=found.waiting,
    )


def _bars(found: Any) -> list[tuple[str, float, str, str]]:
    """How many inspections gave the agreed grade, a better and a worse one: label, share, words, kind."""
    counts = (("The agreed grade", found.same), ("A better grade", found.higher), ("A worse grade", found.lower))
    return [
        (label, 100 * count / found.compared, f"{count} of {found.compared}", "beside" if place else "")
        for place, (label, count) in enumerate(counts)
    ]


def _rows(found: Any) -> list[tuple[str, str, int]]:
    return [(pair.agreed, pair.inspected, pair.times) for pair in found.pairs]
