"""What each fault cost, for the table at the end of a run."""

from msgspec import Struct, structs


class Figures(Struct, frozen=True):
    """Of one fault: commands `sent`, `acknowledged`, and not; how many of the acknowledged ones lie in the log
    (`stored`), and how many left more than they should (`doubled`); seconds from when the engine was back, or from the
    fault itself where nobody brings anything back, until all was well again."""

    fault: str
    sent: int
    acknowledged: int
    stored: int
    doubled: int
    recovery: float


TOLD: list[Figures] = []


def table() -> list[str]:
    """A line for each fault, under a line of headings."""
    rows = [tuple(field.name for field in structs.fields(Figures))]
    rows += [tuple(_shown(value) for value in structs.astuple(figures)) for figures in TOLD]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_aligned(row, widths)) for row in rows]


def _shown(value: object) -> str:
    return f"{value:.1f} s" if isinstance(value, float) else str(value)


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    (fault, width), *others = zip(row, widths, strict=True)
    return [fault.ljust(width), *(cell.rjust(wide) for cell, wide in others)]
