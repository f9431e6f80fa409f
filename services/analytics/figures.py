"""One published figure: an exact number, or the marker that stands in its place."""

import re
from decimal import Context, Decimal

from services.analytics.markers import Marker, marker
from services.analytics.measures import BOUNDS, Measure
from services.core.cells import BadCell

Figure = Decimal | Marker
"""Decimal and not tenths: LA progress has hundredths, and a figure must print as it was published."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,20})?(E-?\d{1,2})?", re.ASCII | re.IGNORECASE)
# Spreadsheets keep 15 figures: what comes after them (7.0000000000000007E-2) was never published.
_SPREADSHEET = Context(prec=15)


def figure(text: str, measure: Measure) -> Figure:
    """The figure that a cell holds: percent signs taken off, 7.0000000000000007E-2 read as 0.07.

    Raises BadCell where it is neither a number that the measure can have nor a known marker.
    """
    text = text.strip()
    if (mark := marker(text)) is not None:
        return mark
    number = text.removesuffix("%").rstrip() if measure.unit == "percent" else text
    if not _NUMBER.fullmatch(number):
        raise BadCell(f"{measure.code} is {text[:40]!r}: neither a number nor a known marker")
    value = _SPREADSHEET.create_decimal(number)
    least, most = BOUNDS[measure.unit]
    if not least <= value <= most or (measure.unit == "pupils" and value != value.to_integral_value()):
        kind = "a whole number" if measure.unit == "pupils" else "a number"
        raise BadCell(f"{measure.code} is {text[:40]!r}: {kind} from {least} to {most} is expected")
    return _plain(value)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: 57.0 and 5.7E1 are both 57, -0 is 0."""
    shortest = value.normalize() + 0
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral_value() else shortest
