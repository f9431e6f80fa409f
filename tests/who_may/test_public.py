"""public.csv says what leaves the platform for other systems: each type, and each of its fields.

A row is written by hand. Ask of each field who needs it, and whether it may be known outside the services at all: no
person, no words that somebody typed, nothing of visit 4, nothing that some at the school may not know."""

import csv
from pathlib import Path

import msgspec

from services.core.cloud_events import cloud_event
from services.core.events import Event
from services.core.public import public_types
from services.scheduling.events import VisitPlanned
from tests.who_may.small_county import PERSONS, VISIT_4, SmallCounty

with (Path(__file__).parent / "public.csv").open(encoding="utf-8", newline="") as _file:
    TABLE = {row["type"]: row for row in csv.DictReader(_file)}
OURS = {
    name: cls for name, cls in public_types().items() if name.partition(".")[0] in ("scheduling", "visits", "analytics")
}


def fields(cls: type[Event]) -> tuple[str, str]:
    """What is published of a type, and what is not, as the table says it."""
    published = [field for field in cls.__struct_fields__ if field not in cls.withheld]
    return " ".join(published), " ".join(cls.withheld)


def test_what_is_public_is_in_the_table_field_by_field() -> None:
    assert {name: fields(cls) for name, cls in OURS.items()} == {
        name: (row["published"], row["withheld"]) for name, row in TABLE.items()
    }
    assert all(row["who needs it"] for row in TABLE.values())


def test_helpdesk_and_billing_publish_nothing() -> None:
    assert not [name for name in public_types() if name.partition(".")[0] in ("helpdesk", "billing")]


def test_nothing_of_visit_4_and_no_person_leaves_a_county_that_has_it_all(county: SmallCounty) -> None:
    recorded = county.platform.recorded()
    assert [each for each in recorded if isinstance(each.data, VisitPlanned) and each.data.visit == "4"]
    published = [event for each in recorded if (event := cloud_event(each, "https://partnership.example"))]
    assert {event["type"].removeprefix("partnership.") for event in published} > {"scheduling.VisitHeld"}
    text = msgspec.json.encode(published).decode()
    assert '"visit":"4"' not in text
    assert f"{VISIT_4}" not in text
    people = {person for person in PERSONS.values() if person} | {"adviser-2", "operator"}
    assert not [person for person in people if f'"{person}"' in text]
    roles = {"headteacher", "programme_officer", "platform", "policy"}
    assert not [role for role in roles if f'"{role}"' in text]
    reasons = {each.metadata.reason for each in recorded} - {None}
    assert reasons
    assert not [reason for reason in reasons if str(reason) in text]
