"""Progress is for people at a terminal; what a program reads is never cut short or decorated."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli.output import counted, print_table


def rebuild(county: Path, stderr: int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "services.cli", "rebuild", "scheduling.schools"]
    environment = {**os.environ, "DATA_DIR": str(county), "TERM": "xterm"}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, check=True)


def test_a_bar_on_a_terminal(county: Path) -> None:
    ours, theirs = pty.openpty()
    done = rebuild(county, theirs)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"Rebuilding scheduling.schools" in shown
    assert b"\x1b" not in done.stdout


def test_no_bar_in_a_pipe(county: Path) -> None:
    assert rebuild(county, subprocess.PIPE).stderr == b""


def test_a_long_value_in_a_pipe_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("Name", "Value"), [("long", "x" * 500), ("markup", "[bold]y[/bold]")])
    assert capsys.readouterr().out.splitlines()[1:] == ["long    " + "x" * 500, "markup  [bold]y[/bold]"]


def test_counting_in_english() -> None:
    assert [counted(number, "event") for number in (0, 1, 1204)] == ["0 events", "1 event", "1,204 events"]
