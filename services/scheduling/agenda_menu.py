"""What an agenda may hold, visit by visit, as both seeds have it: a range to choose from, never a list to complete
(VR4)."""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct


class MenuItem(Struct, frozen=True):
    """An item to choose; the fields are those of an agenda item without its minutes."""

    title: str
    source: str
    slot: str
    aspect: str


@cache
def menu(visit: str) -> tuple[MenuItem, ...]:
    """Empty for visit 4, whose agenda is nobody's but the school's."""
    text = (files(__package__) / "agenda_menu.csv").read_text("utf-8")
    rows = (row for row in csv.DictReader(text.splitlines()) if row["visit"] == visit)
    return tuple(MenuItem(row["title"], row["source"], row["slot"], row["aspect"]) for row in rows)
