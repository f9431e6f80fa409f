"""BR3: the Improvement Professional's day is never charged for, whatever is recorded of it."""

import json
from pathlib import Path

import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from services.billing.items import FULL, VISITS, items_of
from services.billing.policies import POLICIES
from services.billing.tailoring import ChargeTailored
from services.core.events import decoder
from tests.billing.histories import history

GOLDEN = Path(__file__).parent.parent / "golden"


@cases(st.sets(st.sampled_from(["1", "2", "3", "4", "ip"])), st.sampled_from(["full", "tailored"]))
@settings(max_examples=50)
def test_br3_no_programme_has_the_ip_day_among_its_items(visits: set[str], programme: str) -> None:
    items = items_of(programme, visits)
    assert set(items) <= {FULL, *VISITS.values()}
    assert programme == "full" or len(items) == len(visits - {"ip"})


def told_of_the_ip_day() -> list[tuple[str, int, bytes]]:
    """(type, version, data) of every event there is that names a visit or visits, with the IP day in their place."""
    told = []
    for file in sorted(GOLDEN.glob("*.json")):
        name, version = file.stem.rsplit(".v", 1)
        stored = json.loads(file.read_bytes())
        ip = {"visit": "ip", "visits": ["ip"], "programme": "tailored"}
        if stored.keys() & {"visit", "visits"}:
            about_ip = {field: ip.get(field, value) for field, value in stored.items()}
            told.append((name, int(version), json.dumps(about_ip).encode()))
    return told


@pytest.mark.parametrize(("name", "version", "data"), told_of_the_ip_day(), ids=lambda each: str(each)[:50])
def test_br3_no_event_about_the_ip_day_leads_to_a_charge(name: str, version: int, data: bytes) -> None:
    event = decoder(name, version)(data)
    (recorded,) = history("any", event)
    for policy in POLICIES:
        if isinstance(event, policy.on):
            command = policy.then(event, recorded)
            assert isinstance(command, ChargeTailored)
            assert items_of(command.programme, command.visits) == ()
