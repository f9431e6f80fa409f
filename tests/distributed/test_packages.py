"""Who keeps everything in files needs none of the packages of the distributed runtime."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.core.log import LogUnavailable
from services.core.log_place import open_log

CLUSTER = {"eventlet", "grpc", "kombu", "kurrentdbclient", "nameko", "opentelemetry", "psycopg"}


def test_the_embedded_platform_imports_none_of_them(tmp_path: Path) -> None:
    script = (
        "import sys, services.cli.serve, services.cli.copy_log, services.cli.backup, services.cli.restore\n"
        "from pathlib import Path; from services.core.settings import Settings\n"
        "from services.wiring import open_runtime\n"
        "with open_runtime(Settings(data_dir=Path(sys.argv[1]))): print(*sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    imported = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.split()
    assert "services.core.sqlite_log" in imported
    assert CLUSTER & {name.partition(".")[0] for name in imported} == set()


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "services.core.kurrentdb_log", raising=False)
    monkeypatch.setitem(sys.modules, "kurrentdbclient", None)
    with pytest.raises(LogUnavailable, match="make cluster"):
        open_log("esdb://127.0.0.1:1?Tls=false")
