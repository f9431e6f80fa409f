"""Types are declared once, and what was stored loads for ever."""

from datetime import date
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core import events
from services.core.envelope import Metadata, NewEvent, content_hash, event_id, prepare
from services.core.events import Event, Personal, UnknownEventType, check_upcasters, decoder, encode, event, upcast
from tests.core.toy import CoinTaken, PatronNamed, TillOpened, coins

SEVEN = UUID(int=7)


def test_a_name_can_be_taken_once() -> None:
    with pytest.raises(ValueError, match=r"two event types are called toy\.CoinTaken"):
        event("toy.CoinTaken")(type("Another", (Event,), {}))


def test_a_personal_field_needs_somebody_to_belong_to() -> None:
    with pytest.raises(ValueError, match="no field 'person'"):

        @event("toy.Orphaned")
        class Orphaned(Event, frozen=True):
            name: Personal

    events.type_registry.pop("toy.Orphaned", None)


def test_an_event_concerns_the_school_it_names() -> None:
    assert CoinTaken(120777, 5).concerns() == (120777,)


def test_stored_data_of_an_older_version_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "type_registry", dict(events.type_registry))
    monkeypatch.setattr(events, "_upcasters", dict(events._upcasters))

    @event("toy.Rung", version=3)
    class Rung(Event, frozen=True):
        bell: str
        times: int

    with pytest.raises(UnknownEventType, match="no upcaster from version 1"):
        check_upcasters()

    @upcast("toy.Rung", from_version=1)
    def named(data: dict[str, object]) -> dict[str, object]:
        return {"bell": data["name"]}

    @upcast("toy.Rung", from_version=2)
    def counted(data: dict[str, object]) -> dict[str, object]:
        return {**data, "times": 1}

    check_upcasters()
    assert decoder("toy.Rung", 1)(b'{"name":"front"}') == Rung("front", 1)
    assert decoder("toy.Rung", 2)(b'{"bell":"back"}') == Rung("back", 1)
    assert decoder("toy.Rung", 3)(b'{"bell":"back","times":4}') == Rung("back", 4)


def test_a_version_from_the_future_is_refused() -> None:
    with pytest.raises(UnknownEventType, match="newer"):
        decoder("toy.CoinTaken", 2)


def test_a_field_added_later_with_a_default_does_not_stop_old_events_loading() -> None:
    assert decoder("toy.CoinTaken", 1)(b'{"urn":120777,"pence":7}') == CoinTaken(120777, 7)
    assert decoder("toy.TillOpened", 1)(b'{"urn":120777,"since":"dropped"}') == TillOpened(120777)


@given(pence=st.integers(-(2**53), 2**53), note=st.text())
def test_what_is_encoded_decodes_to_the_same(pence: int, note: str) -> None:
    coin = CoinTaken(120777, pence, note)
    assert decoder("toy.CoinTaken", 1)(encode(coin)) == coin


def test_event_ids_are_made_of_the_command_and_the_place() -> None:
    (first,) = coins(1)
    identity = Metadata(SEVEN, SEVEN, SEVEN, "a", "b", date(2022, 9, 1))
    again = [prepare([CoinTaken(1, 1), CoinTaken(1, 2)], identity) for _ in range(2)]
    assert [new.event_id for new in again[0]] == [new.event_id for new in again[1]]
    assert len({first.event_id, *(new.event_id for new in again[0])}) == 3
    assert again[0][1].event_id == event_id(identity.command_id, 1)


@given(command_id=st.uuids(), index=st.integers(0, 65_534))
def test_event_ids_are_uuids_that_lie_together(command_id: UUID, index: int) -> None:
    made = event_id(command_id, index)
    assert (UUID(bytes=made).version, UUID(bytes=made).variant) == (8, RFC_4122)
    assert int.from_bytes(event_id(command_id, index + 1)) == int.from_bytes(made) + 1


def test_an_event_id_once_made_is_made_so_for_ever() -> None:
    assert UUID(bytes=event_id(SEVEN, 258)) == UUID("6bae4268-22df-82ca-b9dc-36c831920102")


def test_a_dated_event_keeps_its_own_day() -> None:
    identity = Metadata(SEVEN, SEVEN, SEVEN, "a", "b", date(2022, 9, 1))
    usual, dated = prepare([CoinTaken(1, 1), CoinTaken(1, 1).true_from(date(2020, 1, 31))], identity)
    assert b'"effective_on":"2022-09-01"' in usual.metadata
    assert b'"effective_on":"2020-01-31"' in dated.metadata


def test_personal_fields_without_a_key_store_are_never_stored() -> None:
    identity = Metadata(SEVEN, SEVEN, SEVEN, "a", "b", date(2022, 9, 1))
    with pytest.raises(ValueError, match="no key store"):
        prepare([PatronNamed(1, "p-1", "Jo Bloggs")], identity)


def test_the_hash_covers_everything_but_the_position() -> None:
    (new,) = coins(1)
    before = content_hash(new, "toy.till-1", 1, 5)
    changed = [
        content_hash(NewEvent(b"\1" * 16, new.type, 1, new.metadata, new.data), "toy.till-1", 1, 5),
        content_hash(NewEvent(new.event_id, "toy.Other", 1, new.metadata, new.data), "toy.till-1", 1, 5),
        content_hash(NewEvent(new.event_id, new.type, 2, new.metadata, new.data), "toy.till-1", 1, 5),
        content_hash(NewEvent(new.event_id, new.type, 1, new.metadata + b" ", new.data), "toy.till-1", 1, 5),
        content_hash(NewEvent(new.event_id, new.type, 1, new.metadata, new.data + b" "), "toy.till-1", 1, 5),
        # The same bytes, cut elsewhere between metadata and data.
        content_hash(
            NewEvent(new.event_id, new.type, 1, new.metadata + new.data[:1], new.data[1:]), "toy.till-1", 1, 5
        ),
        content_hash(new, "toy.till-2", 1, 5),
        content_hash(new, "toy.till-1", 2, 5),
        content_hash(new, "toy.till-1", 1, 6),
    ]
    assert len({before, *changed}) == len(changed) + 1
