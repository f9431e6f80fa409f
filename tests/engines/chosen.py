"""Where the tests of the services keep read models and keys: in files, or with TEST_POSTGRES=1 in PostgreSQL."""

import os
from pathlib import Path
from typing import Any

from services.core.keys import KeyStore
from services.core.read_db import ReadModels
from services.core.settings import Settings
from services.wiring import key_store, models_kept
from tests.engines.postgres import database_of


def settings_in(directory: Path, **engines: Any) -> Settings:
    """The settings of a platform in this directory; `engines` are those of whatever keeps its data elsewhere."""
    if "TEST_POSTGRES" in os.environ:
        engines.setdefault("postgres_url", database_of(directory))
    return Settings(data_dir=directory, **engines)


def models_in(directory: Path) -> ReadModels:
    return models_kept(settings_in(directory), readers=1)


def keys_in(directory: Path) -> KeyStore:
    return key_store(settings_in(directory))
