"""The command line over read models in PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main
from services.core.read_db import park, reached
from services.core.settings import Settings
from services.wiring import SERVICES, open_models, open_runtime, policy_checkpoints, read_models
from tests.cli.conftest import refused
from tests.core.kept import in_database, read
from tests.county import copy_of, loaded
from tests.engines.postgres import PostgresServer, database_of, server

SCHOOLS = "scheduling.schools"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The sample county, its read models in PostgreSQL and not built."""
    directory = copy_of(loaded()[0], tmp_path / "data")
    shutil.rmtree(directory / "read")
    monkeypatch.setenv("DATA_DIR", str(directory))
    monkeypatch.setenv("POSTGRES_URL", url := database_of(directory))
    return Settings(data_dir=directory, postgres_url=url)


@pytest.fixture
def running() -> Iterator[PostgresServer]:
    """The server, which a test may stop; it runs again afterwards."""
    yield server()
    server().run()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_read_models_are_built_checked_and_found_changed(county: Settings) -> None:
    assert run("rebuild", SCHOOLS).startswith(f"{SCHOOLS} rebuilt from ")
    assert run("rebuild", SCHOOLS, "--check") == f"{SCHOOLS} equals what the log gives\n"
    with open_models(county) as models, read_models(models)[SCHOOLS].current().writing() as connection:
        connection.exec_driver_sql("UPDATE school SET name = 'Changed by hand' WHERE urn = 120777")
    result = CliRunner().invoke(main, ["rebuild", SCHOOLS, "--check"])
    assert result.exit_code == 1
    assert "Changed by hand" in result.stdout
    assert not (county.data_dir / "read").exists()


def test_what_is_parked_is_listed_and_taken_in_again(county: Settings) -> None:
    run("rebuild", SCHOOLS)
    row = {"position": 1, "stream": "scheduling.school-120777", "type": "scheduling.SchoolRegistered"}
    with open_models(county) as models, read_models(models)[SCHOOLS].current().writing() as connection:
        park(connection, [{**row, "error": "the disk was full"}])
    assert "the disk was full" in run("parked", "list")
    assert run("parked", "retry", SCHOOLS) == f"{SCHOOLS}: 1 event taken in, 0 events still parked\n"


def test_what_policies_did_is_remembered_when_every_read_model_is_lost(county: Settings) -> None:
    with open_runtime(county, threads=False) as runtime:
        runtime.settle()
    before = _came_to(county)
    assert any(before.values())
    for schema in in_database(county.postgres_url, "SELECT nspname FROM pg_namespace"):
        if any(schema == service.name or schema.startswith(f"{service.name}__") for service in SERVICES):
            in_database(county.postgres_url, f'DROP SCHEMA "{schema}" CASCADE')
    assert _came_to(county) == before
    with open_runtime(county, threads=False) as runtime:
        events = runtime.log.head()
        runtime.settle()
        assert runtime.log.head() == events
    assert _came_to(county) == before


def _came_to(county: Settings) -> dict[str, int]:
    """How far each policy has acted."""
    with open_models(county) as models:
        return {name: read(model.current(), reached)[0] for name, model in policy_checkpoints(models).items()}


def test_a_server_that_is_down_is_one_line(county: Settings, running: PostgresServer) -> None:
    running.stop()
    for arguments in (["rebuild"], ["parked", "list"], ["serve"]):
        refused(CliRunner().invoke(main, arguments), "doesn't answer")
