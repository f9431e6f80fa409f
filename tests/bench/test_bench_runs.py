"""The benchmark runs, at its least size: what it prints and keeps, and that a row which breaks is not passed over.

No figure is judged here: how fast the code is, `make bench` says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import harness, raw
from tests.bench.harness import Goal, Row, Sample, Spread
from tests.bench.rows import ROWS
from tests.bench.sizes import QUICK, TINY, Sizes
from tests.bench.tiny import WholeRun, run, whole_run
from tests.county import copy_of, loaded

GOAL = Goal("of raw", of="ours", beside="raw", at_least=0.75)


def made_up(name: str, samples: list[Sample], goal: Goal = GOAL) -> Row:
    """A row that gives these samples and then breaks."""

    def rounds(_sizes: Sizes, _directory: Path) -> Iterator[Sample]:
        yield from samples
        raise RuntimeError("the disk is on fire")

    return Row(name=name, title=f"a row called {name}", unit="events/s", goals=(goal,), rounds=rounds)


QUICK_ROW = made_up("quick", [{"ours": 1, "raw": 1}] * (1 + TINY.rounds))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    directory = tmp_path_factory.mktemp("bench")
    copy_of(loaded()[0], directory / "county")
    return whole_run(directory)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row that measures nothing, and no others."""
    monkeypatch.setattr(bench, "ROWS", {"quick": QUICK_ROW})


def test_every_row_is_run_unless_told_otherwise(everything: WholeRun) -> None:
    assert (list(everything.kept), everything.result.exit_code) == (list(ROWS), 0), everything.result.output


@pytest.mark.parametrize("name", ROWS)
def test_a_row_prints_every_goal_and_keeps_what_it_found(everything: WholeRun, name: str) -> None:
    _, line = everything.found(ROWS[name])
    assert all(0 < goal["min"] <= goal["median"] <= goal["max"] for goal in line["goals"])
    assert set(line["machine"]) >= {"cpu", "cores", "kernel", "filesystem", "python", "sqlite"}
    assert set(line["durability"].values()) == {"wal, synchronous=full"}
    assert line["revision"]


def test_a_row_that_breaks_is_named_and_fails_the_run_after_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ROWS", {"broken": made_up("broken", [{"ours": 1, "raw": 1}]), "quick": QUICK_ROW})
    kept = tmp_path / "results.jsonl"
    result = run(tmp_path, "--rows", "broken,quick", "--results", str(kept))
    assert result.exit_code == 1
    assert "the disk is on fire" in result.stderr
    assert "could not be run: broken" in result.stderr
    assert [json.loads(line)["row"] for line in kept.read_text().splitlines()] == ["quick"]


def test_a_contestant_that_leaves_work_out_breaks_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "insert", lambda connection, rows, size: None)
    result = run(tmp_path, "--rows", "append")
    assert result.exit_code == 1
    assert "does not hold the rows of our log" in result.stderr


@pytest.mark.usefixtures("quick")
def test_results_are_added_to_those_before(tmp_path: Path) -> None:
    kept = tmp_path / "results.jsonl"
    kept.write_text('{"row": "before"}\n')
    run(tmp_path, "--results", str(kept))
    assert [json.loads(line)["row"] for line in kept.read_text().splitlines()] == ["before", "quick"]


@pytest.mark.usefixtures("quick")
def test_a_small_run_leaves_the_kept_results_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "kept.jsonl")
    assert run(tmp_path).exit_code == 0
    assert not (tmp_path / "kept.jsonl").exists()


def test_a_row_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, "--rows", "append,flying")
    assert result.exit_code == 2
    assert "there is no row flying" in result.stderr


def test_a_directory_in_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "filesystem", lambda directory: "tmpfs")
    result = run(tmp_path, "--rows", "append")
    assert result.exit_code == 2
    assert "is not on a disk" in result.stderr


def test_a_ratio_is_taken_in_each_round_and_the_first_round_only_warms(tmp_path: Path) -> None:
    figures = (1, 900), (10, 10), (300, 100), (20, 10), (1, 2), (80, 80)
    samples: list[Sample] = [{"ours": ours, "raw": raw} for ours, raw in figures]
    outcome = harness.run(made_up("five", samples), QUICK, tmp_path)
    assert outcome.found == (Spread(least=0.5, median=1.0, most=3.0),)
    assert outcome.rounds == 5
    assert outcome.figures == {"ours": 20, "raw": 10}


@pytest.mark.parametrize(
    ("goal", "spread", "met"),
    [
        (Goal("rate", of="ours", at_least=2), Spread(1, 2, 3), True),
        (Goal("rate", of="ours", at_least=2), Spread(1, 1.9, 3), False),
        (Goal("time", of="ours", at_most=2), Spread(1, 2, 3), True),
        (Goal("time", of="ours", at_most=2), Spread(1, 2.1, 3), False),
        (Goal("longest wait", of="ours", at_most=2, worst=True), Spread(1, 2, 3), False),
        (Goal("least rate", of="ours", at_least=2, worst=True), Spread(1, 2, 3), False),
    ],
)
def test_a_goal_is_judged_on_the_median_or_on_the_worst_round(goal: Goal, spread: Spread, met: bool) -> None:
    assert goal.met(spread) is met
