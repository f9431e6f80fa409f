"""How published figures are put into words and on charts: as published, with no judgement, a marker never a number.

A cell is services.analytics' Cell, or None where nothing was published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

NOT_HELD = "not held"
SMALL_YEAR_GROUP = 10
"""Pupils; in a year group of this size or smaller one pupil moves a percentage by ten points or more (TR7)."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The same for every school, so that two charts of one measure can be laid side by side."""

    least: int
    most: int
    unit: str = ""

    def holds(self, numbers: Iterable[float]) -> bool:
        return all(self.least <= number <= self.most for number in numbers)


SCALES = {
    "percent": (Scale(0, 100, "%"),),
    "score": (Scale(90, 110), Scale(80, 120)),
    "progress": (Scale(-5, 5), Scale(-10, 10), Scale(-20, 20), Scale(-50, 50)),
}
"""Of each unit that is charted, the narrowest first; the last holds every figure that there can be."""


def scale_for(unit: str, numbers: Iterable[float]) -> Scale:
    """The narrowest of the unit's scales that holds these numbers."""
    numbers = list(numbers)
    return next(scale for scale in SCALES[unit] if scale.holds(numbers))


def number_words(value: str, unit: str) -> str:
    """57 as 57%, 1.2 of progress as +1.2"""
    if unit == "percent":
        return f"{value}%"
    if unit == "progress" and float(value):
        return f"−{value.removeprefix('-')}" if value.startswith("-") else f"+{value}"
    return value


def figure_words(cell: Any, unit: str, pupils: Any = None) -> str:
    """A cell as text: 57%, 57% of 21 pupils, suppressed: 5 pupils or fewer. `pupils` is the cell of the year group."""
    if cell is None:
        return NOT_HELD
    if cell.meaning:
        return str(cell.meaning)
    words = number_words(cell.value, unit)
    if unit == "percent" and pupils is not None and not pupils.meaning:
        words += f" of {pupils.value} pupil{'' if pupils.value == '1' else 's'}"
    return words


def versions_words(named: Sequence[tuple[str, Any]]) -> str:
    """The data versions behind named cells, once where they are one."""
    versions = [(name, cell.data_version) for name, cell in named if cell is not None]
    if len({version for _, version in versions}) == 1:
        return str(versions[0][1])
    return "; ".join(f"{name}: {version}" for name, version in versions)


def range_words(band: Any, unit: str) -> str:
    """A band in words: 50% to under 60%; the highest of percentages holds its 100% too."""
    least, most = number_words(str(band.least), unit), number_words(str(band.most), unit)
    return f"{least} to {'' if most == '100%' else 'under '}{most}"
