"""The first start: the sample county is staged in files, as `make run` does, and copied to the engines.

So the demonstration's year is played by one process with a clock of its own, and what is copied is checked on the way.
Cut short, it goes on from where it was."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from services.cli.parameters import today
from services.core.keys import KEYS, MASTER
from services.core.postgres_keys import PostgresKeys
from services.core.settings import Settings
from services.core.sqlite_keys import SqliteKeys
from services.core.wrapped_keys import copy_keys
from services.demonstration import staging
from services.sample_county.loader import load, wanting
from services.wiring import open_log_read_only, open_runtime


class NotFilled(Exception):
    """The sample county did not get into the engines; the text says why."""


def fill(directory: Path, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Bring the sample county into an empty log, if the settings want it. `environment` is the platform's; its engines
    must answer. Raises NotFilled."""
    settings = Settings.from_environment({**os.environ, **environment})
    files = directory / "staging"
    if not settings.sample_county or not (files.exists() or _is_empty(settings)):
        return
    say("Loading the sample county. With the year of its programme that takes a minute or two, once ...")
    master = settings.keys_master_file
    _stage(Settings(data_dir=files, demonstration=settings.demonstration, keys_master_file=master))
    say("Copying it to the engines ...")
    if not master:
        shutil.copy(files / MASTER, settings.data_dir / MASTER)
    with closing(SqliteKeys(files / KEYS)) as staged, closing(PostgresKeys(settings.postgres_url)) as kept:
        copy_keys(staged, kept)
    _partnership(environment, "copy-log", str(files), "KURRENTDB_URL")
    shutil.rmtree(files)


def _is_empty(settings: Settings) -> bool:
    with open_log_read_only(settings) as log:
        return log.head() == 0


def _stage(settings: Settings) -> None:
    if settings.demonstration and staging.wanting(settings):
        staging.stage(settings, today())
        return
    with open_runtime(settings, threads=False) as runtime:
        if wanting(runtime):
            load(runtime)


def _partnership(environment: Mapping[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "services.cli", *arguments]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotFilled(f"partnership {arguments[0]} failed: {done.stderr.strip()}")
