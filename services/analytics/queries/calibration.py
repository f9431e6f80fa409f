"""Agreed grades against the inspection that followed, framework by framework (GR1: never across two)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from services.analytics.frameworks import FRAMEWORKS, OVERALL, Framework, framework_on
from services.analytics.projections.agreed_grades import agreed_grade
from services.analytics.projections.results import inspection
from services.core.commands import Query, query
from services.core.service import Reading

ACROSS = "Grades of different frameworks can't be compared: the same word does not mean the same."


@query("analytics.GradeCalibration")
class GradeCalibration(Query, frozen=True):
    """How often the overall grade that school and adviser agreed was that of the next inspection."""


class GradePair(Struct, frozen=True):
    """How often this agreed grade was followed by that inspection grade."""

    agreed: str
    inspected: str
    times: int


class FrameworkCalibration(Struct, frozen=True):
    """Under one framework: of `compared` inspections `same` gave the agreed grade, `higher` a better one, `lower` a
    worse one."""

    framework: str
    begins: date
    heading: str
    compared: int
    same: int
    higher: int
    lower: int
    pairs: tuple[GradePair, ...]


class NotCompared(Struct, frozen=True):
    """Grades that were agreed under one framework before an inspection under another, and why they stand apart."""

    agreed_under: str
    inspected_under: str
    times: int
    why: str


class Calibration(Struct, frozen=True):
    """`waiting` counts agreed grades that no inspection has followed yet."""

    frameworks: tuple[FrameworkCalibration, ...]
    not_compared: tuple[NotCompared, ...]
    waiting: int


def grade_calibration(query: GradeCalibration, reading: Reading) -> Calibration:
    """Each inspection is set against the last grade that was agreed before it, and against no other."""
    agreed: dict[int, list[Any]] = {}
    for row in reading.db.execute(select(agreed_grade).order_by(agreed_grade.c.day)):
        agreed.setdefault(row.urn, []).append(row)
    inspected: dict[int, list[Any]] = {}
    for row in reading.db.execute(select(inspection).order_by(inspection.c.inspected)):
        inspected.setdefault(row.urn, []).append(row)

    compared: dict[str, Counter[tuple[str, str]]] = {}
    apart: Counter[tuple[str, str]] = Counter()
    waiting = 0
    for urn, grades in agreed.items():
        for grade, following in _followed(grades, inspected.get(urn, [])):
            if following is None:
                waiting += 1
                continue
            framework = framework_on(following.inspected)
            under = framework.code if framework else ""
            if under == grade.framework:
                compared.setdefault(under, Counter())[grade.grade, following.grade] += 1
            else:
                apart[grade.framework, under] += 1
    return Calibration(
        tuple(_calibrated(each, compared[each.code]) for each in FRAMEWORKS if each.code in compared),
        tuple(NotCompared(*pair, times, ACROSS) for pair, times in sorted(apart.items())),
        waiting,
    )


def _followed(grades: list[Any], inspections: list[Any]) -> Iterator[tuple[Any, Any | None]]:
    """Each agreed grade with the inspection next after it; one that another was agreed after, before that, is left
    out. Both come by day."""
    for grade, later in zip(grades, [*grades[1:], None], strict=True):
        following = next((each for each in inspections if each.inspected > grade.day), None)
        if later is None or (following is not None and following.inspected <= later.day):
            yield grade, following


def _calibrated(framework: Framework, pairs: Counter[tuple[str, str]]) -> FrameworkCalibration:
    rank = {grade: place for place, grade in enumerate(framework.grades)}

    def times(*wanted: int) -> int:
        """How often the inspection's grade was so many places below the agreed one, by the sign."""
        below = ((rank[i] > rank[a]) - (rank[i] < rank[a]) for a, i in pairs)
        return sum(count for count, each in zip(pairs.values(), below, strict=True) if each in wanted)

    ordered = sorted(pairs.items(), key=lambda pair: (rank[pair[0][0]], rank[pair[0][1]]))
    return FrameworkCalibration(
        framework=framework.name,
        begins=framework.begins,
        heading=OVERALL,
        compared=pairs.total(),
        same=times(0),
        higher=times(-1),
        lower=times(1),
        pairs=tuple(GradePair(*grades, count) for grades, count in ordered),
    )
