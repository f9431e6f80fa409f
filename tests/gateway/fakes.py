"""A runtime that remembers what it was asked, for tests of the gateway alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.core.authorisation import Actor, Role, Tenure
from services.core.deciders import Result
from services.core.events import Event
from services.core.runtime import Answer
from services.scheduling.queries.schools import CountyOverview


@dataclass
class FakeRuntime:
    """Does every command once by id, unless `trouble` raises; `lost` is raised once it is done. Pages see it unless
    `lags`. Its county has no schools."""

    roles: tuple[str, ...] = ("adviser",)
    trouble: Exception | None = None
    lost: Exception | None = None
    lags: bool = False
    log: Any = None
    done: dict[UUID, tuple[str, dict[str, Any], Actor]] = field(default_factory=dict)
    answers: dict[str, Callable[..., Any]] = field(
        default_factory=lambda: {
            "scheduling.CountySchools": lambda: CountyOverview([], {}, {}, {}, {}),
            "scheduling.AdviserVisits": lambda **asked: (),
            "scheduling.AdviserDetails": lambda **asked: None,
            "visits.DraftsOf": lambda **asked: (),
            "helpdesk.InspectionBoard": lambda: (),
        }
    )

    def handle(
        self,
        name: str,
        data: Mapping[str, Any],
        *,
        actor: Actor,
        command_id: UUID,
        reason: str | None = None,
    ) -> Result:
        self._fail()
        self.done[command_id] = (name, dict(data), actor)
        if self.lost:
            raise self.lost
        return Result("fake", 1, len(self.done))

    def rehearse(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> list[Event]:
        self._fail()
        return []

    def ask(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Answer:
        self._fail()
        return Answer(self.answers[name](**data), datetime(2012, 3, 1, 9, 5, tzinfo=UTC), 1)

    def ask_ahead(self, questions: Sequence[tuple[str, Mapping[str, Any]]], *, actor: Actor) -> list[Answer | None]:
        return [None] * len(questions)

    def wait_for(self, position: int, timeout: float) -> bool:
        return not self.lags

    def tenures(self, actor: Actor) -> list[Tenure]:
        return [Tenure(Role(role), None, date(2011, 9, 1)) for role in self.roles]

    def may(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> bool:
        return True

    def now(self) -> datetime:
        return datetime(2012, 3, 1, 9, 5, tzinfo=UTC)

    def health(self) -> dict[str, Any]:
        self._fail()
        return {"head": len(self.done)}

    def measure(self) -> None: ...

    def _fail(self) -> None:
        if self.trouble:
            raise self.trouble
