"""The billing service over a log of its own, with scheduling's events put straight into it."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from services.billing.price_list import load_price_list
from services.billing.prices import SetPrice
from services.billing.service import billing
from services.core.authorisation import Actor, Tenure
from services.core.commands import Command, Query
from services.core.deciders import Result
from services.core.envelope import prepare
from services.core.events import Dated, Event
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from tests.billing.histories import metadata, stream_of
from tests.engines.chosen import keys_in, models_in

OPERATOR = Actor("operator", platform=True)


class Office:
    """Opened on a directory, closed, and opened again on what it left there."""

    def __init__(
        self,
        directory: Path,
        tenures: Sequence[Tenure] = (),
        *,
        price_list: bool = True,
        services: Sequence[Service] = (billing,),
    ) -> None:
        def tenures_of(person: str, read: object) -> Iterable[Tenure]:
            return tenures

        self.log = SqliteLog(directory / "events.db")
        keys = keys_in(directory)
        models = models_in(directory)
        settings = Settings(data_dir=directory)
        self.runtime = Runtime(settings, services, self.log, keys, tenures_of, models=models, threads=False)
        if price_list:
            load_price_list(self.runtime.handle)

    def record(self, urn: int, *events: Event | Dated) -> UUID:
        """Put events of a school into the streams that scheduling keeps them in; gives the id of the last."""
        for event in events:
            stream = stream_of(urn, event.event if isinstance(event, Dated) else event)
            new = prepare([event], metadata(self.log.head() + 1))
            self.log.append(stream, len(self.log.read(stream)), new)
        return UUID(bytes=new[0].event_id)

    def handle(self, command: Command, actor: Actor = OPERATOR) -> Result:
        data = {name: getattr(command, name) for name in command.__struct_fields__}
        plain: dict[str, Any] = msgspec.to_builtins(data)
        return self.runtime.handle(command.message_name, plain, actor=actor, command_id=uuid4())

    def set_price(
        self, school_status: Any, pence: int, begins: date = date(2011, 9, 1), item: Any = "full-service"
    ) -> Result:
        return self.handle(SetPrice(item, school_status, pence, begins))

    def ask(self, query: Query, actor: Actor = OPERATOR) -> Any:
        self.runtime.settle()
        data = {name: getattr(query, name) for name in query.__struct_fields__}
        return self.runtime.ask(query.message_name, data, actor=actor).value

    def close(self) -> None:
        self.runtime.close()
