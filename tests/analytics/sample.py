"""The sample county's files."""

import csv
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "services/sample_county/data"


def urns_of(file: Path) -> list[int]:
    """The schools that a file has rows about."""
    with file.open(encoding="utf-8", newline="") as rows:
        return sorted({int(row["URN"]) for row in csv.DictReader(rows)})
