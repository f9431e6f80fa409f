"""Charges and prices as they were stored must load for ever. A golden file is never edited."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from services.billing.events import ChargeRaised, PriceSet
from services.core.events import Event, decoder, encode

GOLDEN = Path(__file__).parent.parent / "golden"
EVENTS: list[Event] = [
    PriceSet(item="full-service", school_status="maintained", pence=265000, begins=date(2011, 9, 1)),
    ChargeRaised(
        charge="120777-2022-1",
        urn=120777,
        year=2022,
        item="full-service",
        quantity=1,
        net=265000,
        tax_date=date(2022, 9, 1),
        school_status="maintained",
        route="journal",
        price_event=UUID("2c5cc1c2-8e5b-5b55-8d4f-0d7d3f1f6a01"),
        status_event=UUID("2c5cc1c2-8e5b-5b55-8d4f-0d7d3f1f6a02"),
        delivery_event=UUID("2c5cc1c2-8e5b-5b55-8d4f-0d7d3f1f6a03"),
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type_name)
def test_version_1_loads_as_it_was_stored(event: Event) -> None:
    stored = (GOLDEN / f"{event.type_name}.v1.json").read_bytes().rstrip()
    assert decoder(event.type_name, 1)(stored) == event
    assert encode(event) == stored
