"""One county's log folded into files and into PostgreSQL: the same rows in every table, the same answers."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.cli.compare import differences
from services.core import projector as projector_module
from services.core.authorisation import Forbidden
from services.core.commands import Query
from services.core.key_place import keys_in_file
from services.core.log import EventLog, pages
from services.core.projector import Projector
from services.core.runtime import Runtime, Unknown
from services.core.schemas import Invalid
from services.core.settings import Settings
from services.core.times import to_micros
from services.demonstration.staging import stage
from services.scheduling.person import tenures_of
from services.wiring import OPERATOR, SERVICES, open_log_read_only, open_models
from tests.engines.postgres import database_of
from tests.postgres.arguments import Arguments

LAST_DAY = date(2026, 9, 30)
NOW = to_micros(datetime(2026, 9, 30, 12, tzinfo=UTC))
SCHOOLS = 16
ASKED = 30
SMALL, LARGE = 40, 1_000
"""Batches whose rows are written by statements, and batches whose rows are copied."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of a few schools, folded into files."""
    directory = tmp_path_factory.mktemp("county") / "data"
    stage(Settings(data_dir=directory), LAST_DAY, schools=SCHOOLS)
    return directory


@pytest.fixture(scope="module")
def log(county: Path) -> Iterator[EventLog]:
    with open_log_read_only(Settings(data_dir=county)) as log:
        yield log


@pytest.fixture(scope="module")
def runtimes(county: Path, log: EventLog) -> Iterator[tuple[Runtime, Runtime]]:
    """The platform over files, and over PostgreSQL: all in their last place."""
    plain = Settings(data_dir=county)
    server = Settings(data_dir=county, postgres_url=database_of(county))
    with ExitStack() as stack:
        keys = keys_in_file(county / "keys.db")
        stack.callback(keys.close)
        both = []
        for settings in (plain, server):
            models = stack.enter_context(open_models(settings))
            both.append(
                Runtime(plain, SERVICES, log, keys, tenures_of, models=models, threads=False, clock=lambda: NOW)
            )
        files, postgres = both
        for projector in (*files.projectors.values(), *postgres.projectors.values()):
            catch_up(projector)
        yield files, postgres


def catch_up(projector: Projector) -> None:
    while projector.step():
        pass


def unlike(files: Runtime, postgres: Runtime, name: str) -> list[str]:
    one, other = files.projectors[name], postgres.projectors[name]
    assert one.parked() == other.parked() == []
    return [str(each) for each in differences(one.model, other.model)]


def test_a_rebuild_gives_the_same_rows_in_every_table(runtimes: tuple[Runtime, Runtime]) -> None:
    files, postgres = runtimes
    assert {name: found for name in files.projectors if (found := unlike(files, postgres, name))} == {}


def test_batches_small_and_large_give_the_same_rows_in_every_table(
    runtimes: tuple[Runtime, Runtime], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, postgres = runtimes
    for name, projector in postgres.projectors.items():
        projector.model.swap(projector.model.begin())
        turn = 0
        while True:
            turn += 1
            monkeypatch.setattr(projector_module, "BATCH", LARGE if turn % 3 == 0 else SMALL)
            if not projector.step():
                break
        assert unlike(files, postgres, name) == [], name


def test_every_query_answers_the_same_however_the_rows_lie(
    log: EventLog, runtimes: tuple[Runtime, Runtime], soak: int
) -> None:
    _, postgres = runtimes
    for projector in postgres.projectors.values():
        shuffle(projector)
    events = [recorded for page in pages(log) for recorded in page]
    asked = 0
    for seed in range(soak):
        arguments = Arguments(events, seed)
        for service in SERVICES:
            for answers in service.queries.values():
                for data in arguments.of(answers.query, ASKED):
                    asked += 1
                    one, other = (answer(runtime, answers.query, data) for runtime in runtimes)
                    assert other == one, (answers.query.message_name, data)
    assert asked > 1_000 * soak


def answer(runtime: Runtime, query: type[Query], data: dict[str, object]) -> object:
    """What was answered, or in which words it was not."""
    try:
        return runtime.ask(query.message_name, data, actor=OPERATOR)
    except (Invalid, Forbidden, Unknown) as error:
        return type(error), str(error)


def shuffle(projector: Projector) -> None:
    """Lay the rows of each table anew, in no order that a query could lean on."""
    with projector.model.current().writing() as connection:
        for table in projector.projection.tables:
            name = f'"{table.name}"'
            connection.exec_driver_sql(f"CREATE TEMP TABLE laid AS SELECT * FROM {name} ORDER BY md5({name}::text)")
            connection.exec_driver_sql(f"DELETE FROM {name}")
            connection.exec_driver_sql(f"INSERT INTO {name} SELECT * FROM laid")
            connection.exec_driver_sql("DROP TABLE laid")
