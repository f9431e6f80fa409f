"""The arithmetic of many schools' figures: their average by pupils, and how they spread over bands."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from services.analytics.measures import BOUNDS, Unit

WIDTHS: dict[Unit, int] = {"pupils": 10, "percent": 10, "score": 2, "progress": 1}


class Band(Struct, frozen=True):
    """Schools whose figure is `least` or more and less than `most`; the highest band of a unit holds its `most` too."""

    least: int
    most: int
    schools: int


def weighted(figures: Collection[tuple[Decimal, int]]) -> Decimal | None:
    """The average of figures, each with its number of pupils, to one decimal place; None when there are no pupils."""
    pupils = sum(number for _, number in figures)
    if not pupils:
        return None
    total = sum((figure * number for figure, number in figures), Decimal(0))
    return (total / pupils).quantize(Decimal("0.1"), ROUND_HALF_UP)


def bands(figures: Sequence[Decimal], unit: Unit) -> tuple[Band, ...]:
    """How many figures fall in each band, from the lowest that has any to the highest, empty ones between included."""
    width = WIDTHS[unit]
    highest = math.ceil(BOUNDS[unit][1] / width) - 1
    counts = Counter(min(math.floor(figure / width), highest) for figure in figures)
    if not counts:
        return ()
    steps = range(min(counts), max(counts) + 1)
    return tuple(Band(step * width, (step + 1) * width, counts[step]) for step in steps)
