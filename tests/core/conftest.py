"""The toy service, and read models: what is tested of these is tested of both kinds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from services.core.runtime import Runtime
from tests.core.kept import Kept, kept
from tests.core.toy import open_toy
from tests.core.workbench import Bench


@pytest.fixture(params=["files", "postgres"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """Read models in files, and again in PostgreSQL."""
    with kept(tmp_path / "kept", request.param) as where:
        yield where


@pytest.fixture
def in_postgres(tmp_path: Path) -> Iterator[Kept]:
    with kept(tmp_path / "kept", "postgres") as where:
        yield where


@pytest.fixture
def bench(both: Kept) -> Iterator[Bench]:
    bench = Bench(both)
    yield bench
    bench.close()


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    runtime = open_toy(tmp_path / "data")
    yield runtime
    runtime.close()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Runtime]:
    """With its threads running."""
    runtime = open_toy(tmp_path / "live", threads=True)
    yield runtime
    runtime.close()


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What is logged during the test."""
    structlog.reset_defaults()  # another test may have set a level
    with capture_logs() as lines:
        yield lines
