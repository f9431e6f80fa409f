from collections.abc import Iterator

import pytest

from tests.who_may.small_county import TODAY, SmallCounty, opened_small_county


@pytest.fixture(scope="session")
def the_small_county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallCounty]:
    with opened_small_county(tmp_path_factory.mktemp("small_county")) as county:
        yield county


@pytest.fixture
def county(the_small_county: SmallCounty) -> SmallCounty:
    """The same for all tests, on its own day."""
    the_small_county.platform.on(TODAY)
    return the_small_county
