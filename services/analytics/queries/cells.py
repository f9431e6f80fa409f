"""A figure beside its meaning and the data version it comes from, as answers show it."""

from typing import Any

from msgspec import Struct

from services.analytics.markers import marker


class Cell(Struct, frozen=True):
    """A figure as it was published. `meaning` is empty for a number; for a marker it says why there is none."""

    value: str
    meaning: str
    data_version: str

    @property
    def number(self) -> float | None:
        """The figure for a chart; None for a marker."""
        return None if self.meaning else float(self.value)


def meaning(value: str) -> str:
    """What a marker means; empty for a number."""
    mark = marker(value)
    return mark.meaning if mark is not None else ""


def cell(row: Any) -> Cell:
    """The cell of a row of figures."""
    return Cell(row.value, meaning(row.value), row.data_version)
