"""What all tests share: how many rounds the random and the long ones go."""

import os

import pytest
from hypothesis import settings

from gateway.server import allow_open_files

SOAK = int(os.environ.get("SOAK", "1"))

settings.register_profile(
    "rounds",
    max_examples=100 * SOAK,
    deadline=None,  # a busy machine is not a fault
    derandomize=SOAK == 1,  # `make test` is repeatable; `make soak` looks further
)
settings.load_profile("rounds")
allow_open_files()  # several whole counties are open at once


@pytest.fixture(scope="session")
def soak() -> int:
    """1 under `make test`; under `make soak` the number of times over that a long test goes."""
    return SOAK
