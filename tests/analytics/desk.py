"""The analytics service over a log of its own with a clock to set, and other services' events put straight into it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec

from services.analytics.service import analytics
from services.core.authorisation import Actor, Tenure
from services.core.commands import Command, Query
from services.core.deciders import Result
from services.core.envelope import Metadata, RecordedEvent, prepare
from services.core.events import Dated, Event
from services.core.log import pages
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.core.times import to_micros
from services.scheduling.events import SchoolRegistered
from tests.engines.chosen import keys_in, models_in

OPERATOR = Actor("operator", platform=True)
_IDS = UUID("5f0c5bd5-6d0c-4d43-9b7a-6a53d3a4a6f2")


def registered(urn: int, name: str = "Thornage Primary School", la_code: str = "926") -> SchoolRegistered:
    return SchoolRegistered(
        urn=urn,
        name=name,
        la_code=la_code,
        establishment_number="2000",
        school_type="Community school",
        type_group="Local authority maintained schools",
        status="Open",
        phase="Primary",
    )


class Desk:
    """Every test is at noon on 1 September 2022 until it sets the clock. `tenures` are everybody's or by person."""

    def __init__(self, directory: Path, tenures: Sequence[Tenure] | Mapping[str, Sequence[Tenure]] = ()) -> None:
        def tenures_of(person: str, read: object) -> Iterable[Tenure]:
            return tenures.get(person, ()) if isinstance(tenures, Mapping) else tenures

        self.set_clock(datetime(2022, 9, 1, 12, tzinfo=UTC))
        self._ids = 0
        self.log = SqliteLog(directory / "events.db", clock=lambda: self._now)
        self.keys = keys_in(directory)
        settings = Settings(data_dir=directory)
        self.runtime = Runtime(
            settings,
            [analytics],
            self.log,
            self.keys,
            tenures_of,
            models=models_in(directory),
            threads=False,
            clock=lambda: self._now,
        )

    def set_clock(self, instant: datetime) -> None:
        self._now = to_micros(instant)

    def record(self, stream: str, *events: Event | Dated, reason: str | None = None) -> RecordedEvent:
        """Put events into a stream; gives the last as recorded."""
        command_id = self._new_id()
        day = date(2022, 9, 1)
        metadata = Metadata(command_id, command_id, command_id, "person-7", "adviser", day, reason)
        new = prepare(events, metadata, self.keys.seal)
        position = self.log.append(stream, len(self.log.read(stream)), new)
        return self.log.since(position - 1, 1)[0]

    def register(self, *urns: int) -> None:
        for urn in urns:
            self.record(f"scheduling.school-{urn}", registered(urn).true_from(date(1900, 1, 1)))

    def handle(self, command: Command, actor: Actor = OPERATOR) -> Result:
        data: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(command))
        return self.runtime.handle(command.message_name, data, actor=actor, command_id=self._new_id())

    def importing(self) -> tuple[Any, Any]:
        """What an importer calls: `handle` and `rehearse`, as the operator."""

        def handle(name: str, data: Any) -> Result:
            return self.runtime.handle(name, data, actor=OPERATOR, command_id=self._new_id())

        def rehearse(name: str, data: Any) -> Sequence[Event | Dated]:
            return self.runtime.rehearse(name, data, actor=OPERATOR)

        return handle, rehearse

    def ask(self, query: Query, actor: Actor = OPERATOR) -> Any:
        self.runtime.settle()
        data: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(query))
        return self.runtime.ask(query.message_name, data, actor=actor).value

    def recorded(self) -> list[RecordedEvent]:
        return [recorded for page in pages(self.log) for recorded in page]

    def close(self) -> None:
        self.runtime.close()

    def _new_id(self) -> UUID:
        self._ids += 1
        return uuid5(_IDS, str(self._ids))
