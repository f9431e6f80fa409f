"""The sample county, loaded once for all tests that want it; a test that changes anything takes a copy."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from services.core.settings import Settings
from services.sample_county.loader import Loaded, load
from services.wiring import open_runtime


@cache
def loaded() -> tuple[Path, Loaded]:
    """The directory of a loaded county, to be read only, and what the loading did."""
    directory = Path(tempfile.mkdtemp(prefix="county-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    with open_runtime(Settings(data_dir=directory), threads=False) as runtime:
        return directory, load(runtime)


def copy_of(county: Path, to: Path) -> Path:
    return shutil.copytree(county, to, symlinks=True)
