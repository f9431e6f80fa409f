"""A full disk, a damaged file, a second process: a clear answer, nothing half done, and work goes on when it can."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from services.core.key_place import keys_in_file
from services.core.log import LogDamaged, LogTooNew, LogUnavailable, pages
from services.core.read_db import Unwritable
from services.core.runtime import Runtime
from services.core.sqlite_log import SqliteLog
from services.core.verify import Verifier
from tests.core.by_hand import fold_log, tables
from tests.core.toy import OPERATOR, PatronNamed, do, open_toy

URN = 120777
SMALL = "6m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is soon full."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk to fill")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path, leaving: int = 0) -> Path:
    """A file that takes up the space there is, but for so many bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(bytes(4096))
    os.truncate(filler, max(0, filler.stat().st_size - leaving))
    return filler


def check(runtime: Runtime) -> None:
    """Everything read equals a fold by hand of a log without a fault."""
    assert isinstance(runtime.log, SqliteLog)
    assert list(Verifier(gapless=True).check(runtime.log.stored(0, 1_000_000))) == []
    with runtime.projectors["toy.tills"].model.current().reading() as connection:
        assert tables(connection) == fold_log(runtime.log)


def test_a_full_disk_refuses_commands_in_words_and_takes_them_again_when_there_is_room(small_disk: Path) -> None:
    runtime = open_toy(small_disk / "data")
    do(runtime, "OpenTill", urn=URN)
    runtime.settle()
    filler = fill(small_disk)
    done, refused = 0, list[str]()
    for _ in range(400):
        try:
            do(runtime, "TakeCoin", urn=URN, pence=5)
            done += 1
        except LogUnavailable as error:
            refused.append(str(error))
    words = f"The disk that holds {small_disk / 'data'} is full. Nothing was recorded; free some space and try again."
    assert set(refused) == {words}
    filler.unlink()
    do(runtime, "TakeCoin", urn=URN, pence=5)
    events = [recorded for page in pages(runtime.log) for recorded in page]
    assert len([recorded for recorded in events if recorded.type == "toy.CoinTaken"]) == done + 1
    runtime.settle()
    check(runtime)
    runtime.close()


def test_a_read_model_on_a_full_disk_keeps_what_it_has_and_catches_up(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "read").symlink_to(small_disk)
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=URN)
    runtime.settle()
    before = runtime.ask("toy.Tills", {}, actor=OPERATOR).value
    filler = fill(small_disk, leaving=8192)
    for _ in range(600):
        do(runtime, "TakeCoin", urn=URN, pence=5)
    projector = runtime.projectors["toy.tills"]
    for _ in range(3):
        with pytest.raises((Unwritable, OperationalError), match="full"):
            projector.step()
        assert runtime.ask("toy.Tills", {}, actor=OPERATOR).value == before
        assert projector.parked() == []
    with pytest.raises((Unwritable, OperationalError), match="full"):
        projector.rebuild()
    filler.unlink()
    runtime.settle()
    check(runtime)
    projector.rebuild()
    check(runtime)
    runtime.close()


def test_a_key_store_on_a_full_disk_seals_nothing_and_forgets_nothing(small_disk: Path) -> None:
    filler = fill(small_disk)
    with pytest.raises(LogUnavailable, match=r"No space left|is full"):
        keys_in_file(small_disk / "keys.db")
    filler.unlink()
    keys = keys_in_file(small_disk / "keys.db")
    first = PatronNamed(URN, "p-first", "Jo Bloggs")
    assert keys.seal(first, bytes(16)) != first
    filler = fill(small_disk)

    def seal_many() -> None:
        for number in range(2_000):
            keys.seal(PatronNamed(URN, f"p-{number}", "Jo Bloggs"), bytes(16))

    def erase_many() -> None:
        for number in range(2_000):
            keys.erase(f"p-unheard-of-{number}")

    for many in (seal_many, erase_many):
        with pytest.raises(LogUnavailable, match="is full"):
            many()
    filler.unlink()
    assert keys.erase("p-first") is True
    assert keys.seal(PatronNamed(URN, "p-last", "Jo Bloggs"), bytes(16)).urn == URN  # type: ignore[attr-defined]
    keys.close()


def test_a_second_process_on_the_directory_is_turned_away_and_the_first_works_on(tmp_path: Path) -> None:
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=URN)
    script = "import sys; from pathlib import Path; from tests.core.toy import open_toy; open_toy(Path(sys.argv[1]))"
    second = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "data")], capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert f"LogInUse: {tmp_path / 'data'} is already in use by process {os.getpid()}" in second.stderr
    do(runtime, "TakeCoin", urn=URN, pence=5)
    runtime.settle()
    check(runtime)
    runtime.close()


def test_a_log_of_a_newer_version_is_left_alone_and_so_are_its_read_models(tmp_path: Path) -> None:
    open_toy(tmp_path / "data").close()
    connection = sqlite3.connect(tmp_path / "data" / "events.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / "data" / "events.db").read_bytes()
    with pytest.raises(LogTooNew, match="Start the newer version"):
        open_toy(tmp_path / "data")
    assert (tmp_path / "data" / "events.db").read_bytes() == before


def test_a_damaged_log_is_named_and_nothing_is_made_of_it(tmp_path: Path) -> None:
    open_toy(tmp_path / "data").close()
    path = tmp_path / "data" / "events.db"
    path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(LogDamaged, match=r"events\.db is damaged .* restore it from a backup"):
        open_toy(tmp_path / "data")


def test_one_command_id_has_one_effect_across_a_restart(tmp_path: Path) -> None:
    command_id = uuid4()
    positions = set()
    for _ in range(2):
        runtime = open_toy(tmp_path / "data")
        result = runtime.handle("toy.OpenTill", {"urn": URN}, actor=OPERATOR, command_id=command_id)
        positions.add(result.position)
        runtime.close()
    assert len(positions) == 1
