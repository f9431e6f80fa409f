"""How counts and shares of the programme are put into words and on charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gateway.words import counted

MEASURES = {
    "held_in_term": ("Visits held in their term", "visit"),
    "governors": ("Visits in which governors took part", "visit"),
    "sef_on_time": ("SEFs received on time", "SEF"),
    "issued_in_time": ("Records issued within {within} days of the visit", "record"),
    "answered": ("Issued records that the head answered", "record"),
    "actions_on_time": ("Actions closed by the day they were due", "action"),
    "targets_met": ("Sanctioned targets met, of those with a result", "target"),
}
"""What each counts, and one of them."""
NONE_YET = "none to count yet"


@dataclass(frozen=True, slots=True)
class ShareShown:
    """One count with its share: `percentage` is None where there was nothing to count."""

    label: str
    counted: int
    of: int
    thing: str

    @property
    def percentage(self) -> float | None:
        return 100 * self.counted / self.of if self.of else None

    @property
    def share_words(self) -> str:
        return NONE_YET if self.percentage is None else f"{self.percentage:.0f}%"

    @property
    def words(self) -> str:
        return NONE_YET if not self.of else f"{self.counted} of {counted(self.of, self.thing)}, {self.share_words}"


def shown(shares: Iterable[Any], within: int) -> list[ShareShown]:
    """Shares of analytics in words; of those that are of nothing, too."""
    found = []
    for share in shares:
        label, thing = MEASURES[share.measure]
        found.append(ShareShown(label.format(within=within), share.counted, share.of, thing))
    return found


def targets_met(met: int, of: int) -> ShareShown:
    """The share of targets that were met."""
    label, thing = MEASURES["targets_met"]
    return ShareShown(label, met, of, thing)
