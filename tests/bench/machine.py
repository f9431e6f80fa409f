"""What a result was measured on: the machine, the software, and how durable each contestant's commits are."""

import os
import platform
import sqlite3
import subprocess
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eventsourcing.sqlite import SQLiteApplicationRecorder

from tests.bench import raw
from tests.bench.peer import Schools

PRAGMAS = "PRAGMA journal_mode", "PRAGMA synchronous"
SYNCHRONOUS = ("off", "normal", "full", "extra")


def machine(directory: Path) -> dict[str, Any]:
    """The machine, and the disk that holds `directory`."""
    return {
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "filesystem": filesystem(directory),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "eventsourcing": version("eventsourcing"),
    }


def cpu() -> str:
    """The processor's model, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def filesystem(directory: Path) -> str:
    """The type of the file system that holds a directory, where the system tells it."""
    mounts = Path("/proc/mounts")
    lines = mounts.read_text().splitlines() if mounts.exists() else []
    points = {Path(line.split()[1]): line.split()[2] for line in lines}
    holding = [point for point in points if directory.resolve().is_relative_to(point)]
    return points[max(holding, key=lambda point: len(point.parts))] if holding else "unknown"


def durability(directory: Path) -> dict[str, str]:
    """Journal mode and synchronous level of a connection of each kind. Ours and the raw one are opened alike."""
    with closing(raw.create(directory / "durability.db")) as connection:
        ours = [connection.execute(pragma).fetchone()[0] for pragma in PRAGMAS]
    with closing(Schools(directory / "durability-peer.db")) as app:
        assert isinstance(app.recorder, SQLiteApplicationRecorder)
        peer = []
        with app.recorder.datastore.transaction(commit=False) as cursor:
            for pragma in PRAGMAS:
                cursor.execute(pragma)
                peer.append(cursor.fetchone()[0])
    return {
        name: f"{journal_mode}, synchronous={SYNCHRONOUS[level]}"
        for name, (journal_mode, level) in {"ours and raw": ours, "eventsourcing": peer}.items()
    }


def revision() -> str:
    """The commit of this code, with a plus sign when files differ from it; "unknown" outside a repository."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return described.stdout.strip() or "unknown"
