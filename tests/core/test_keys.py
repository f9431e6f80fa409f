"""A sealed field opens for its own event only, and never again after its person was erased."""

from pathlib import Path

import pytest

from services.core.keys import Erased, KeyStore, Sealed
from services.core.log import LogUnavailable
from tests.core.toy import PatronNamed

EVENT_ID = b"e" * 16
NAMED = PatronNamed(120777, "p-1", "Jo Bloggs")


def sealed_by(keys: KeyStore, event: PatronNamed = NAMED, event_id: bytes = EVENT_ID) -> Sealed:
    sealed = keys.seal(event, event_id)
    assert isinstance(sealed, PatronNamed)
    return Sealed(event.person, event_id, "name", sealed.name)


def test_what_is_sealed_opens_again_and_hides_the_text(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys.db")
    sealed = sealed_by(keys)
    assert "Bloggs" not in sealed.text
    assert keys.open(Sealed.unpack(sealed.pack())) == "Jo Bloggs"


def test_the_rest_of_the_event_is_not_touched(tmp_path: Path) -> None:
    event = KeyStore(tmp_path / "keys.db").seal(NAMED, EVENT_ID)
    assert isinstance(event, PatronNamed)
    assert (event.urn, event.person) == (120777, "p-1")


@pytest.mark.parametrize("moved", [{"event_id": b"f" * 16}, {"field": "email"}, {"person": "p-2"}])
def test_a_value_moved_to_another_event_field_or_person_does_not_open(tmp_path: Path, moved: dict[str, bytes]) -> None:
    keys = KeyStore(tmp_path / "keys.db")
    sealed_by(keys, PatronNamed(120777, "p-2", "Someone else"))
    original = sealed_by(keys)
    fields = {"person": "p-1", "event_id": EVENT_ID, "field": "name", "text": original.text, **moved}
    with pytest.raises(ValueError, match="does not belong to this event or was altered"):
        keys.open(Sealed(**fields))  # type: ignore[arg-type]


def test_erasing_destroys_the_key_for_good(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys.db")
    sealed, other = sealed_by(keys), sealed_by(keys, PatronNamed(120777, "p-2", "Someone else"))
    (wrapped,) = keys._db.execute("SELECT wrapped FROM keys WHERE person = 'p-1'").fetchone()
    assert any(wrapped in path.read_bytes() for path in tmp_path.iterdir())
    assert keys.erase("p-1") is True
    assert all(wrapped not in path.read_bytes() for path in tmp_path.iterdir())
    assert keys.erase("p-1") is False
    assert keys.open(sealed) is None
    assert keys.open(other) == "Someone else"
    with pytest.raises(Erased):
        keys.seal(NAMED, EVENT_ID)
    keys.close()
    assert all(wrapped not in path.read_bytes() for path in tmp_path.iterdir())


def test_keys_survive_a_restart(tmp_path: Path) -> None:
    first = KeyStore(tmp_path / "keys.db")
    sealed = sealed_by(first)
    first.close()
    assert KeyStore(tmp_path / "keys.db").open(sealed) == "Jo Bloggs"


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    KeyStore(tmp_path / "keys.db")
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_keys_without_their_master_key_are_not_taken_for_new(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys.db")
    sealed_by(keys)
    keys.close()
    (tmp_path / "keys.master").unlink()
    with pytest.raises(LogUnavailable, match="master"):
        KeyStore(tmp_path / "keys.db")


@pytest.mark.parametrize("name", ["keys.db", "keys.master"])
def test_damaged_files_are_named(tmp_path: Path, name: str) -> None:
    KeyStore(tmp_path / "keys.db").close()
    (tmp_path / name).write_bytes(b"rubbish" * 999)
    with pytest.raises(LogUnavailable, match=name):
        KeyStore(tmp_path / "keys.db")
