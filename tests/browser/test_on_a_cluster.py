"""The journey through a school's history, unchanged, on the system that `make cluster` brings up."""

from collections.abc import Iterator

import pytest

from tests.browser.test_history import *  # noqa: F403 - the journey's tests run here
from tests.deploy.started import needs_engines, own_environment, printed_until, started

pytestmark = needs_engines


@pytest.fixture(scope="module")
def county_address() -> Iterator[str]:
    """Where the gateway of the cluster serves the sample county."""
    with own_environment(SAMPLE_COUNTY="1", DEMONSTRATION="0") as environment, started(environment) as process:
        printed_until(process, "Logs of each process")
        yield f"http://127.0.0.1:{environment['PORT']}"
