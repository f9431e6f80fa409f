"""School-years under crashes, repeats and reorders, and what they must come to."""

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from services.core import policies, projector
from services.core.authorisation import Forbidden
from services.core.read_db import move_checkpoint
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.demonstration.clock import Clock
from services.demonstration.player import OutOfScript, carry_out
from services.demonstration.script import Step
from services.wiring import open_runtime

MOMENTS = ("before a commit", "after a commit", "checkpoint of rows", "checkpoint of a policy")


class Crash(BaseException):
    """The process ends here."""


class SchoolYears:
    """A play of school-years in which the process may end at any commit, and steps come twice or out of order."""

    def __init__(self, directory: Path, clock: Clock, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.settings, self.clock = Settings(data_dir=directory), clock
        self.seed, self.dice = seed, random.Random(seed)
        self.crash_at, self.crashes, self.repeats = "", 0, 0
        commit = SqliteLog._commit

        def committing(log: SqliteLog, batch: list[Any]) -> None:
            self._may_crash("before a commit")
            commit(log, batch)
            self._may_crash("after a commit")

        def checkpointing(moment: str) -> Callable[..., None]:
            def moving(*given: Any) -> None:
                self._may_crash(moment)
                move_checkpoint(*given)

            return moving

        patch.setattr(SqliteLog, "_commit", committing)
        patch.setattr(projector, "move_checkpoint", checkpointing("checkpoint of rows"))
        patch.setattr(policies, "move_checkpoint", checkpointing("checkpoint of a policy"))
        self._open()

    def play(self, steps: Sequence[Step]) -> None:
        """Every step at least once, by day; in between repeats, crashes, policies in any order, lost read models."""
        done: list[Step] = []
        for day in _by_day(steps):
            for step in self._reordered(day):
                self._surely(step)
                if not callable(step.fields):
                    done.append(step)
                if done and self.dice.random() < 0.1:
                    self._repeat(self.dice.choice(done))
            if self.dice.random() < 0.01:
                self.close()
                shutil.rmtree(self.settings.data_dir / "read")
                self._open()
            self._follow_up()
        self.runtime.settle()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def _open(self) -> None:
        self._opened = open_runtime(self.settings, threads=False, clock=self.clock)
        self.runtime: Runtime = self._opened.__enter__()

    def _may_crash(self, moment: str) -> None:
        if self.crash_at == moment:
            self.crash_at = ""
            raise Crash(moment)

    def _surely(self, step: Step) -> None:
        self.clock.turn_to(step.day, step.at)
        self._until_done(lambda: carry_out(self.runtime, step, self.seed), chance=0.03)

    def _repeat(self, step: Step) -> None:
        head = self.runtime.log.head()
        try:
            carry_out(self.runtime, step, self.seed)
        except OutOfScript as error:
            # Whoever has left the role since is turned away before anybody looks whether it was done.
            if not isinstance(error.__cause__, Forbidden):
                raise
        assert self.runtime.log.head() == head, f"{step.command} sent twice has two effects"
        self.repeats += 1

    def _follow_up(self) -> None:
        """What follows from the day, by policies in any order."""
        self.dice.shuffle(self.runtime.policies)
        projections = self.dice.random() < 0.1
        self._until_done(lambda: self.runtime.settle(projections=projections), chance=0.2)

    def _until_done(self, act: Callable[[], object], chance: float) -> None:
        """The act, begun again after a crash, as a person or the process itself would."""
        self.crash_at = self.dice.choice(MOMENTS) if self.dice.random() < chance else ""
        while True:
            try:
                act()
            except Crash:
                self.crashes += 1
                self.close()
                self._open()
            else:
                self.crash_at = ""
                return

    def _reordered(self, day: Sequence[Step]) -> list[Step]:
        """The steps of a day: the county's own first, then those of each school in their order, the schools in any."""
        lanes: dict[object, list[Step]] = {}
        for step in day:
            lanes.setdefault(_lane(step), []).append(step)
        names = list(lanes)
        county = [name for name in names if name is None]
        schools = [name for name in names if name is not None]
        self.dice.shuffle(schools)
        return [step for name in (*county, *schools) for step in lanes[name]]


def _lane(step: Step) -> object:
    """One school's steps, the help-line's, or the county's own; a tenure stands on its person's stream, whatever
    schools it is at."""
    fields = step.fields if isinstance(step.fields, dict) else {}
    if "call" in fields:
        return "desk"
    return fields.get("urn") if "person" not in fields else None


def _by_day(steps: Sequence[Step]) -> list[list[Step]]:
    days: dict[object, list[Step]] = {}
    for step in steps:
        days.setdefault(step.day, []).append(step)
    return list(days.values())
