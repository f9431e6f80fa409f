"""Month ends: what has been charged goes to finance in batches, by journal and by invoice."""

from services.demonstration.script import Script


def exports(year: int) -> Script:
    return Script()
