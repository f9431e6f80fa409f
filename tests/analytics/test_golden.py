"""Results and grades as they were stored must load for ever. A golden file is never edited."""

from datetime import date
from pathlib import Path

import pytest

from services.analytics.events import (
    AreaFiguresPublished,
    InspectionGraded,
    Ks2ResultsPublished,
    Ks2ResultsRevised,
)
from services.core.events import Event, decoder, encode

GOLDEN = Path(__file__).parent.parent / "golden"
EVENTS: list[Event] = [
    Ks2ResultsPublished(120777, 2018, "provisional", {"TELIG": "14", "PTRWM_EXP": "71", "READPROG": "SUPP"}),
    Ks2ResultsRevised(120777, 2018, "revised", {"READPROG": "-1.9"}),
    AreaFiguresPublished("926", "Norfolk", 2018, "averages (revised)", {"PTRWM_EXP": "59", "MATPROG": "-0.6"}),
    InspectionGraded(120777, date(2015, 6, 17), "Good"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type_name)
def test_version_1_loads_as_it_was_stored(event: Event) -> None:
    stored = (GOLDEN / f"{event.type_name}.v1.json").read_bytes().rstrip()
    assert decoder(event.type_name, 1)(stored) == event
    assert encode(event) == stored
