"""The price list that the programme began with (seed S1), shipped as data and set at the first start."""

import csv
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Protocol
from uuid import UUID, uuid5

from services.billing.prices import SetPrice
from services.core.authorisation import Actor
from services.core.deciders import Result

_COMMANDS = UUID("6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4")


class Handle(Protocol):
    """The runtime's `handle`."""

    def __call__(
        self, name: str, data: Mapping[str, Any], *, actor: Actor, command_id: UUID, reason: str | None = None
    ) -> Result: ...


def load_price_list(handle: Handle) -> None:
    """Set every price of the list. A row is one command for ever: a second time never undoes what finance set since."""
    text = (files(__package__) / "price_list.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        command_id = uuid5(_COMMANDS, ",".join(row.values()))
        platform = Actor("price list", platform=True)
        handle(SetPrice.message_name, row, actor=platform, command_id=command_id, reason="Price list of the programme")
