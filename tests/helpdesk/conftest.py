from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from tests.platform import Platform, opened_platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """On Thursday 8 March 2012, at half past nine."""
    with opened_platform(tmp_path) as platform:
        yield platform.on(date(2012, 3, 8), time(9, 30))
