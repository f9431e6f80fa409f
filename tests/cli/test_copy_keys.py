"""Keys move from a file to a server and back, as they are wrapped."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from services.core.key_place import keys_in_file, keys_in_postgres
from services.core.keys import KeyStore
from tests.cli.conftest import Run, refused
from tests.core.test_keys import EVENT_ID, sealed_by
from tests.core.toy import PatronNamed
from tests.engines.postgres import database_of


def named(person: str) -> PatronNamed:
    return PatronNamed(120777, person, "Jo Bloggs")


def in_postgres(directory: Path) -> KeyStore:
    return keys_in_postgres(database_of(directory), directory / "keys.master")


def test_keys_go_to_a_server_and_back_and_open_there(data_dir: Path, run: Run, tmp_path: Path) -> None:
    data_dir.mkdir()
    url, back = database_of(data_dir), tmp_path / "back"
    with closing(keys_in_file(data_dir / "keys.db")) as keys:
        sealed = sealed_by(keys, named("p-1"))
        keys.seal(named("p-2"), EVENT_ID)
        keys.erase("p-2")
    assert run("copy-keys", str(data_dir), url).stdout == "1 key copied, 0 keys destroyed.\n"
    assert run("copy-keys", str(data_dir), url).stdout == "0 keys copied, 0 keys destroyed.\n"
    assert run("copy-keys", url, str(back)).stdout == "1 key copied, 0 keys destroyed.\n"
    shutil.copy(data_dir / "keys.master", back)
    with closing(in_postgres(data_dir)) as served, closing(keys_in_file(back / "keys.db")) as kept:
        for keys in (served, kept):
            assert keys.open(sealed) == "Jo Bloggs"
            assert list(keys._kept.destroyed()) == ["p-2"]


def test_an_address_with_a_password_may_be_named_by_its_setting(
    data_dir: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir.mkdir()
    with closing(keys_in_file(data_dir / "keys.db")) as keys:
        sealed_by(keys, named("p-1"))
    refused(run("copy-keys", str(data_dir), "POSTGRES_URL"), "POSTGRES_URL is not set")
    monkeypatch.setenv("POSTGRES_URL", database_of(data_dir))
    assert run("copy-keys", str(data_dir), "POSTGRES_URL").stdout == "1 key copied, 0 keys destroyed.\n"
    assert run("copy-keys", "POSTGRES_URL", str(data_dir)).stdout == "0 keys copied, 0 keys destroyed.\n"


def test_who_was_erased_in_either_place_is_erased_in_the_second(data_dir: Path, run: Run) -> None:
    data_dir.mkdir()
    url = database_of(data_dir)
    with closing(keys_in_file(data_dir / "keys.db")) as keys:
        sealed = [sealed_by(keys, named(person)) for person in ("p-1", "p-2", "p-3")]
        run("copy-keys", str(data_dir), url)
        keys.erase("p-1")
    with closing(in_postgres(data_dir)) as served:
        served.erase("p-2")
        assert run("copy-keys", str(data_dir), url).stdout == "0 keys copied, 1 key destroyed.\n"
        assert [served.open(each) for each in sealed] == [None, None, "Jo Bloggs"]


def test_another_key_of_the_same_person_is_not_overwritten(data_dir: Path, run: Run) -> None:
    data_dir.mkdir()
    with closing(keys_in_file(data_dir / "keys.db")) as keys, closing(in_postgres(data_dir)) as served:
        sealed_by(keys, named("p-1"))
        sealed = sealed_by(served, named("p-1"))
        refused(run("copy-keys", str(data_dir), database_of(data_dir)), "There is another key for p-1 already")
        assert served.open(sealed) == "Jo Bloggs"


def test_a_place_without_keys_is_named(data_dir: Path, run: Run) -> None:
    refused(run("copy-keys", str(data_dir), database_of(data_dir)), "keys.db is not there")
