"""The key stage 2 measures that are read, each declared once. Codes are DfE's column names."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Unit = Literal["pupils", "percent", "score", "progress"]

BOUNDS: dict[Unit, tuple[Decimal, Decimal]] = {
    "pupils": (Decimal(0), Decimal(9_999_999)),
    "percent": (Decimal(0), Decimal(100)),
    "score": (Decimal(80), Decimal(120)),  # the scale of the tests since 2016
    "progress": (Decimal(-50), Decimal(50)),
}
"""Least and most of each unit, both included."""

WRITING_CHANGED, SCIENCE_CHANGED = (2018,), (2019,)
"""Teacher assessment frameworks that were replaced (Standards and Testing Agency, "Comparability over time"): that of
writing, which is part of reading, writing and maths together, for 2017/18, that of science for 2018/19."""


class Measure(Struct, frozen=True):
    """`label` is words for a screen; `lait` the code in DfE's Local Authority Interactive Tool, "" if none.

    `higher_is_better` is None for a number that is neither good nor bad. `changed` are the years whose figures can't be
    compared with those before, because what is assessed was changed.
    """

    code: str
    label: str
    unit: Unit
    higher_is_better: bool | None = True
    lait: str = ""
    changed: tuple[int, ...] = ()

    def comparable(self, year: int, other: int) -> bool:
        """Whether figures of two years mean the same."""
        return not any(min(year, other) < changed <= max(year, other) for changed in self.changed)


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("TELIG", "Pupils at the end of key stage 2", "pupils", None),
        Measure(
            "PTRWM_EXP",
            "Expected standard in reading, writing and maths",
            "percent",
            lait="KS2RWM_Expected_STD",
            changed=WRITING_CHANGED,
        ),
        Measure(
            "PTRWM_HIGH",
            "Higher standard in reading, writing and maths",
            "percent",
            lait="KS2RWM_Higher_STD",
            changed=WRITING_CHANGED,
        ),
        Measure("PTREAD_EXP", "Expected standard in reading", "percent", lait="KS2R_Expected_STD"),
        Measure("PTREAD_HIGH", "High score in reading", "percent", lait="KS2R_Higher_STD"),
        Measure("READ_AVERAGE", "Average scaled score in reading", "score", lait="KS2R_AVG_Scaled_Score"),
        Measure("READPROG", "Progress in reading", "progress", lait="KS2R_Prog_VA"),
        Measure(
            "PTWRITTA_EXP",
            "Expected standard in writing",
            "percent",
            lait="KS2W_Teacher_Assess",
            changed=WRITING_CHANGED,
        ),
        Measure(
            "PTWRITTA_HIGH",
            "Greater depth in writing",
            "percent",
            lait="KS2GDW_Teacher_Assess",
            changed=WRITING_CHANGED,
        ),
        Measure("WRITPROG", "Progress in writing", "progress", lait="KS2W_Prog_VA", changed=WRITING_CHANGED),
        Measure("PTMAT_EXP", "Expected standard in maths", "percent", lait="KS2M_Expected_STD"),
        Measure("PTMAT_HIGH", "High score in maths", "percent", lait="KS2M_Higher_STD"),
        Measure("MAT_AVERAGE", "Average scaled score in maths", "score", lait="KS2M_AVG_Scaled_Score"),
        Measure("MATPROG", "Progress in maths", "progress", lait="KS2M_Prog_VA"),
        Measure(
            "PTGPS_EXP",
            "Expected standard in grammar, punctuation and spelling",
            "percent",
            lait="KS2GPS_Expected_STD",
        ),
        Measure(
            "PTGPS_HIGH",
            "High score in grammar, punctuation and spelling",
            "percent",
            lait="KS2GPS_Higher_STD",
        ),
        Measure(
            "GPS_AVERAGE",
            "Average scaled score in grammar, punctuation and spelling",
            "score",
            lait="KS2GPS_AVG_Scaled_Score",
        ),
        Measure(
            "PTSCITA_EXP",
            "Expected standard in science",
            "percent",
            lait="KS2Sci_Teacher_Assess",
            changed=SCIENCE_CHANGED,
        ),
    )
}
BY_LAIT = {measure.lait: measure for measure in MEASURES.values() if measure.lait}
