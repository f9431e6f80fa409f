"""One row of the benchmark: its contestants, its goals, and how its rounds are judged.

A row runs its contestants one after the other, round after round, so that a slow moment of the machine falls on
all of them. Each round gives its own ratios, and the median of those is judged. The first round only warms."""

import gc
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import ParamSpec

import msgspec

from tests.bench.sizes import Sizes

P = ParamSpec("P")

Sample = dict[str, float]
"""One round: a figure for each contestant, such as events a second or milliseconds."""


class Goal(msgspec.Struct, frozen=True):
    """A bound on one figure, or on its ratio to another figure of the same round."""

    label: str
    of: str
    beside: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    worst: bool = False
    """judged on the worst round rather than on the median"""

    def figure(self, sample: Sample) -> float:
        return sample[self.of] / (sample[self.beside] if self.beside else 1.0)

    def words(self) -> str:
        return f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"

    def met(self, found: "Spread") -> bool:
        if self.at_least is not None:
            return (found.least if self.worst else found.median) >= self.at_least
        assert self.at_most is not None, f"{self.label} has no bound"
        return (found.most if self.worst else found.median) <= self.at_most


class Spread(msgspec.Struct, frozen=True):
    """Least, median and most over the rounds of one run."""

    least: float
    median: float
    most: float


class Row(msgspec.Struct, frozen=True):
    """One line of the table of goals. `rounds` yields samples for as long as it is asked."""

    name: str
    title: str
    unit: str
    goals: tuple[Goal, ...]
    rounds: Callable[[Sizes, Path], Iterator[Sample]]
    long: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What one run of a row found: each goal's spread, and the median of each figure."""

    row: Row
    rounds: int
    found: tuple[Spread, ...]
    figures: dict[str, float]


def run(row: Row, sizes: Sizes, directory: Path) -> Outcome:
    """Run one row in a directory that is empty or holds stock laid down by an earlier row."""
    rounds = sizes.long_rounds if row.long else sizes.rounds
    samples = list(islice(row.rounds(sizes, directory), 1 + rounds))[1:]
    return Outcome(
        row=row,
        rounds=len(samples),
        found=tuple(spread([goal.figure(sample) for sample in samples]) for goal in row.goals),
        figures={name: median(sample[name] for sample in samples) for name in samples[0]},
    )


def spread(values: list[float]) -> Spread:
    return Spread(min(values), median(values), max(values))


def seconds(work: Callable[P, object], *arguments: P.args, **named: P.kwargs) -> float:
    """How long some work takes, begun with no rubbish left by the work before."""
    gc.collect()
    began = perf_counter()
    work(*arguments, **named)
    return perf_counter() - began
