"""Reading what is deployed."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def read_yaml(name: str) -> Any:
    """A file of deploy/ as plain values."""
    return yaml.safe_load((DEPLOY / name).read_text())
