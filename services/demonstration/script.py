"""What a demonstration is made of: steps, each one command by one person at one moment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from services.core.runtime import Runtime

Fields = dict[str, Any] | Callable[[Runtime], dict[str, Any] | None]
"""A command's fields, or how to find them at that moment; None leaves the step out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command to carry out on a day at a time (London), by a person, with the reason that they give."""

    day: date
    at: time
    person: str
    command: str
    fields: Fields
    reason: str | None = None


@dataclass(slots=True)
class Script:
    """Steps as they were written; those of one moment stay in the order of writing."""

    steps: list[Step] = field(default_factory=list)

    def add(self, day: date, at: time, person: str, command: str, because: str | None = None, /, **fields: Any) -> None:
        self.steps.append(Step(day, at, person, command, fields, because))

    def find(
        self, day: date, at: time, person: str, command: str, fields: Callable[[Runtime], dict[str, Any] | None]
    ) -> None:
        """A step whose fields can only be known when it comes to it."""
        self.steps.append(Step(day, at, person, command, fields))

    def until(self, last: date) -> list[Step]:
        """The steps up to a day, that day included, in order of time."""
        return sorted((step for step in self.steps if step.day <= last), key=lambda step: (step.day, step.at))


def merged(scripts: Iterable[Script], last: date) -> list[Step]:
    """The steps of all scripts up to a day, in order of time."""
    whole = Script([step for script in scripts for step in script.steps])
    return whole.until(last)


Steps = Sequence[Step]
