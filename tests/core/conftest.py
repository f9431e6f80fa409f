"""What is tested of read models is tested of both kinds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.kept import Kept, kept
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
