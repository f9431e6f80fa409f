"""The SQLite log keeps the contract of every log, and has faults of its own to survive."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.log import LogDamaged, LogInUse, LogTooNew, LogUnavailable
from services.core.sqlite_log import SqliteLog
from tests.core.duplicate_contract import *  # noqa: F403
from tests.core.log_contract import *  # noqa: F403 - the contract's tests run here
from tests.core.toy import coins


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    log = SqliteLog(tmp_path / "events.db")
    yield log
    log.close()


def test_events_survive_closing_and_opening(tmp_path: Path) -> None:
    first = SqliteLog(tmp_path / "events.db")
    first.append("toy.till-120777", 0, coins(1, 2))
    first.close()
    second = SqliteLog(tmp_path / "events.db")
    assert [event.version for event in second.read("toy.till-120777")] == [1, 2]
    assert second.append("toy.till-120777", 2, coins(5)) == second.head() == 3
    second.close()


def test_every_commit_is_synced_to_disk(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    assert log._write.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert log._write.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    log.close()


def test_recorded_times_do_not_go_back_with_the_clock(tmp_path: Path) -> None:
    ticks = iter([5_000_000, 3_000_000])
    log = SqliteLog(tmp_path / "events.db", clock=lambda: next(ticks))
    log.append("toy.till-120777", 0, coins(1))
    log.append("toy.till-120777", 1, coins(1))
    assert [event.recorded_at for event in log.since(0, 10)] == [5_000_000, 5_000_000]
    log.close()


def test_threads_that_wait_share_one_commit(tmp_path: Path) -> None:
    commits = 0
    first_is_committing, others_are_queued = threading.Event(), threading.Event()

    def slow_disk() -> None:
        nonlocal commits
        commits += 1
        if commits == 1:
            first_is_committing.set()
            others_are_queued.wait(10)

    log = SqliteLog(tmp_path / "events.db", before_commit=slow_disk)
    threads = [threading.Thread(target=log.append, args=(f"toy.till-{urn}", 0, coins(1))) for urn in range(8)]
    threads[0].start()
    first_is_committing.wait(10)
    for thread in threads[1:]:
        thread.start()
    while log._commits.waiting() < 7:
        pass
    others_are_queued.set()
    for thread in threads:
        thread.join()
    assert commits == 2
    assert log.head() == 8
    log.close()


def test_a_second_process_is_told_who_holds_the_log(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    script = (
        "import sys; from pathlib import Path; from services.core.sqlite_log import SqliteLog\n"
        "try: SqliteLog(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    second = subprocess.run(
        [sys.executable, "-c", script, str(log.path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert second.stdout.startswith("LogInUse")
    assert f"process {os.getpid()}" in second.stdout
    with pytest.raises(LogInUse):
        SqliteLog(log.path)
    log.close()
    SqliteLog(log.path).close()


def test_a_reader_beside_the_writer_sees_what_is_stored_and_cannot_write(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    log.append("toy.till-120777", 0, coins(1))
    beside = SqliteLog(log.path, read_only=True)
    assert beside.head() == 1
    assert len(beside.read("toy.till-120777")) == 1
    log.append("toy.till-120777", 1, coins(2))
    assert beside.wait(1, 5)
    with pytest.raises(LogUnavailable):
        beside.append("toy.till-120777", 2, coins(3))
    assert log.head() == 2
    beside.close()
    log.close()


def test_a_reader_of_a_log_that_was_never_made_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="partnership serve"):
        SqliteLog(tmp_path / "events.db", read_only=True)


def test_a_file_that_is_not_a_log_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(LogDamaged, match="backup"):
        SqliteLog(path)
    assert path.read_bytes() == b"not a database at all" * 500


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "events.db")
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(LogDamaged, match="not an event log"):
        SqliteLog(tmp_path / "events.db")


def test_a_log_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    SqliteLog(tmp_path / "events.db").close()
    connection = sqlite3.connect(tmp_path / "events.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LogTooNew, match="format 99"):
        SqliteLog(tmp_path / "events.db")
    # It was not the newer program's lock that stopped us, and we hold none.
    with pytest.raises(LogTooNew):
        SqliteLog(tmp_path / "events.db")


def read_everything(path: Path) -> None:
    log = SqliteLog(path)
    try:
        log.since(0, 1000)
    finally:
        log.close()


def test_a_page_damaged_on_disk_is_named_and_nothing_is_made_up(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    for version in range(200):
        log.append("toy.till-120777", version, coins(version % 200 + 1))
    log.close()
    connection = sqlite3.connect(log.path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = bytearray(log.path.read_bytes())
    whole[4096 * 5 : 4096 * 12] = b"\xff" * (4096 * 7)
    log.path.write_bytes(whole)
    with pytest.raises(LogDamaged, match="damaged"):
        read_everything(log.path)


def test_a_full_disk_refuses_the_append_in_words_and_keeps_what_was_stored(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    log.append("toy.till-120777", 0, coins(1))
    pages = log._write.execute("PRAGMA page_count").fetchone()[0]
    log._write.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LogUnavailable, match="is full"):
        log.append("toy.till-120778", 0, coins(*range(1, 200)))
    assert log.head() == 1
    log._write.execute("PRAGMA max_page_count = 1000000")
    assert log.append("toy.till-120778", 0, coins(5)) == log.head()
    assert len(log.read("toy.till-120778")) == 1
    log.close()


def test_a_failure_before_commit_fails_every_append_of_the_batch_and_stores_none(tmp_path: Path) -> None:
    failing = True

    def fault() -> None:
        if failing:
            raise sqlite3.OperationalError("disk I/O error")

    log = SqliteLog(tmp_path / "events.db", before_commit=fault)
    with pytest.raises(LogUnavailable, match="Nothing was recorded"):
        log.append("toy.till-120777", 0, coins(1))
    assert log.since(0, 10) == []
    failing = False
    assert log.append("toy.till-120777", 0, coins(1)) == log.head()
    log.close()


def test_a_directory_that_cant_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="DATA_DIR"):
        SqliteLog(tmp_path / "missing" / "events.db")


def test_people_can_read_the_log_with_any_sqlite_tool(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "events.db")
    log.append("toy.till-120777", 0, coins(7))
    rows = sqlite3.connect(log.path).execute("SELECT stream, type, data FROM readable_events").fetchall()
    assert rows == [("toy.till-120777", "toy.CoinTaken", '{"urn":120777,"pence":7,"note":""}')]
    log.close()
