from collections.abc import Iterator

import pytest

from tests.cluster import figures
from tests.engines.kurrentdb.process import Double
from tests.engines.postgres import PostgresServer, server
from tests.engines.rabbitmq import RabbitMq, shared


@pytest.fixture(scope="session")
def broker() -> RabbitMq:
    """A running broker. Whoever stops it starts it again."""
    return shared()


@pytest.fixture(scope="module")
def log_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    """The stand-in for EventStoreDB, running. Whoever stops it starts it again."""
    server = Double(tmp_path_factory.mktemp("log")).start()
    yield server
    server.stop()


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    """The PostgreSQL of all tests. Who stops it finds it started again afterwards."""
    yield server()
    server().run()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures.TOLD:
        terminalreporter.section("faults survived")
        for line in figures.table():
            terminalreporter.write_line(line)
