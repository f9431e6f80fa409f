"""A service whose policies answer each other: a bell rings, an echo is heard, and the bell rings again."""

from pathlib import Path
from typing import Any

from services.core.authorisation import allow
from services.core.commands import Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event, event
from services.core.key_place import keys_in_file
from services.core.keys import KeyStore
from services.core.policies import Effect, Policy
from services.core.runtime import Runtime
from services.core.service import Handles, Service
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from tests.core.toy import nobody


@event("rings.BellRung")
class BellRung(Event, frozen=True, gc=False):
    urn: int
    left: int

    def says(self) -> str:
        return "A bell rang"


@event("rings.EchoHeard")
class EchoHeard(Event, frozen=True, gc=False):
    urn: int
    left: int

    def says(self) -> str:
        return "An echo was heard"


@command("rings.Ring")
class Ring(Command, frozen=True):
    """Ring a bell that has so many echoes."""

    urn: Urn
    left: int


@command("rings.Hear")
class Hear(Command, frozen=True):
    urn: int
    left: int


class Rules:
    """What the decider and the policies of these tests do can be changed by a test."""

    def __init__(self) -> None:
        self.refusing = False
        self.failing: Exception | None = None
        self.answered: list[int] = []
        self.effects: list[int] = []

    def decide(self, command: Ring | Hear, state: None, context: Context) -> list[Event]:
        if isinstance(command, Ring):
            return [BellRung(command.urn, command.left)]
        if self.refusing:
            raise Refused("Nobody is listening.")
        return [EchoHeard(command.urn, command.left)]

    def answer(self, event: BellRung, recorded: Any) -> Hear | None:
        self.answered.append(recorded.position)
        if self.failing:
            raise self.failing
        return Hear(event.urn, event.left - 1) if event.left else None

    def again(self, event: EchoHeard, recorded: Any) -> Ring | None:
        return Ring(event.urn, event.left - 1) if event.left else None

    def note(self, event: BellRung, keys: KeyStore) -> None:
        if self.failing:
            raise self.failing
        self.effects.append(event.urn)


def open_rings(directory: Path, rules: Rules) -> Runtime:
    directory.mkdir(exist_ok=True)
    decider: Decider[None, Any] = Decider(initial=None, decide=rules.decide, evolve=lambda state, event: state)
    rings = Service(
        "rings",
        commands=[
            Handles(Ring, decider, lambda command: f"rings.bell-{command.urn}", allow()),
            Handles(Hear, decider, lambda command: f"rings.echo-{command.urn}", allow()),
        ],
        policies=[
            Policy("rings.answer", on=BellRung, then=rules.answer),
            Policy("rings.again", on=EchoHeard, then=rules.again),
            Effect("rings.note", on=BellRung, do=rules.note),
        ],
    )
    log, keys = SqliteLog(directory / "events.db"), keys_in_file(directory / "keys.db")
    return Runtime(Settings(data_dir=directory, threads=1), [rings], log, keys, nobody, threads=False)
