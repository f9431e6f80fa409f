from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scheduling.platform import Platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    opened = Platform(tmp_path)
    yield opened
    opened.runtime.close()
