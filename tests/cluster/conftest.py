import pytest

from tests.cluster import figures
from tests.engines.rabbitmq import RabbitMq, shared


@pytest.fixture(scope="session")
def broker() -> RabbitMq:
    """A running broker. Whoever stops it starts it again."""
    return shared()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures.TOLD:
        terminalreporter.section("faults survived")
        for line in figures.table():
            terminalreporter.write_line(line)
