"""The benchmark at its least size, for the tests of it: no figure is judged."""

import json
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.bench import __main__ as bench
from tests.bench.harness import Row
from tests.bench.sizes import TINY


def run(directory: Path, *arguments: str) -> Result:
    return CliRunner().invoke(bench.main, ["--size", TINY.name, "--at", str(directory), *arguments])


@dataclass(frozen=True)
class WholeRun:
    """Every row in one run: its output, and what it kept of each row."""

    result: Result
    kept: dict[str, dict[str, Any]]

    def found(self, row: Row) -> tuple[str, dict[str, Any]]:
        """What was printed and kept of a row: each of its goals at least."""
        assert row.name in self.kept, self.result.output
        heading, line = f"{row.name}: {row.title}", self.kept[row.name]
        (table,) = [part for part in self.result.stdout.split("\n\n") if part.startswith(heading)]
        assert all(goal.label in table and goal.words() in table for goal in row.goals)
        assert len(line["goals"]) == len(row.goals)
        assert (line["size"], line["rounds"]) == (TINY.name, TINY.rounds)
        return table, line


def whole_run(directory: Path, *arguments: str) -> WholeRun:
    """In this directory itself, which may hold what a row would make there first."""
    file = directory / "results.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "TemporaryDirectory", lambda **place: nullcontext(str(directory)))
        result = run(directory, "--results", str(file), *arguments)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return WholeRun(result, {line["row"]: line for line in lines})
