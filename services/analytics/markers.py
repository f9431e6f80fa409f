"""Marks that stand in results where a number would be, kept as what they are and never read as zero."""

from msgspec import Struct


class Marker(Struct, frozen=True, gc=False, tag="marker"):
    """A published mark in place of a figure: `code` as the source writes it ("" for a blank)."""

    code: str

    @property
    def meaning(self) -> str:
        """What the Department for Education means by it, in words for a screen."""
        return MEANINGS[self.code]


MEANINGS = {
    "": "no figure given",
    "SUPP": "suppressed: 5 pupils or fewer",
    "NE": "no entries",
    "NA": "not available or not applicable",
    "NP": "not published",
    "NEW": "new school",
    "LOWCOV": "low coverage: fewer than half of the pupils could be counted",
    "c": "suppressed to protect confidentiality",
    "z": "not applicable",
    # Marks met in published files whose meaning changes between releases, or is not documented.
    "SUPPMAT": "marker SUPPMAT",
    "x": "marker x",
    ":": "marker :",
    "-": "marker -",
    "NULL": "marker NULL",
    "NaN": "marker NaN",
}
_MARKERS = {code.casefold(): Marker(code) for code in MEANINGS}


def marker(text: str) -> Marker | None:
    """The marker that a cell's text is, whatever its letter case; None where it is not one."""
    return _MARKERS.get(text.strip().casefold())
