"""The core in a random order of steps and crashes, each run made of one seed; after each step all equals a fold.

A seed that fails is a test that can be repeated: `Simulation(directory, seed).run()`."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from services.core import policies, projector
from services.core.deciders import Refused
from services.core.envelope import RecordedEvent
from services.core.log import pages
from services.core.projector import Projector
from services.core.read_db import move_checkpoint
from services.core.runtime import Runtime
from services.core.sqlite_log import SqliteLog
from tests.core.by_hand import fold, tables
from tests.core.toy import OPERATOR, Greeted, TillOpened, open_toy

SEEDS = 12
STEPS = 80
URNS = range(120001, 120006)


class Crash(BaseException):
    """The process ends here."""


class Simulation:
    """One platform, the dice, and what was acknowledged so far."""

    def __init__(self, directory: Path, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.directory, self.dice = directory, random.Random(seed)
        self.acknowledged: dict[UUID, int] = {}
        self.crash_at: str | None = None
        patch.setattr(projector, "move_checkpoint", self._crashing("checkpoint of rows", move_checkpoint))
        patch.setattr(policies, "move_checkpoint", self._crashing("checkpoint of a policy", move_checkpoint))
        self.runtime = self._open()

    def _crashing(self, moment: str, function: Callable[..., None]) -> Callable[..., None]:
        def run(*given: object) -> None:
            if self.crash_at == moment:
                raise Crash(moment)
            function(*given)

        return run

    def _open(self) -> Runtime:
        self.directory.mkdir(exist_ok=True)
        commit = self._crashing("commit", lambda: None)
        return open_toy(self.directory, log=SqliteLog(self.directory / "events.db", before_commit=commit))

    def run(self) -> None:
        steps = [self.command] * 6 + [self.repeat, self.project, self.project, self.act, self.act, self.rebuild]
        steps += [self.retry, self.restart, self.lose_read_models]
        for _ in range(STEPS):
            self.crash_at = self.dice.choice([None] * 8 + ["commit", "checkpoint of rows", "checkpoint of a policy"])
            step = self.dice.choice(steps)
            try:
                step()
            except Crash:
                self.restart()
            self.crash_at = None
            self.check()
        self.runtime.settle()
        self.check()
        self.check_policies()
        self.runtime.close()

    # Steps

    def command(self) -> None:
        urn, command_id = self.dice.choice(URNS), UUID(int=self.dice.getrandbits(128), version=4)
        coin: dict[str, object] = {"pence": self.dice.choice([1, 2, 5, 10, 13])}
        choices: list[tuple[str, dict[str, object]]] = [
            ("OpenTill", {}),
            ("Greet", {}),
            ("NamePatron", {"person": "p-1", "name": "Jo Bloggs"}),
            *[("TakeCoin", coin)] * 5,
        ]
        name, more = self.dice.choice(choices)
        try:
            result = self.runtime.handle(f"toy.{name}", {"urn": urn, **more}, actor=OPERATOR, command_id=command_id)
        except Refused:
            return
        self.acknowledged[command_id] = result.position

    def repeat(self) -> None:
        """A command that was acknowledged comes again, and gives the same again."""
        if self.acknowledged:
            command_id = self.dice.choice(list(self.acknowledged))
            (recorded,) = (each for each in self.events() if each.metadata.command_id == command_id)
            data = {"urn": int(recorded.stream.rpartition("-")[2])}
            again = self.runtime.handle("toy.OpenTill", data, actor=OPERATOR, command_id=command_id)
            assert again.repeated
            assert again.position == self.acknowledged[command_id]

    def project(self) -> None:
        self.projector.step()

    def act(self) -> None:
        self.dice.choice(self.runtime.policies).step()

    def rebuild(self) -> None:
        self.projector.rebuild()

    def retry(self) -> None:
        self.projector.retry()

    def restart(self) -> None:
        self.crash_at = None
        self.runtime.close()
        self.runtime = self._open()

    def lose_read_models(self) -> None:
        shutil.rmtree(self.directory / "read", ignore_errors=True)

    # What must hold

    @property
    def projector(self) -> Projector:
        return self.runtime.projectors["toy.tills"]

    def events(self) -> list[RecordedEvent]:
        return [recorded for page in pages(self.runtime.log) for recorded in page]

    def check(self) -> None:
        events, position = self.events(), self.projector.position()
        with self.projector.model.current().reading() as connection:
            assert tables(connection) == fold(recorded for recorded in events if recorded.position <= position)
        stored = {recorded.metadata.command_id: recorded.position for recorded in events}
        assert self.acknowledged.items() <= stored.items()
        assert len({recorded.event_id for recorded in events}) == len(events)

    def check_policies(self) -> None:
        events = self.events()
        due = [uuid5(recorded.id, "toy.greet") for recorded in events if isinstance(recorded.data, TillOpened)]
        greeted = [
            recorded.metadata.command_id
            for recorded in events
            if isinstance(recorded.data, Greeted) and recorded.metadata.actor == "toy.greet"
        ]
        assert greeted == due


def test_any_order_of_steps_and_crashes_comes_out_right(
    tmp_path: Path, soak: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(SEEDS * soak):
        directory = tmp_path / "simulation"
        try:
            Simulation(directory, seed, monkeypatch).run()
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        shutil.rmtree(directory)
