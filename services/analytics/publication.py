"""Figures as they are published again and again: what each data version gave, and what a later one changes."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from services.analytics.figures import Figure, figure
from services.analytics.markers import Marker
from services.analytics.measures import MEASURES
from services.analytics.performance_tables import FIRST_YEAR
from services.core.cells import BadCell
from services.core.deciders import Context, Refused

TestYear = Annotated[
    int, Meta(ge=FIRST_YEAR, le=2100, description="The summer of the tests: 2018 for the academic year 2017-18")
]


class Publication(Struct, frozen=True):
    """The figures of one stream: as they stand, and as they stood after each data version that changed them."""

    current: Mapping[str, str] = {}
    versions: Mapping[str, Mapping[str, str]] = {}

    def after(self, data_version: str, figures: Mapping[str, str]) -> "Publication":
        """The publication once a data version has given these figures; those it leaves out stand."""
        current = {**self.current, **figures}
        return Publication(current, {**self.versions, data_version: current})

    def changed_by(self, data_version: str, figures: Mapping[str, str]) -> dict[str, str]:
        """Those of a data version's figures that change what stands.

        None do when it gave the same before, so an old file imported again does not undo a newer one."""
        given_before = self.versions.get(data_version, self.current)
        if all(given_before.get(code) == text for code, text in figures.items()):
            return {}
        return {code: text for code, text in figures.items() if self.current.get(code) != text}


def as_text(value: Figure) -> str:
    """A figure as events hold it: the number in plain digits, or the marker's code."""
    return value.code if isinstance(value, Marker) else f"{value:f}"


def checked(figures: Mapping[str, str], year: int, context: Context) -> dict[str, str]:
    """The figures in the one way of writing them, so that 57 and 57.0 are equal.

    Raises Refused for a measure or figure that can't be, and for tests that have not taken place."""
    if year > context.today.year:
        raise Refused(f"The tests of {year} have not been taken yet.", "year")
    if not figures:
        raise Refused("Give at least one figure.", "figures")
    if unknown := sorted(figures.keys() - MEASURES.keys()):
        raise Refused(f"{unknown[0]} is not a measure that is read here.", "figures")
    try:
        return {code: as_text(figure(figures[code], MEASURES[code])) for code in MEASURES if code in figures}
    except BadCell as fault:
        raise Refused(f"{fault}.", "figures") from fault
