"""The log in EventStoreDB / KurrentDB keeps the contract of every log; here its stand-in answers.

`KURRENTDB_URL=esdb://... pytest tests/core/test_kurrentdb_log.py` runs the contract on a real server as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.kurrentdb_log import KurrentDbLog
from tests.core.log_contract import *  # noqa: F403 - the contract's tests run here
from tests.engines.kurrentdb.server import serving


@pytest.fixture
def log(tmp_path: Path) -> Iterator[KurrentDbLog]:
    with serving(tmp_path) as url:
        log = KurrentDbLog(url)
        yield log
        log.close()
