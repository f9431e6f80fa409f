"""The watch over the seals: it notices what nobody asked about."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import AbstractContextManager, closing
from pathlib import Path
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from deploy import healthy
from deploy.cluster.ports import free_port
from services.cluster.seal_watch import SealWatch
from services.core.log import LogUnavailable
from services.core.seals import Signer
from services.core.settings import Settings
from services.core.verify import StoredLog
from services.wiring import OPERATOR, open_log_read_only, open_runtime
from tests.cli.test_seal import forge

PATIENCE = 60


@pytest.fixture
def origin(request: pytest.FixtureRequest) -> str:
    """A name of the log's own for each test: it is a label of what is measured."""
    name: str = request.node.name
    return name


@pytest.fixture
def watch(county: Path, tmp_path: Path, origin: str) -> SealWatch:
    signer = Signer(tmp_path / "seal.key", origin)
    return SealWatch(lambda: open_log_read_only(Settings(data_dir=county)), signer, tmp_path / "last-seal.txt")


def measured(origin: str) -> float | None:
    return REGISTRY.get_sample_value("partnership_seal_ok", {"log": origin})


def statement(county: Path, sql: str) -> None:
    with closing(sqlite3.connect(county / "events.db", isolation_level=None)) as db:
        db.execute(sql)


def test_nothing_is_said_before_the_first_check(watch: SealWatch, origin: str) -> None:
    assert measured(origin) is None
    assert watch.wrong() == ["The log was not checked yet."]


def test_a_log_that_grows_is_sound(watch: SealWatch, origin: str, county: Path) -> None:
    for number in range(2):
        assert watch.check()
        assert (watch.wrong(), measured(origin)) == ([], 1.0)
        person = {"person": f"later{number}", "name": "Later"}
        with open_runtime(Settings(data_dir=county), threads=False) as runtime:
            runtime.handle("scheduling.RegisterPerson", person, actor=OPERATOR, command_id=uuid4())


def test_a_forged_event_with_a_right_hash_is_noticed_and_stays_noticed(
    watch: SealWatch, origin: str, county: Path, tmp_path: Path
) -> None:
    watch.check()
    sealed = (tmp_path / "last-seal.txt").read_text()
    forge(county, 1)
    for _ in range(2):
        assert watch.check()
        assert measured(origin) == 0.0
        assert "not as it was recorded: 1 fault" in watch.wrong()[0]
    assert (tmp_path / "last-seal.txt").read_text() == sealed


def test_a_log_that_was_cut_off_is_noticed(watch: SealWatch, origin: str, county: Path) -> None:
    watch.check()
    statement(county, "DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
    watch.check()
    assert measured(origin) == 0.0


def test_a_seal_that_another_key_signed_is_noticed(watch: SealWatch, origin: str, tmp_path: Path) -> None:
    watch.check()
    file = tmp_path / "last-seal.txt"
    file.write_text(file.read_text().replace("\n\n", "\n0\n\n"))
    watch.check()
    assert measured(origin) == 0.0
    assert "malformed" in watch.wrong()[0]


def test_a_log_that_is_away_is_not_a_broken_one(tmp_path: Path, origin: str) -> None:
    def away() -> AbstractContextManager[StoredLog]:
        raise LogUnavailable("The log is away.")

    watch = SealWatch(away, Signer(tmp_path / "seal.key", origin), tmp_path / "last-seal.txt")
    assert not watch.check()
    assert watch.wrong() == ["The log is away."]
    assert measured(origin) is None
    assert REGISTRY.get_sample_value("partnership_engine_reachable", {"engine": "log"}) == 0.0


def test_the_command_says_how_it_stands_until_it_is_stopped(county: Path) -> None:
    port = str(free_port())
    environment = {**os.environ, "METRICS_PORT": port, "SEAL_MINUTES": "60"}
    command = [sys.executable, "-m", "services.cli", "watch-seal"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        done, late = threading.Event(), threading.Timer(PATIENCE, process.kill)
        late.start()
        while healthy.main([port]) and process.poll() is None:
            done.wait(0.1)
        assert healthy.main([port]) is None
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate()
        late.cancel()
    assert (process.returncode, printed) == (0, "Stopped.\n")
    assert (county / "last-seal.txt").exists()
