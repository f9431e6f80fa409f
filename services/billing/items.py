"""What can be charged: the full service, its visits where it is tailored (BR2), and chargeable services beside it.

The IP day is commissioned for every school and is no item (BR3)."""

from collections.abc import Iterable
from typing import Literal

ProgrammeItem = Literal["full-service", "visit-1", "visit-2", "visit-3", "visit-4"]
ServiceItem = Literal["brokering", "validation", "intensive-monitoring"]
Item = Literal[ProgrammeItem, ServiceItem]
FULL = "full-service"
VISITS = {"1": "visit-1", "2": "visit-2", "3": "visit-3", "4": "visit-4"}
"""The item of each visit of the programme."""
PROGRAMME = frozenset({FULL, *VISITS.values()})
"""What a year's programme is made of: it is split by months where a year is."""


def items_of(programme: str, visits: Iterable[str]) -> tuple[str, ...]:
    """The items that a settled programme is charged by, in the order of the visits; never the IP day (BR3)."""
    if programme == "full":
        return (FULL,)
    return tuple(VISITS[visit] for visit in sorted(set(visits)) if visit in VISITS)
