"""The scheduling service alone on a runtime without threads, on a day of the test's choosing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.core.authorisation import Actor, Role
from services.core.deciders import Result
from services.core.events import Dated, Event
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.core.times import to_micros
from services.scheduling.person import tenures_of
from services.scheduling.service import scheduling
from tests.engines.chosen import keys_in, models_in

OPERATOR = Actor("operator", platform=True)
ROW: dict[str, Any] = {
    "urn": 120777,
    "name": "Aldborough Primary School",
    "la_code": "926",
    "establishment_number": "2000",
    "school_type": "Community school",
    "type_group": "Local authority maintained schools",
    "status": "Open",
    "phase": "Primary",
    "effective_on": date(2022, 7, 1),
}


class Platform:
    """A runtime whose questions are answered from up-to-date read models."""

    def __init__(self, directory: Path, today: date = date(2022, 9, 1)) -> None:
        self.directory, self.today = directory, today
        self.runtime = Runtime(
            Settings(data_dir=directory),
            [scheduling],
            SqliteLog(directory / "events.db"),
            keys_in(directory),
            tenures_of,
            models=models_in(directory),
            threads=False,
            clock=lambda: to_micros(datetime.combine(self.today, time(12), UTC)),
        )

    def do(
        self,
        command: str,
        /,
        actor: Actor = OPERATOR,
        reason: str | None = None,
        command_id: UUID | None = None,
        **data: Any,
    ) -> Result:
        return self.runtime.handle(
            f"scheduling.{command}", data, actor=actor, command_id=command_id or uuid4(), reason=reason
        )

    def ask(self, query: str, /, actor: Actor = OPERATOR, **data: Any) -> Any:
        self.runtime.settle()
        return self.runtime.ask(f"scheduling.{query}", data, actor=actor).value

    def handle(self, name: str, data: Mapping[str, Any]) -> Result:
        """The door that importers are given."""
        return self.runtime.handle(name, data, actor=OPERATOR, command_id=uuid4())

    def rehearse(self, name: str, data: Mapping[str, Any]) -> Sequence[Event | Dated]:
        return self.runtime.rehearse(name, data, actor=OPERATOR)

    def appoint(self, person: str, role: Role, begins: date, urn: int | None = None, ends: date | None = None) -> Actor:
        """Somebody registered as "Someone called <person>" who holds a role."""
        self.do("RegisterPerson", person=person, name=f"Someone called {person}")
        self.do("BeginTenure", person=person, role=role.value, begins=begins, urn=urn)
        if ends is not None:
            self.do("EndTenure", person=person, role=role.value, ends=ends, urn=urn)
        return Actor(person)
