"""A line of the planning board."""

from datetime import date

from msgspec import Struct


class Cell(Struct, frozen=True):
    """One visit on the board: its state, first day, and whether it may miss its term."""

    visit: str
    state: str
    day: date | None
    at_risk: bool


class BoardSchool(Struct, frozen=True):
    """A school with the visits of its programme."""

    urn: int
    name: str
    adviser: str | None
    adviser_name: str | None
    cells: tuple[Cell, ...]
