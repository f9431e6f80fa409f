"""The only door from the gateway to the services: embedded today, remote calls when services run apart."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, get_args
from uuid import UUID, uuid4

from msgspec.structs import asdict

from services.analytics.importing import import_area_figures, import_inspections, import_ks2
from services.analytics.markers import marker
from services.analytics.measures import MEASURES
from services.core.authorisation import Actor, Forbidden, Role, Tenure
from services.core.deciders import Refused, Result
from services.core.events import Dated, Event
from services.core.log import Conflict, EventLog, LogUnavailable, NoSuchPosition, OutcomeUnknown
from services.core.public_feed import PublicPage, UnknownType, awaited_page
from services.core.runtime import Answer
from services.core.schemas import Invalid
from services.core.times import BEFORE_RECORDS
from services.core.uploads import RefusedRow, UnreadableUpload
from services.scheduling.importing import import_links, import_schools
from services.visits.concern import Aspect

__all__ = [
    "BEFORE_RECORDS",
    "CONCERN_ASPECTS",
    "COUNTY_ROLES",
    "MEASURES",
    "Answer",
    "Clients",
    "Conflict",
    "Forbidden",
    "ImportReport",
    "Invalid",
    "LogUnavailable",
    "NoSuchPosition",
    "OutcomeUnknown",
    "Refused",
    "Runtime",
    "Saved",
    "UnknownType",
    "UnreadableUpload",
    "marker",
]

CONCERN_ASPECTS: tuple[str, ...] = get_args(Aspect)
COUNTY_ROLES = frozenset(role.value for role in Role if not role.of_a_school)

PATIENCE = 2.0
"""Seconds that a page waits for its own change to reach the read models before it says "still updating"."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A command that is in the log for good; `visible` says whether pages already show it."""

    position: int
    visible: bool


IMPORTERS: Mapping[str, Callable[..., Any]] = {
    "schools": import_schools,
    "links": import_links,
    "results": import_ks2,
    "averages": import_area_figures,
    "inspections": import_inspections,
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file, or would: how many rows by outcome, and every row left out with its line and reason."""

    outcomes: Mapping[str, int]
    refused: Sequence[RefusedRow]
    visible: bool


class Runtime(Protocol):
    """What the gateway asks of whatever runs the services; `log` is only read."""

    @property
    def log(self) -> EventLog: ...

    def handle(
        self, name: str, data: Mapping[str, Any], *, actor: Actor, command_id: UUID, reason: str | None = None
    ) -> Result: ...
    def rehearse(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Sequence[Event | Dated]: ...
    def ask(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Answer: ...
    def ask_ahead(
        self, questions: Sequence[tuple[str, Mapping[str, Any]]], *, actor: Actor
    ) -> Sequence[Answer | None]: ...
    def wait_for(self, position: int, timeout: float) -> bool: ...
    def tenures(self, actor: Actor) -> Iterable[Tenure]: ...
    def may(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> bool: ...
    def now(self) -> datetime: ...
    def health(self) -> dict[str, Any]: ...
    def measure(self) -> None: ...


class Clients:
    """Commands in, answers out, for the person signed in.

    Errors: Invalid (fields), Refused (a rule says no), Forbidden (who may), Conflict (others came first,
    four times), LogUnavailable (nothing recorded), OutcomeUnknown (it may have been; sent again it has one effect).
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def handle(
        self,
        name: str,
        fields: Mapping[str, Any],
        *,
        person: str,
        command_id: UUID,
        reason: str | None = None,
    ) -> Saved:
        """Have the command done, then wait a moment for the pages to show it."""
        result = self._runtime.handle(name, fields, actor=Actor(person), command_id=command_id, reason=reason)
        return Saved(result.position, self._runtime.wait_for(result.position, PATIENCE))

    def rehearse(self, name: str, fields: Mapping[str, Any], *, person: str) -> list[str]:
        """What the command would record if it were sent now, each fact in words; nothing is recorded."""
        decided = self._runtime.rehearse(name, fields, actor=Actor(person))
        return [(item.event if isinstance(item, Dated) else item).says() for item in decided]

    def import_file(self, kind: str, file: Path, *, person: str, dry_run: bool, **options: Any) -> ImportReport:
        """Take a file through its service's importer, row by row; a dry run records nothing.

        `kind` is one of IMPORTERS. A row that is refused does not stop the others. Raises UnreadableUpload."""
        actor, last = Actor(person), 0

        def handle(name: str, fields: Mapping[str, Any]) -> Result:
            nonlocal last
            result = self._runtime.handle(name, fields, actor=actor, command_id=uuid4())
            last = max(last, result.position)
            return result

        def rehearse(name: str, fields: Mapping[str, Any]) -> Sequence[Event | Dated]:
            return self._runtime.rehearse(name, fields, actor=actor)

        outcomes = asdict(IMPORTERS[kind](handle, rehearse, file, dry_run=dry_run, **options))
        refused = outcomes.pop("refused")
        counts = {name: found if isinstance(found, int) else len(found) for name, found in outcomes.items()}
        return ImportReport(counts, refused, self._runtime.wait_for(last, PATIENCE))

    def ask(self, name: str, fields: Mapping[str, Any], *, person: str) -> Answer:
        """The answer to a query, limited to what this person may see."""
        return self._runtime.ask(name, fields, actor=Actor(person))

    def ask_ahead(self, questions: Sequence[tuple[str, Mapping[str, Any]]], *, person: str) -> Sequence[Answer | None]:
        """The answers that are had sooner together than one by one; None for what is to be asked by itself."""
        return self._runtime.ask_ahead(questions, actor=Actor(person))

    def roles(self, person: str) -> frozenset[str]:
        """The roles that a person holds today, to choose what to offer; the services judge for themselves."""
        return frozenset(tenure.role.value for tenure in self._runtime.tenures(Actor(person)))

    def schools(self, person: str) -> list[int]:
        """URNs of the schools at which this person holds a role today, in order."""
        return sorted({tenure.urn for tenure in self._runtime.tenures(Actor(person)) if tenure.urn is not None})

    def may(self, name: str, fields: Mapping[str, Any], *, person: str) -> bool:
        """Whether this person's roles today allow this command or query, to choose what to offer."""
        return self._runtime.may(name, fields, actor=Actor(person))

    def public_events(
        self, after: int, limit: int, types: Collection[str], *, address: str, timeout: float
    ) -> PublicPage:
        """What other systems may know after a position, waiting up to `timeout` seconds for the first of it; `address`
        is the platform's own, which stands in each event. Raises UnknownType or NoSuchPosition."""
        return awaited_page(self._runtime.log, after, limit, types, address, timeout)

    def now(self) -> datetime:
        """The time by which the services record: what is open now, and what is overdue."""
        return self._runtime.now()

    def health(self) -> dict[str, Any]:
        """How far each read model is behind the log, and what is `wrong` where services run apart. Raises
        LogUnavailable where the log takes no events."""
        return self._runtime.health()

    def measure(self) -> None:
        """Bring the metrics of lag and parked events up to date."""
        self._runtime.measure()
