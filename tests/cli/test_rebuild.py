"""Read models are made anew from the log alone, and equal what was served."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from services.core.settings import Settings
from services.wiring import SERVICES, open_models, open_runtime, read_models
from tests.cli.conftest import Run, refused

NAMES = [projection.name for service in SERVICES for projection in service.projections]


def rows(county: Path, name: str) -> dict[str, list[tuple[object, ...]]]:
    """Every table of a read model, as its file holds it."""
    with open_models(Settings(data_dir=county)) as models:
        tables = read_models(models)[name].projection.tables
    with closing(sqlite3.connect(county / "read" / (county / "read" / name).readlink())) as db:
        return {table.name: sorted(db.execute(f"SELECT * FROM {table.name}").fetchall(), key=repr) for table in tables}


def test_deleted_read_models_come_back_equal(county: Path, run: Run) -> None:
    before = {name: rows(county, name) for name in NAMES}
    shutil.rmtree(county / "read")
    result = run("rebuild")
    assert result.exit_code == 0, result.output
    assert {name: rows(county, name) for name in NAMES} == before
    assert any(table for tables in before.values() for table in tables.values())


def test_one_read_model_by_name_says_how_fast(county: Path, run: Run) -> None:
    result = run("rebuild", "scheduling.schools")
    assert result.stdout.startswith("scheduling.schools rebuilt from ")
    assert result.stdout.count("\n") == 1
    assert "a second" in result.stdout


def test_a_service_by_name(county: Path, run: Run) -> None:
    built = [line.split()[0] for line in run("rebuild", "scheduling").stdout.splitlines()]
    assert built == [name for name in NAMES if name.startswith("scheduling.")]


def test_an_unknown_name_lists_those_there_are(county: Path, run: Run) -> None:
    refused(run("rebuild", "catering"), "There is no read model catering. There are: ")


def test_check_finds_all_equal(county: Path, run: Run) -> None:
    result = run("rebuild", "--check")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [f"{name} equals what the log gives" for name in NAMES]


def test_check_shows_a_row_that_was_changed_by_hand(county: Path, run: Run) -> None:
    served = county / "read" / (county / "read" / "scheduling.schools").readlink()
    with closing(sqlite3.connect(served, isolation_level=None)) as db:
        db.execute("UPDATE school SET name = 'Changed by hand' WHERE urn = 120777")
    result = run("rebuild", "scheduling.schools", "--check")
    refused(result, "Not what the log gives: scheduling.schools")
    assert "Changed by hand" in result.stdout
    assert "Aldborough Primary School" in result.stdout
    assert "Changed by hand" in str(rows(county, "scheduling.schools")), "a check changes nothing"
    assert run("rebuild", "scheduling.schools").exit_code == 0
    assert run("rebuild", "scheduling.schools", "--check").exit_code == 0


def test_machines_get_the_same(county: Path, ask: Callable[..., Any]) -> None:
    (rebuilt,) = ask("rebuild", "billing.charges")
    assert rebuilt["name"] == "billing.charges"
    assert rebuilt["events"] > 4_000
    assert ask("rebuild", "billing.charges", "--check") == [
        {"name": "billing.charges", "built": True, "differences": []}
    ]


def test_check_of_what_was_never_built(county: Path, run: Run) -> None:
    shutil.rmtree(county / "read")
    refused(run("rebuild", "scheduling.schools", "--check"), "Not what the log gives")


def test_beside_a_process_that_holds_the_log(county: Path, run: Run) -> None:
    with open_runtime(Settings(data_dir=county)) as runtime:
        before = runtime.projectors["scheduling.schools"].model.current().name
        assert run("rebuild", "scheduling.schools").exit_code == 0
        assert runtime.projectors["scheduling.schools"].model.current().name != before
