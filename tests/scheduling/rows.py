"""Rows of the register, as they are and as they might be."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec import UNSET

from services.scheduling.school import RecordSchool
from tests.scheduling.platform import ROW

MAY = date(2022, 5, 16)


def row(**fields: Any) -> RecordSchool:
    return RecordSchool(**{**ROW, "pupils": 135, **fields})


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "pupils": st.sampled_from([UNSET, None, 1, 2]),
    "town": st.sampled_from([UNSET, None, "Norwich", "Diss"]),
    "closed": st.sampled_from([UNSET, None, date(2022, 8, 31)]),
    "name": st.sampled_from(["A school", "Another school"]),
}
ROWS = st.builds(
    row,
    effective_on=st.integers(0, 20).map(lambda days: MAY + timedelta(days=days)),
    last_changed=st.none() | st.integers(0, 20).map(lambda days: MAY + timedelta(days=days)),
    **VALUES,
)
