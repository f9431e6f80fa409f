"""Read models in PostgreSQL: what holds of a server alone, which may go away and come back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select

from services.core.log import LogUnavailable
from services.core.postgres_patience import Patient
from services.core.postgres_read_db import PostgresReadModels
from services.core.projector import BATCH, Projector
from services.core.read_db import ReadModel, Replaced, Unreachable, of_current
from services.core.settings import BadSetting
from tests.core.by_hand import fold_log
from tests.core.kept import Kept, coin, filled, in_database
from tests.core.toy import coins_table, entry_table, make_projection
from tests.core.workbench import Bench, catch_up, held
from tests.engines.postgres import PostgresServer, database_of, server
from tests.engines.tcp_fault_proxy import FaultProxy


@pytest.fixture
def model(in_postgres: Kept) -> ReadModel:
    return in_postgres.open().of(make_projection())


@pytest.fixture
def postgres_bench(in_postgres: Kept) -> Iterator[Bench]:
    bench = Bench(in_postgres)
    yield bench
    bench.close()


@pytest.fixture
def running() -> Iterator[PostgresServer]:
    """The server, which a test may stop; it runs again afterwards."""
    yield server()
    server().run()


def test_who_asks_too_late_for_a_generation_is_sent_to_the_next(model: ReadModel) -> None:
    model.swap(filled(model, 1))
    late = model.current()
    model.swap(filled(model, 2))
    for using in (late.reading, late.writing):
        with pytest.raises(Replaced), using():
            pass
    handles = iter([late, model.current()])
    assert of_current(_Given(model, handles.__next__), coin) == 2


class _Given:
    """A read model whose current generation is what it is said to be."""

    def __init__(self, model: ReadModel, current: Callable[[], Any]) -> None:
        self._model, self.current = model, current

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def test_a_read_model_removed_by_hand_says_how_to_build_it(model: ReadModel, in_postgres: Kept) -> None:
    model.swap(filled(model, 1))
    (name,) = in_postgres.generations()
    with in_postgres.open().of(make_projection()).current().writing() as connection:
        connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')
    assert not model.exists()
    with pytest.raises(LogUnavailable, match=r"partnership rebuild toy\.tills"):
        of_current(model, coin)


@pytest.mark.parametrize(
    "damage", ["ALTER TABLE coins DROP COLUMN pence", "DELETE FROM checkpoint", "DROP TABLE entry"]
)
def test_what_cant_be_read_counts_as_none(model: ReadModel, damage: str) -> None:
    model.swap(filled(model, 1))
    with model.current().writing() as connection:
        connection.exec_driver_sql(damage)
    assert not model.exists()
    model.swap(filled(model, 2))
    assert model.exists()


def test_numbers_and_texts_are_kept_as_in_files(model: ReadModel) -> None:
    model.swap(model.begin())
    words = ["b", "B", "a", "é", "A", ""]
    with model.current().writing() as connection:
        connection.execute(insert(coins_table).values(urn=1, pence=2**62, n=1))
        connection.execute(insert(entry_table), [{"position": 2**40, "says": word} for word in words])
        assert connection.scalar(select(coins_table.c.pence)) == 2**62
        ordered = connection.scalars(select(entry_table.c.says).order_by(entry_table.c.says)).all()
    assert ordered == sorted(words)


def test_a_server_that_is_down_is_no_read_model_that_is_missing(model: ReadModel, running: PostgresServer) -> None:
    model.swap(filled(model, 1))
    running.stop()
    for doing in (model.exists, model.current, model.begin):
        with pytest.raises(Unreachable, match=r"PostgreSQL at 127\.0\.0\.1:\d+, database .* doesn't answer"):
            doing()
    running.start()
    assert model.exists()
    assert coin(model.current()) == 1


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    """The way to the server, which can hang, for those who do not wait long."""
    monkeypatch.setattr(Patient, "patience", 1.0)
    with FaultProxy(server().port) as way:
        yield way


@pytest.fixture
def far_model(tmp_path: Path, way: FaultProxy) -> Iterator[ReadModel]:
    """A read model at the end of that way, with one coin."""
    url = database_of(tmp_path).replace(f":{server().port}/", f":{way.port}/")
    with closing(PostgresReadModels(url, 1)) as models:
        model = models.of(make_projection())
        model.swap(filled(model, 1))
        yield model


def test_a_server_that_hangs_is_given_up_and_asked_anew(far_model: ReadModel, way: FaultProxy) -> None:
    def ask_while_it_hangs() -> None:
        with far_model.current().reading() as connection:
            way.hang()
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(Unreachable, match="doesn't answer"):
        ask_while_it_hangs()
    assert coin(far_model.current()) == 1


def test_what_half_a_statement_holds_at_the_server_is_let_go(far_model: ReadModel, way: FaultProxy) -> None:
    def write_while_it_hangs() -> None:
        with far_model.current().writing() as connection:
            driver: Any = connection.connection.dbapi_connection
            with driver.pipeline():
                driver.execute("UPDATE coins SET pence = 2")
                driver.pgconn.send_flush_request()
                driver.pgconn.flush()
                way.hang()

    with pytest.raises((Unreachable, psycopg.OperationalError)):
        write_while_it_hangs()
    with far_model.current().writing() as connection:
        assert connection.scalar(select(coins_table.c.pence)) == 1


def test_a_step_cut_off_by_a_crash_is_taken_again(
    postgres_bench: Bench, running: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    projector = postgres_bench.projector()
    postgres_bench.take(1, 2)
    catch_up(projector)
    postgres_bench.take(*[5] * 200)
    take = Projector.take

    def cut_off(self: Projector, *given: Any) -> None:
        take(self, *given)
        running.crash()

    with monkeypatch.context() as patch:
        patch.setattr(Projector, "take", cut_off)
        with pytest.raises(Unreachable):
            projector.step()
    with pytest.raises(Unreachable):
        projector.step()
    running.start()
    catch_up(projector)
    assert held(projector) == fold_log(postgres_bench.log)
    assert projector.parked() == []


@pytest.mark.parametrize("how", ["stop", "crash"])
def test_a_rebuild_cut_off_by_the_server_begins_again_by_itself(
    postgres_bench: Bench, running: PostgresServer, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("services.core.projector.REBUILD_PAGES", 1)
    projector = postgres_bench.projector()
    postgres_bench.take(*[1] * (3 * BATCH))
    reports = 0

    def report(position: int, head: int) -> None:
        nonlocal reports
        reports += 1
        if reports == 2:
            getattr(running, how)()
            threading.Timer(0.5, running.start).start()

    generation = projector.rebuild(report)
    assert reports == 2 + 3
    assert held(projector) == fold_log(postgres_bench.log)
    projector.rebuild()
    assert postgres_bench.kept.generations() == [projector.model.current().name] != [generation.name]


def test_a_rebuild_whose_lock_was_lost_writes_nothing_more(model: ReadModel, in_postgres: Kept) -> None:
    generation = model.begin()
    in_database(
        database_of(in_postgres.directory),
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'",
    )
    other = in_postgres.open().of(make_projection())
    other.swap(filled(other, 2))
    for _ in range(2):
        with pytest.raises(Unreachable), generation.writing():
            pass
    model.discard(generation)
    assert coin(model.current()) == 2


def test_a_rebuild_goes_unseen_and_a_swap_is_durable(postgres_bench: Bench, running: PostgresServer) -> None:
    projector = postgres_bench.projector()
    postgres_bench.take(1, 2, 5)
    projector.rebuild()
    running.crash()
    running.start()
    assert held(projector) == fold_log(postgres_bench.log)


@pytest.mark.parametrize(
    ("url", "words"),
    [("mysql://here/it", "must begin with postgresql://"), ("nonsense", "must look like postgresql://")],
)
def test_an_address_that_cant_be_used_is_named(url: str, words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        PostgresReadModels(url, 1)


def test_a_password_is_not_told(tmp_path: Path, running: PostgresServer) -> None:
    models = PostgresReadModels(running.url().replace("postgres@", "nobody:pa55word@"), 1)
    running.stop()
    with pytest.raises(Unreachable) as told:
        models.of(make_projection()).exists()
    assert "pa55word" not in str(told.value)
    models.close()
