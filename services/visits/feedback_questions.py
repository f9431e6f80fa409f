"""What the feedback form of visit 4 asks: about the service, and about nothing else."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

_QUESTIONS = Path(__file__).parent / "feedback_questions.csv"


class Question(Struct, frozen=True):
    """A statement to agree with from 1 (not at all) to 5 (fully), on forms of visits from `begins` until the day
    before `ends`."""

    code: str
    begins: date
    ends: date | None
    words: str


def questions_on(day: date) -> tuple[Question, ...]:
    """The form for a visit of that day, in its order."""
    return tuple(each for each in _questions() if each.begins <= day and (each.ends is None or day < each.ends))


@cache
def _questions() -> tuple[Question, ...]:
    with _QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Question(
            row["code"],
            date.fromisoformat(row["begins"]),
            date.fromisoformat(row["ends"]) if row["ends"] else None,
            row["question"],
        )
        for row in rows
    )
