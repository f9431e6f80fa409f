"""Readers keep up with the log, whoever waits is told, and what fails or is taken from them comes right again."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from structlog.typing import EventDict

from services.core.log import LogUnavailable
from services.core.projector import Projector
from services.core.readers import Readers
from services.core.runtime import Runtime
from services.core.sqlite_read_db import SqliteReadModel
from tests.core.by_hand import fold_log, tables
from tests.core.toy import ask, do, open_toy, tills

URN = 120777
PATIENCE = 30.0


def held(runtime: Runtime) -> Any:
    with runtime.projectors["toy.tills"].model.current().reading() as connection:
        return tables(connection)


def test_whoever_waits_for_a_position_finds_it_answered(live: Runtime) -> None:
    for pence in range(1, 40):
        if pence == 1:
            do(live, "OpenTill", urn=URN)
        if pence == 13:
            continue
        result = do(live, "TakeCoin", urn=URN, pence=pence)
        assert live.wait_for(result.position, PATIENCE)
        answer = ask(live, "Tills")
        assert answer.value == [(URN, sum(range(pence + 1)) - (13 if pence > 13 else 0))]
        assert answer.position >= result.position


def test_waiting_ends_when_time_is_out(runtime: Runtime) -> None:
    do(runtime, "OpenTill", urn=URN)
    assert runtime.wait_for(runtime.log.head(), 0.01) is False
    runtime.settle()
    assert runtime.wait_for(runtime.log.head(), 0.01, ["toy.tills"]) is True


def test_a_reader_whose_disk_fails_says_so_once_tries_again_and_recovers(
    live: Runtime, monkeypatch: pytest.MonkeyPatch, lines: list[EventDict]
) -> None:
    again_and_again = threading.Event()
    tries = 0

    def failing(self: Projector, *given: Any) -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            again_and_again.set()
        raise OSError("No space left on device")

    def logged() -> list[tuple[str, str]]:
        return [(line["event"], line["reader"]) for line in lines if "reader" in line]

    with monkeypatch.context() as patch:
        patch.setattr(Projector, "_fold", failing)
        position = do(live, "OpenTill", urn=URN).position
        assert again_and_again.wait(PATIENCE)
        assert live.wait_for(position, 0) is False
        assert logged() == [("reader failed", "toy.tills")]
    assert live.wait_for(position, PATIENCE)
    assert live.wait_for(live.log.head(), PATIENCE)
    assert held(live)["till"][URN] is not None
    live.close()
    assert logged() == [("reader failed", "toy.tills"), ("reader goes on", "toy.tills")]


def test_a_reader_that_fails_holds_up_no_other(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, lines: list[EventDict]
) -> None:
    do(runtime, "OpenTill", urn=URN)
    tills = runtime.projectors["toy.tills"]
    broken = Projector(runtime.log, tills.model)
    monkeypatch.setattr(broken, "step", lambda: 1 / 0)
    readers = Readers(runtime.log, runtime.projectors, [])
    readers.start("both", [broken, tills])
    assert readers.wait_for(runtime.log.head(), PATIENCE, None)
    readers.stop()
    assert [line["error"] for line in lines if "error" in line] == ["ZeroDivisionError: division by zero"]


def test_pages_stay_up_while_the_read_models_are_deleted_and_built_by_another_process(
    live: Runtime, tmp_path: Path
) -> None:
    do(live, "OpenTill", urn=URN)
    assert live.wait_for(do(live, "TakeCoin", urn=URN, pence=5).position, PATIENCE)
    before = live.projectors["toy.tills"].model.current().name
    shutil.rmtree(tmp_path / "live" / "read")
    assert ask(live, "Tills").value == [(URN, 5)]
    assert live.wait_for(do(live, "TakeCoin", urn=URN, pence=7).position, PATIENCE)
    assert ask(live, "Tills").value == [(URN, 12)]
    rebuild = (
        "import sys\n"
        "from pathlib import Path\n"
        "from services.core.projector import Projector\n"
        "from services.core.sqlite_read_db import SqliteReadModel\n"
        "from services.core.sqlite_log import SqliteLog\n"
        "from tests.core.toy import tills\n"
        "log = SqliteLog(Path(sys.argv[1]) / 'events.db', read_only=True)\n"
        "model = SqliteReadModel(Path(sys.argv[1]) / 'read', tills, readers=1)\n"
        "Projector(log, model).rebuild()\n"
        "model.close()\n"
        "log.close()\n"
    )
    subprocess.run([sys.executable, "-c", rebuild, str(tmp_path / "live")], check=True, timeout=60)
    assert live.projectors["toy.tills"].model.current().name != before
    assert ask(live, "Tills").value == [(URN, 12)]
    assert live.wait_for(do(live, "TakeCoin", urn=URN, pence=9).position, PATIENCE)
    assert ask(live, "Tills").value == [(URN, 21)]
    assert held(live) == fold_log(live.log)


def test_a_read_model_that_cant_be_read_is_built_anew_at_the_start(tmp_path: Path, lines: list[EventDict]) -> None:
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=URN)
    do(runtime, "TakeCoin", urn=URN, pence=5)
    runtime.settle()
    path = tmp_path / "data" / "read" / runtime.projectors["toy.tills"].model.current().name
    runtime.close()
    path.write_bytes(b"rubbish" * 9_999)
    runtime = open_toy(tmp_path / "data")
    assert any(line["event"] == "read model can't be read" for line in lines)
    assert ask(runtime, "Tills").value == [(URN, 5)]
    assert held(runtime) == fold_log(runtime.log)
    runtime.close()


def test_a_projection_of_a_new_version_is_built_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=URN)
    runtime.close()
    monkeypatch.setattr(tills, "version", 2)
    runtime = open_toy(tmp_path / "data")
    assert held(runtime)["till"] == {URN: (0, None)}
    assert [path.name.split("-")[0] for path in (tmp_path / "data" / "read").glob("*.db")] == ["toy.tills.v2"]
    runtime.close()


def test_two_rebuilds_of_a_running_platform_at_once_do_not_disturb_each_other(live: Runtime, tmp_path: Path) -> None:
    do(live, "OpenTill", urn=URN)
    projector = live.projectors["toy.tills"]
    generation = projector.model.begin()
    with pytest.raises(LogUnavailable, match="is being rebuilt by process"):
        Projector(live.log, SqliteReadModel(tmp_path / "live" / "read", tills, readers=1)).rebuild()
    projector.model.discard(generation)
    projector.rebuild()
    assert live.wait_for(live.log.head(), PATIENCE)
    assert held(live)["till"] == fold_log(live.log)["till"]
