"""What a user can put right is one line and exit 1; what is our fault is not hidden."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.cli import settings as settings_command
from services.core.settings import Settings
from services.wiring import open_runtime
from tests.cli.conftest import Run, refused

WRITING = [
    ("import", "schools", "x.csv"),
    ("import", "links", "x.csv"),
    ("import", "ks2", "x.csv", "--year", "2018", "--data-version", "final"),
    ("import", "areas", "x.csv", "--data-version", "final"),
    ("import", "inspections", "x.csv"),
    ("erase", "demo-dpo", "--reason", "asked"),
]
READING = [
    ("replay", "--school", "120777"),
    ("rebuild",),
    ("verify",),
    ("seal",),
    ("parked", "list"),
    ("parked", "retry"),
    ("parked", "drop", "scheduling.schools", "1"),
]


@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_only_one_process_writes(county: Path, run: Run, arguments: tuple[str, ...]) -> None:
    with open_runtime(Settings(data_dir=county), threads=False):
        refused(run(*arguments), f"is already in use by process {os.getpid()}")


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_reading_needs_a_log(run: Run, arguments: tuple[str, ...]) -> None:
    refused(run(*arguments), "There is no event log")


@pytest.mark.parametrize("arguments", [*WRITING, *READING], ids=" ".join)
def test_a_file_that_is_no_log(data_dir: Path, run: Run, arguments: tuple[str, ...]) -> None:
    data_dir.mkdir()
    (data_dir / "events.db").write_bytes(b"not a database, " * 1000)
    refused(run(*arguments), "restore it from a backup")


@pytest.mark.parametrize("arguments", [*WRITING, *READING], ids=" ".join)
def test_a_log_of_a_newer_version(data_dir: Path, run: Run, arguments: tuple[str, ...]) -> None:
    with open_runtime(Settings(data_dir=data_dir), threads=False):
        pass
    with closing(sqlite3.connect(data_dir / "events.db", isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")
    refused(run(*arguments), "written by a newer version of this software")


@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_a_directory_that_can_not_be_made(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    refused(run(*arguments), "can't be made")


def test_a_full_disk(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_value: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "out.json")

    monkeypatch.setattr(settings_command, "print_json", full)
    refused(run("settings", "--json"), "out.json can't be used: No space left on device.")


def test_our_own_fault_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_value: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(settings_command, "print_json", broken)
    assert isinstance(run("settings", "--json").exception, ZeroDivisionError)
