from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform import Platform as Whole
from tests.platform import opened_platform
from tests.scheduling.platform import Platform
from tests.scheduling.year import opened_year


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    opened = Platform(tmp_path)
    yield opened
    opened.runtime.close()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    """Every service, with a school, its people and a clock that the test turns."""
    with opened_platform(tmp_path) as opened:
        yield opened


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Whole]:
    """The whole platform with a school that has its Link Adviser, on 1 September 2011."""
    with opened_year(tmp_path) as platform:
        yield platform
