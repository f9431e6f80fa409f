"""What is printed of a row, and the line that is kept of it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.harness import Outcome


def table(outcome: Outcome) -> str:
    """A row as people read it: each goal with its least, median and most, then the median of each figure."""
    row = outcome.row
    lines = [f"{row.name}: {row.title} ({outcome.rounds} rounds)"]
    for goal, found in zip(row.goals, outcome.found, strict=True):
        verdict = "met" if goal.met(found) else "MISSED"
        judged = " in every round" if goal.worst else ""
        lines.append(
            f"  {goal.label:<38} {found.least:8.2f} {found.median:8.2f} {found.most:8.2f}"
            f"   {goal.words()}{judged}: {verdict}"
        )
    figures = ", ".join(f"{name} {value:,.4g}" for name, value in outcome.figures.items())
    return "\n".join([*lines, f"  medians in {row.unit}: {figures}"])


def record(outcome: Outcome, size: str, at: datetime, surroundings: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is kept: the same, with when, on what and of which revision it was measured."""
    goals = [
        {
            "goal": f"{goal.label}: {goal.words()}",
            "min": found.least,
            "median": found.median,
            "max": found.most,
            "met": goal.met(found),
        }
        for goal, found in zip(outcome.row.goals, outcome.found, strict=True)
    ]
    return {
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "row": outcome.row.name,
        "size": size,
        "rounds": outcome.rounds,
        "goals": goals,
        "unit": outcome.row.unit,
        "figures": outcome.figures,
        **surroundings,
    }


def append(path: Path, line: Mapping[str, Any]) -> None:
    """Add one line to the file of results, which is never rewritten."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
