"""Plays a script through the real commands, with the clock turned to each step's moment.

Every command's id is made of its step: a play that was cut short begins again and repeats nothing."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.core.authorisation import Actor, Forbidden
from services.core.deciders import Refused
from services.core.log import count
from services.core.runtime import Runtime
from services.core.schemas import Invalid
from services.demonstration.clock import Clock
from services.demonstration.script import Step, Steps

STEPS = UUID("6c2b1c0e-6f53-4d3f-9a0c-5a1f0c7f4b1d")
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What a play did, its policies included."""

    commands: int
    events: int
    seconds: float


class OutOfScript(Exception):
    """A step was refused: the script does not fit the rules. The text names the step and the reason."""


def play(runtime: Runtime, clock: Clock, steps: Steps, seed: int, report: Report = lambda _done, _of: None) -> Played:
    """Carry out every step in order; what follows from a day's steps happens before the next day.

    `runtime` has no threads and the clock as its own. Raises OutOfScript."""
    started, before = time.perf_counter(), runtime.log.head()
    day = None
    for done, step in enumerate(steps):
        if step.day != day:
            runtime.settle(projections=False)
            day = step.day
            report(done, len(steps))
        clock.turn_to(step.day, step.at)
        carry_out(runtime, step, seed)
    runtime.settle()
    report(len(steps), len(steps))
    return Played(len(steps), count(runtime.log, before), time.perf_counter() - started)


def carry_out(runtime: Runtime, step: Step, seed: int) -> None:
    """One step, by the clock as it stands. The same step again is the same command. Raises OutOfScript."""
    if callable(step.fields):
        runtime.settle()
        fields = step.fields(runtime)
    else:
        fields = step.fields
    if fields is None:
        return
    said = json.dumps([seed, step.day, step.at, step.person, step.command, fields], sort_keys=True, default=str)
    try:
        runtime.handle(
            step.command, fields, actor=Actor(step.person), command_id=uuid5(STEPS, said), reason=step.reason
        )
    except (Refused, Invalid, Forbidden) as error:
        moment = f"{step.day:%-d %B %Y} {step.at:%H:%M}"
        raise OutOfScript(f"{moment}, {step.person}: {step.command} {fields}: {error}") from error
