"""`partnership backup` and `restore`: what comes back is what was there, or nothing does."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from services.core.keys import Sealed
from services.core.settings import Settings
from services.scheduling.events import PersonRegistered
from services.wiring import open_keys, open_log_read_only
from tests.cli.conftest import Ask, Run, refused
from tests.engines.kurrentdb.server import serving


@pytest.fixture
def file(county: Path, run: Run, tmp_path: Path) -> Path:
    """A backup of the county with its keys."""
    file = tmp_path / "backups" / "county.zip"
    assert run("backup", str(file), "--keys").exit_code == 0
    return file


@pytest.fixture
def elsewhere(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty DATA_DIR, once the backup is made."""
    directory = tmp_path / "elsewhere"
    monkeypatch.setenv("DATA_DIR", str(directory))
    return directory


def rewritten(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one file in a backup."""
    with zipfile.ZipFile(file) as archive:
        contents = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for each, content in contents.items():
            archive.writestr(each, change(content) if each == name else content)


def opened_name(settings: Settings) -> str | None:
    """The first name that the county sealed, by the keys of a directory."""
    with open_log_read_only(settings) as log:
        registered = log.since(0, 1, [PersonRegistered.type_name])[0]
    assert isinstance(registered.data, PersonRegistered)
    with open_keys(settings) as keys:
        return keys.open(Sealed(registered.data.person, registered.event_id, "name", registered.data.name))


def test_a_restored_county_is_the_same(county: Path, file: Path, elsewhere: Path, run: Run) -> None:
    result = run("restore", str(file))
    assert result.exit_code == 0, result.output
    assert "each as it was recorded" in result.stdout
    assert run("verify").exit_code == 0
    name = opened_name(Settings(data_dir=elsewhere))
    assert name == opened_name(Settings(data_dir=county))
    assert name is not None
    assert {path.name: path.stat().st_mode & 0o777 for path in elsewhere.glob("keys.*")} == {
        "keys.db": 0o600,
        "keys.master": 0o600,
    }


def test_a_backup_is_for_its_owner_only_and_nothing_is_left_beside_it(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_keys_are_left_out_unless_asked_for(county: Path, run: Run, tmp_path: Path) -> None:
    assert "without keys" in run("backup", str(tmp_path / "log.zip")).stdout
    assert zipfile.ZipFile(tmp_path / "log.zip").namelist() == ["manifest.json", "events.db"]


def test_a_log_that_is_not_empty_is_refused_and_left_alone(county: Path, file: Path, run: Run) -> None:
    before = (county / "events.db").read_bytes()
    refused(run("restore", str(file)), "not empty, and nothing was changed")
    assert (county / "events.db").read_bytes() == before


def test_other_keys_are_left_alone(file: Path, elsewhere: Path, run: Run) -> None:
    elsewhere.mkdir()
    (elsewhere / "keys.master").write_bytes(bytes(32))
    refused(run("restore", str(file)), "holds other keys already, and nothing was changed")
    assert (elsewhere / "keys.master").read_bytes() == bytes(32)
    refused(run("replay", "--school", "120777"), "holds nothing")


def test_a_restore_that_was_cut_short_goes_on(file: Path, elsewhere: Path, run: Run) -> None:
    assert run("restore", str(file)).exit_code == 0
    refused(run("restore", str(file)), "go on with --resume")
    assert run("restore", str(file), "--resume").exit_code == 0


def test_a_changed_event_in_the_backup_is_found(file: Path, elsewhere: Path, run: Run) -> None:
    rewritten(file, "events.db", lambda content: content.replace(b"Aldborough", b"Altborough"))
    refused(run("restore", str(file)), "is not as it was recorded")


def test_a_backup_of_other_events_than_it_says_is_found(file: Path, elsewhere: Path, run: Run) -> None:
    rewritten(file, "manifest.json", lambda content: content.replace(b'"root":"', b'"root":"0'))
    refused(run("restore", str(file)), "do not come to the root noted in it")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_is_refused(elsewhere: Path, file: Path, run: Run, content: bytes) -> None:
    file.write_bytes(content)
    refused(run("restore", str(file)), "can't be read as a backup")


def test_a_log_on_a_server_is_backed_up_and_restored_to_another(
    county: Path, run: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path / "one") as url, serving(tmp_path / "two") as other:
        there = ask("copy-log", str(county), url)
        monkeypatch.setenv("KURRENTDB_URL", url)
        backed_up = ask("backup", str(tmp_path / "server.zip"))
        refused(run("restore", str(tmp_path / "server.zip")), "not empty")
        monkeypatch.setenv("KURRENTDB_URL", other)
        restored = ask("restore", str(tmp_path / "server.zip"))
        assert run("verify").exit_code == 0
    assert there["root"] == backed_up["root"] == restored["root"]
