"""The whole system, as `make cluster` starts it after its set-up, in a directory of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.cluster import postgres, rabbitmq
from deploy.cluster.ports import free_port
from tests.deploy.files import ROOT

COMMAND = [sys.executable, "-m", "deploy.cluster"]

needs_engines = pytest.mark.skipif(
    not rabbitmq.installed() or postgres.programs() is None,
    reason="Debian's rabbitmq-server and postgresql are not both installed",
)


@contextmanager
def own_environment(**settings: str) -> Iterator[dict[str, str]]:
    """The settings of a system of its own: its data goes when the block ends."""
    # Not pytest's directory, which only root may enter: PostgreSQL runs as a user of its own.
    with tempfile.TemporaryDirectory(prefix="cluster-") as directory:
        Path(directory).chmod(0o711)
        yield {**os.environ, "DATA_DIR": directory, "PORT": str(free_port()), **settings}


@contextmanager
def started(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """The launcher, on its way up; it is stopped when the block ends."""
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def printed_until(process: "subprocess.Popen[str]", words: str) -> str:
    """What it prints up to a line with these words."""
    assert process.stdout
    printed = ""
    for line in process.stdout:
        printed += line
        if words in line:
            return printed
    raise AssertionError(f"ended before it said {words!r}: {printed}")
