"""One row of the target form: what may stand in it, and the percentage that follows from its count (TR1, TR4, TR7)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from services.core.commands import LongText, ShortText
from services.core.deciders import Refused
from services.visits.absence_limits import Limits, Percent
from services.visits.events import Target
from services.visits.measures import ABSENCE, OTHER, Measure, SchoolKind, measure_named

Pupils = Annotated[int, Meta(ge=0, le=9999)]
GROUP_WORDS = {"all": "all pupils", "fsm": "pupils with free school meals", "sen": "pupils with special needs"}


class TargetRow(Struct, frozen=True):
    """A target as the school writes it. A share of pupils needs `count` and `cohort_size`; its percentage follows from
    them and may be left out. Absence, and any other measure, needs the percentage alone."""

    measure: ShortText
    group: Literal["all", "fsm", "sen"]
    percentage: Percent | None = None
    count: Pupils | None = None
    cohort_size: Pupils | None = None
    estimate: ShortText | None = None
    data_version: ShortText | None = None
    earlier: ShortText | None = None
    actions: LongText | None = None
    special_factors: LongText | None = None
    explanation: LongText | None = None


def targets_of(rows: Sequence[TargetRow], cohort: int, kind: SchoolKind, limits: Limits) -> tuple[Target, ...]:
    """The rows as targets. Raises Refused at the first that can't stand, with its field such as `targets.0.count`."""
    seen: set[tuple[str, str]] = set()
    targets = []
    for number, row in enumerate(rows):
        place = f"targets.{number}"
        measure = measure_named(row.measure, cohort, kind)
        if measure is None:
            raise Refused(f"{row.measure} is not a measure of targets for {cohort} at this school.", f"{place}.measure")
        if (row.measure, row.group) in seen:
            raise Refused(f"{measure.label} has two targets for {GROUP_WORDS[row.group]}.", f"{place}.measure")
        seen.add((row.measure, row.group))
        targets.append(_target(row, measure, limits, place))
    if kind == "special" and any(_is_zero(target) for target in targets) and not any(_is_other(t) for t in targets):
        raise Refused("A target of 0% needs another measurable target beside it, such as P scales.", "targets")
    return tuple(targets)


def _target(row: TargetRow, measure: Measure, limits: Limits, place: str) -> Target:
    percentage = _share(row, place) if measure.kind == "share" or row.count is not None else row.percentage
    if percentage is None:
        raise Refused(f"Enter the percentage of {measure.label}.", f"{place}.percentage")
    of_the_school = measure.code == ABSENCE and row.group == "all"
    above = limits.below(Decimal(percentage)) if of_the_school else []
    if above and not row.explanation:
        higher = f"An absence of {percentage}% is higher than {' and '.join(above)}."
        raise Refused(f"{higher} Lower it, or explain why.", f"{place}.explanation")
    return Target(
        measure=row.measure,
        group=row.group,
        percentage=percentage,
        count=row.count,
        cohort_size=row.cohort_size,
        estimate=row.estimate,
        data_version=row.data_version,
        earlier=row.earlier,
        actions=row.actions,
        special_factors=row.special_factors,
        explanation=row.explanation,
    )


def _share(row: TargetRow, place: str) -> str:
    """The percentage that `count` of `cohort_size` is; one that was given must be it, to its own number of figures."""
    if row.count is None:
        raise Refused("Enter how many pupils are to reach it.", f"{place}.count")
    if not row.cohort_size:
        raise Refused("Enter how many pupils there are in the group.", f"{place}.cohort_size")
    if row.count > row.cohort_size:
        raise Refused(f"{row.count} of {row.cohort_size} pupils is more than there are.", f"{place}.count")
    exact = Decimal(100 * row.count) / row.cohort_size
    if row.percentage is None:
        return str(exact.quantize(Decimal(1), ROUND_HALF_UP))
    step = Decimal("0.1") if "." in row.percentage else Decimal(1)
    if abs(Decimal(row.percentage) - exact) > step / 2:
        right = exact.quantize(step, ROUND_HALF_UP)
        raise Refused(
            f"{row.count} of {row.cohort_size} pupils is {right}%, not {row.percentage}%.", f"{place}.percentage"
        )
    return row.percentage


def _is_zero(target: Target) -> bool:
    return target.measure != ABSENCE and Decimal(target.percentage) == 0


def _is_other(target: Target) -> bool:
    return target.measure.startswith(OTHER)
