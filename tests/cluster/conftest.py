import pytest

from tests.engines.rabbitmq import RabbitMq, shared


@pytest.fixture(scope="session")
def broker() -> RabbitMq:
    """A running broker. Whoever stops it starts it again."""
    return shared()
