"""The first start of `make cluster`: the sample county gets into the engines, and no password into a command line."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from deploy.cluster.county import fill
from deploy.cluster.ports import Ports
from deploy.cluster.system import System
from services.core.settings import Settings
from services.wiring import open_log_read_only
from tests.county import copy_of, loaded
from tests.engines.kurrentdb.server import serving
from tests.engines.postgres import database_of

PASSWORD = "known-to-few"


def test_the_sample_county_is_copied_and_nobody_who_lists_processes_reads_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = list[str]()

    class Listed(subprocess.Popen[Any]):
        def __init__(self, command: list[str], **how: Any) -> None:
            commands.append(" ".join(command))
            super().__init__(command, **how)

    copy_of(loaded()[0], tmp_path / "staging")
    with serving(tmp_path / "server") as url:
        settings = {
            "DATA_DIR": str(tmp_path),
            "DEMONSTRATION": "0",
            "KURRENTDB_URL": url.replace("esdb://", f"esdb://admin:{PASSWORD}@"),
            "POSTGRES_URL": database_of(tmp_path),
        }
        monkeypatch.setattr(subprocess, "Popen", Listed)
        fill(tmp_path, settings, lambda _: None)
        with open_log_read_only(Settings.from_environment(settings)) as log:
            assert log.head() > 300
    assert ["copy-log" in command for command in commands] == [True]
    assert PASSWORD not in commands[0]


def test_no_process_of_the_platform_is_started_with_a_password(tmp_path: Path) -> None:
    settings = Settings(
        kurrentdb_url=f"esdb://admin:{PASSWORD}@127.0.0.1:2113",
        amqp_url=f"amqp://partnership:{PASSWORD}@127.0.0.1:5672//",
        postgres_url=f"postgresql://partnership:{PASSWORD}@127.0.0.1/partnership",
    )
    system = System(tmp_path, settings, Ports(tmp_path / "ports.json"))
    programs = [program for stage in system.platform() for program in stage]
    assert len(programs) > 7
    assert not [each.name for each in programs if PASSWORD in " ".join(map(str, each.command))]
