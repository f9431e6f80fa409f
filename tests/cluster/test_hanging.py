"""Connections that hang without closing: whoever waits on one gives it up for another, by itself."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.cluster.processes import until
from tests.cluster.system import System, opened_system
from tests.engines.kurrentdb.process import Double
from tests.engines.postgres import database_of, server
from tests.engines.rabbitmq import RabbitMq
from tests.engines.tcp_fault_proxy import FaultProxy


@dataclass(frozen=True)
class Ways:
    """Between the processes and the engines."""

    broker: FaultProxy
    log: FaultProxy
    database: FaultProxy


@pytest.fixture(scope="module")
def ways(broker: RabbitMq, log_server: Double) -> Iterator[Ways]:
    ports = broker.port, log_server.port, server().port
    with ExitStack() as opened:
        yield Ways(*(opened.enter_context(FaultProxy(port)) for port in ports))


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, ways: Ways) -> Iterator[System]:
    amqp_url = f"amqp://guest:guest@127.0.0.1:{ways.broker.port}//"
    kurrentdb_url = f"esdb://127.0.0.1:{ways.log.port}?Tls=false"
    directory = tmp_path_factory.mktemp("hanging")
    postgres_url = database_of(directory).replace(f":{server().port}/", f":{ways.database.port}/")
    with opened_system(directory, amqp_url, kurrentdb_url, postgres_url) as system:
        yield system


def hang(system: System, way: FaultProxy, fault: str) -> None:
    """Every connection on this way hangs; meanwhile the gateway says that it gets no answer, and counts it."""
    lost = system.lost_calls()

    def meanwhile() -> None:
        until(lambda: "gave no answer in time" in "".join(system.wrong("gateway")))
        assert system.lost_calls() > lost

    system.survives(fault, way.hang, meanwhile)


def test_a_connection_to_the_broker_that_hangs_without_closing(system: System, ways: Ways) -> None:
    hang(system, ways.broker, "connections to the broker hang")


def test_a_connection_to_the_log_server_that_hangs_without_closing(system: System, ways: Ways) -> None:
    hang(system, ways.log, "connections to the log hang")


def test_a_connection_to_the_database_that_hangs_without_closing(system: System, ways: Ways) -> None:
    hang(system, ways.database, "connections to the database hang")
