"""What may be public is checked where a type is declared; what is published of an event is what was declared."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

import pytest
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft202012Validator
from msgspec import Meta, Struct, json

from services.core import events
from services.core.audience import Audience
from services.core.cloud_events import cloud_event, routing_key
from services.core.envelope import Metadata, RecordedEvent, prepare
from services.core.events import Event, Personal, PersonId, Undecodable, Urn, event
from services.core.public import public_data, public_schema, public_types

ADDRESS = "https://partnership.example/"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(autouse=True)
def _types(monkeypatch: pytest.MonkeyPatch) -> None:
    """Types that a test declares are gone after it."""
    monkeypatch.setattr(events, "type_registry", types := dict(events.type_registry))
    monkeypatch.setattr("services.core.public.type_registry", types)


class Seat(Struct, frozen=True):
    row: int
    taken_by: PersonId | None = None


class Opened(Event, frozen=True, gc=False):
    """A till was
    opened."""

    public = True
    withheld: ClassVar[tuple[str, ...]] = ("by",)

    urn: Urn
    floor: int
    by: PersonId
    note: Annotated[str | None, Meta(description="Where it stands")] = None

    def may_leave(self) -> bool:
        return self.floor != 4


def recorded(data: Event | Undecodable, *, trace: str | None = None) -> RecordedEvent:
    command = UUID(int=7)
    metadata = Metadata(command, command, command, "clerk-1", "clerk", date(2011, 9, 1), "Asked for by Ms X", trace)
    (new,) = prepare([data if isinstance(data, Event) else Opened(1, 1, "x")], metadata)
    at = 1_320_000_000_123_456
    return RecordedEvent(2**40, "toy.till-1", 12, new.event_id, new.type, 1, at, new.metadata, data, b"")


@pytest.mark.parametrize(
    ("annotation", "members", "why"),
    [
        (Personal, {}, "it has personal fields"),
        (str, {"audience": Audience.COUNTY}, "for fewer than everyone"),
        (str, {"audience": Audience.CONFIDENTIAL}, "for fewer than everyone"),
        (str, {"audience": Audience.PARTICIPANTS}, "for fewer than everyone"),
        (PersonId, {}, "unless it withholds given, which says who"),
        (PersonId | None, {}, "unless it withholds given, which says who"),
        (tuple[Seat, ...], {}, "unless it withholds given, which says who"),
        (dict[str, Seat], {}, "unless it withholds given, which says who"),
        (str, {"withheld": ("taken",)}, "withholds fields that it does not have: taken"),
    ],
)
def test_what_is_not_for_everyone_cant_be_declared_public(
    annotation: object, members: dict[str, object], why: str
) -> None:
    fields = {"person": str, "given": annotation}
    body = {"__annotations__": fields, "__module__": __name__, "public": True, **members}
    with pytest.raises(ValueError, match=why):
        event("toy.Leaky")(type("Leaky", (Event,), body))


def test_no_type_is_public_unless_it_says_so() -> None:
    assert not Event.public
    assert "toy.CoinTaken" not in public_types()


def test_a_public_event_is_a_cloud_event_without_actor_role_or_reason() -> None:
    event("toy.Opened")(Opened)
    published = cloud_event(recorded(Opened(120777, 1, "clerk-1", "door"), trace=TRACE), ADDRESS)
    assert published == {
        "specversion": "1.0",
        "id": str(recorded(Opened(120777, 1, "clerk-1")).id),
        "source": "https://partnership.example",
        "type": "partnership.toy.Opened",
        "time": "2011-10-30T18:40:00.123456Z",
        "datacontenttype": "application/json",
        "dataschema": "https://partnership.example/api/v1/schemas/toy.Opened.v1.json",
        "subject": "120777",
        "position": "1099511627776",
        "partitionkey": "toy.till-1",
        "sequence": "0000000012",
        "effectiveon": "2011-09-01",
        "traceparent": TRACE,
        "data": {"urn": 120777, "floor": 1, "note": "door"},
    }
    read = JSONFormat().read(None, json.encode(published))
    assert read.get_data() == published["data"]
    assert {name: read.get_attributes()[name] for name in ("id", "type", "position")} == {
        name: published[name] for name in ("id", "type", "position")
    }
    assert routing_key(published) == "toy.Opened.120777"


def test_what_is_about_no_school_has_no_subject() -> None:
    @event("toy.Announced")
    class Announced(Event, frozen=True):
        public = True

        words: int

    published = cloud_event(recorded(Announced(3)), ADDRESS)
    assert published is not None
    assert "subject" not in published
    assert routing_key(published) == "toy.Announced.-"


def test_what_may_not_leave_or_cant_be_read_stays() -> None:
    event("toy.Opened")(Opened)
    assert cloud_event(recorded(Opened(120777, 4, "clerk-1")), ADDRESS) is None
    assert cloud_event(recorded(Undecodable("no such field")), ADDRESS) is None


def test_the_schema_is_of_what_is_published_and_open_to_more() -> None:
    event("toy.Opened")(Opened)
    schema = public_schema(Opened)
    assert schema["description"] == "A till was opened."
    assert sorted(schema["properties"]) == ["floor", "note", "urn"]
    assert schema["required"] == ["floor", "urn"]
    validator = Draft202012Validator(schema)
    validator.validate(public_data(Opened(120777, 1, "clerk-1")) | {"added_later": 1})
    assert not validator.is_valid({"urn": 120777})
