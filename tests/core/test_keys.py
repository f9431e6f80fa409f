"""A sealed field opens for its own event only, and never again after its person was erased."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.core.key_place import keys_in_file, keys_in_postgres
from services.core.keys import KeyStore, Sealed
from services.core.log import LogUnavailable
from services.core.wrapped_keys import Erased
from tests.core.toy import PatronNamed
from tests.engines.postgres import database_of, server

EVENT_ID = b"e" * 16
NAMED = PatronNamed(120777, "p-1", "Jo Bloggs")

Open = Callable[[], KeyStore]


@pytest.fixture(params=["file", "postgres"])
def open_keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens one key store, as each process does for itself."""
    opened: list[KeyStore] = []

    def open_again() -> KeyStore:
        if request.param == "file":
            opened.append(keys_in_file(tmp_path / "keys.db"))
        else:
            opened.append(keys_in_postgres(database_of(tmp_path), tmp_path / "keys.master"))
        return opened[-1]

    yield open_again
    for keys in opened:
        keys.close()


@pytest.fixture
def keys(open_keys: Open) -> KeyStore:
    return open_keys()


def sealed_by(keys: KeyStore, event: PatronNamed = NAMED, event_id: bytes = EVENT_ID) -> Sealed:
    sealed = keys.seal(event, event_id)
    assert isinstance(sealed, PatronNamed)
    return Sealed(event.person, event_id, "name", sealed.name)


def test_what_is_sealed_opens_again_and_hides_the_text(keys: KeyStore) -> None:
    sealed = sealed_by(keys)
    assert "Bloggs" not in sealed.text
    assert keys.open(Sealed.unpack(sealed.pack())) == "Jo Bloggs"


def test_the_rest_of_the_event_is_not_touched(keys: KeyStore) -> None:
    event = keys.seal(NAMED, EVENT_ID)
    assert isinstance(event, PatronNamed)
    assert (event.urn, event.person) == (120777, "p-1")


@pytest.mark.parametrize("moved", [{"event_id": b"f" * 16}, {"field": "email"}, {"person": "p-2"}])
def test_a_value_moved_to_another_event_field_or_person_does_not_open(keys: KeyStore, moved: dict[str, bytes]) -> None:
    sealed_by(keys, PatronNamed(120777, "p-2", "Someone else"))
    original = sealed_by(keys)
    fields = {"person": "p-1", "event_id": EVENT_ID, "field": "name", "text": original.text, **moved}
    with pytest.raises(ValueError, match="does not belong to this event or was altered"):
        keys.open(Sealed(**fields))  # type: ignore[arg-type]


def test_erasing_destroys_the_key_for_good(keys: KeyStore, open_keys: Open) -> None:
    sealed, other = sealed_by(keys), sealed_by(keys, PatronNamed(120777, "p-2", "Someone else"))
    assert keys.erase("p-1") is True
    assert keys.erase("p-1") is False
    for store in (keys, open_keys()):
        assert store.open(sealed) is None
        assert store.open(other) == "Someone else"
        with pytest.raises(Erased):
            store.seal(NAMED, EVENT_ID)


def test_who_was_erased_before_there_was_a_key_gets_none(keys: KeyStore) -> None:
    assert keys.erase("p-1") is False
    with pytest.raises(Erased):
        keys.seal(NAMED, EVENT_ID)


def test_keys_survive_a_restart(keys: KeyStore, open_keys: Open) -> None:
    sealed = sealed_by(keys)
    assert open_keys().open(sealed) == "Jo Bloggs"


def test_two_processes_that_make_a_persons_key_at_once_agree_on_it(open_keys: Open) -> None:
    stores = [open_keys() for _ in range(4)]
    for number in range(20):
        named = PatronNamed(120777, f"p-{number}", "Jo Bloggs")
        sealed: list[Sealed] = []
        together = threading.Barrier(len(stores))

        def seal(keys: KeyStore, named: PatronNamed, together: threading.Barrier, sealed: list[Sealed]) -> None:
            together.wait()
            sealed.append(sealed_by(keys, named))

        threads = [threading.Thread(target=seal, args=(keys, named, together, sealed)) for keys in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [keys.open(each) for keys in stores for each in sealed] == ["Jo Bloggs"] * len(stores) ** 2


def test_only_the_owner_can_read_the_files(keys: KeyStore, tmp_path: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


@pytest.mark.parametrize("who", ["used", "erased"])
def test_keys_without_their_master_key_are_not_taken_for_new(
    keys: KeyStore, open_keys: Open, tmp_path: Path, who: str
) -> None:
    sealed_by(keys) if who == "used" else keys.erase("p-1")
    (tmp_path / "keys.master").unlink()
    with pytest.raises(LogUnavailable, match="master"):
        open_keys()


def test_keys_are_not_opened_by_another_master_key(keys: KeyStore, open_keys: Open, tmp_path: Path) -> None:
    sealed_by(keys)
    (tmp_path / "keys.master").write_bytes(b"m" * 32)
    with pytest.raises(LogUnavailable, match="not the one by which the personal keys were wrapped"):
        open_keys()


def test_a_damaged_master_key_is_named(keys: KeyStore, open_keys: Open, tmp_path: Path) -> None:
    (tmp_path / "keys.master").write_bytes(b"rubbish" * 999)
    with pytest.raises(LogUnavailable, match=r"keys\.master"):
        open_keys()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    keys_in_file(tmp_path / "keys.db").close()
    (tmp_path / "keys.db").write_bytes(b"rubbish" * 999)
    with pytest.raises(LogUnavailable, match=r"keys\.db"):
        keys_in_file(tmp_path / "keys.db")


def test_no_file_holds_the_key_of_who_was_erased(tmp_path: Path) -> None:
    keys = keys_in_file(tmp_path / "keys.db")
    sealed_by(keys)
    wrapped = keys._kept.get("p-1")
    assert wrapped
    assert any(wrapped in path.read_bytes() for path in tmp_path.iterdir())
    keys.erase("p-1")
    assert all(wrapped not in path.read_bytes() for path in tmp_path.iterdir())
    keys.close()
    assert all(wrapped not in path.read_bytes() for path in tmp_path.iterdir())


def test_no_table_of_the_server_holds_the_key_of_who_was_erased(tmp_path: Path) -> None:
    keys = keys_in_postgres(database_of(tmp_path), tmp_path / "keys.master")
    sealed_by(keys)
    wrapped = keys._kept.get("p-1")
    assert wrapped
    assert _in_tables(wrapped)
    with keys._kept._engine.connect() as reader:  # type: ignore[attr-defined]
        # A reader of long before, for whose sake the server keeps what is deleted.
        reader.execution_options(begins="BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM keys.erased")
        with reader.begin():
            keys.erase("p-1")
            assert not _in_tables(wrapped)
    keys.close()


def _in_tables(wrapped: bytes) -> bool:
    """Whether a file of a table or index holds these bytes, once the server has written all it has in mind."""
    server().checkpoint()
    files = [path for path in (server().directory / "data" / "base").rglob("*") if path.is_file()]
    return any(wrapped in path.read_bytes() for path in files)
