"""A whole platform of its own for a test, with one school, its people, and a clock that the test turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.core.authorisation import Actor
from services.core.deciders import Result
from services.core.envelope import RecordedEvent
from services.core.events import Event
from services.core.log import pages
from services.core.runtime import Runtime
from services.core.times import LONDON, to_micros
from services.wiring import OPERATOR, open_runtime
from tests.engines.chosen import settings_in

SCHOOL = 120777
SCHOOL_ROW: dict[str, Any] = {
    "urn": SCHOOL,
    "name": "Aldborough Primary School",
    "la_code": "926",
    "establishment_number": "3000",
    "school_type": "Foundation school",
    "type_group": "Local authority maintained schools",
    "status": "Open",
    "phase": "Primary",
    "effective_on": "2011-09-01",
}
PEOPLE = {
    "adviser": "adviser",
    "adviser-2": "adviser",
    "manager": "programme_manager",
    "officer": "programme_officer",
    "finance": "finance",
    "auditor": "auditor",
    "duty": "duty_officer",
    "duty-manager": "duty_manager",
    "team": "achievement_and_intervention",
    "dpo": "data_protection_officer",
    "head": "headteacher",
    "chair": "chair_of_governors",
}
"""Everybody by the identifier of the person, with the one role that each holds since 1 September 2011."""


class Platform:
    """`on` turns the clock; `do` and `ask` go through the doors as the person named (None is the operator)."""

    def __init__(self, runtime: Runtime, clock: list[int]) -> None:
        self.runtime, self._clock = runtime, clock

    def on(self, day: date, at: time = time(10)) -> "Platform":
        """Make it that day and time in London."""
        self._clock[0] = to_micros(datetime.combine(day, at, LONDON))
        return self

    def do(self, name: str, /, *, by: Any = None, because: Any = None, again: Any = None, **fields: Any) -> Result:
        """Carry out a command, then let everything that follows from it happen: by a person, because of a reason, or
        under the id of a command sent before. Raises as Runtime.handle does."""
        actor = OPERATOR if by is None else Actor(by)
        result = self.runtime.handle(name, fields, actor=actor, command_id=again or uuid4(), reason=because)
        self.runtime.settle()
        return result

    def ask(self, name: str, /, *, by: str | None = None, **fields: Any) -> Any:
        """The value that a query answers. Raises as Runtime.ask does."""
        return self.runtime.ask(name, fields, actor=OPERATOR if by is None else Actor(by)).value

    def recorded(self, *types: type[Event]) -> list[RecordedEvent]:
        """What the log holds, of these types or of all, in order."""
        names = [cls.type_name for cls in types] or None
        return [event for page in pages(self.runtime.log) for event in page if names is None or event.type in names]

    def events(self, *types: type[Event]) -> list[Any]:
        """The data of what the log holds, of these types or of all, in order."""
        return [recorded.data for recorded in self.recorded(*types)]

    def add_person(self, person: str, role: str, begins: date, urn: int | None = None) -> None:
        self.do("scheduling.RegisterPerson", person=person, name=person.title())
        self.do("scheduling.BeginTenure", person=person, role=role, urn=urn, begins=begins.isoformat())

    def parked(self) -> list[dict[str, Any]]:
        """What policies were refused."""
        return [row for policy in self.runtime.policies for row in policy.parked()]


@contextmanager
def opened_platform(directory: Path, *, threads: bool = False, **engines: Any) -> Iterator[Platform]:
    """A platform in an empty directory, on 1 September 2011, with SCHOOL and PEOPLE in it; `engines` are the settings
    of whatever keeps its data elsewhere, all empty."""
    clock = [0]
    settings = settings_in(directory, **engines)
    with open_runtime(settings, threads=threads, clock=lambda: clock[0]) as runtime:
        platform = Platform(runtime, clock).on(date(2011, 9, 1))
        platform.do("scheduling.RecordSchool", **SCHOOL_ROW)
        for person, role in PEOPLE.items():
            urn = SCHOOL if role in ("headteacher", "chair_of_governors") else None
            platform.add_person(person, role, date(2011, 9, 1), urn)
        yield platform
