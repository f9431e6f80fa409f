"""`partnership copy-log`: the county moves to a server and back, and its seal still holds."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask, Run, refused
from tests.engines.kurrentdb.server import serving


def test_a_county_moves_to_a_server_and_back(
    county: Path, run: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal, key = tmp_path / "seal.txt", run("seal", "--key").stdout.strip()
    seal.write_text(run("seal").stdout, "utf-8")
    with serving(tmp_path / "server") as url:
        there: dict[str, Any] = ask("copy-log", str(county), url)
        assert there["before"] == 0
        assert f"{there['events']:,} events had been before" in run("copy-log", str(county), url).stdout
        history = run("replay", "--school", "120777").stdout
        with monkeypatch.context() as on_the_server:
            on_the_server.setenv("KURRENTDB_URL", url)
            assert run("verify", "--seal", str(seal)).exit_code == 0
            assert run("replay", "--school", "120777").stdout == history
        back = ask("copy-log", url, str(tmp_path / "back"))
    assert (back["events"], back["streams"], back["root"]) == (there["events"], there["streams"], there["root"])
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "back"))
    assert run("verify", "--seal", str(seal), "--key", key).exit_code == 0


def test_an_address_with_a_password_may_be_named_by_its_setting(
    county: Path, run: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(run("copy-log", str(county), "KURRENTDB_URL"), "KURRENTDB_URL is not set")
    with serving(tmp_path / "server") as url:
        file = tmp_path / "kurrentdb_url"
        file.write_text(url)
        monkeypatch.setenv("KURRENTDB_URL_FILE", str(file))
        there = ask("copy-log", str(county), "KURRENTDB_URL")
        back = ask("copy-log", "KURRENTDB_URL", str(tmp_path / "back"))
        assert there["root"] == back["root"] == ask("copy-log", str(county), url)["root"]


def test_a_place_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    refused(run("copy-log", str(tmp_path / "nowhere"), str(tmp_path / "to")), "There is no event log")
    refused(run("copy-log", "kafka://here", str(tmp_path / "to")), "not an address of EventStoreDB")
