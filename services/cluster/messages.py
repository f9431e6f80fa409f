"""What a gateway asks of a service that runs apart, and what comes back: JSON on the wire, plain structs here.

This file is loaded by the edge too, so it imports nothing of the services."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from services.core.authorisation import Actor

Verb = Literal["handle", "rehearse", "ask", "may", "tenures", "reached", "health", "now"]
VERBS: tuple[Verb, ...] = ("handle", "rehearse", "ask", "may", "tenures", "reached", "health", "now")


TOO_LATE = "The request reached the service too late. Nothing was recorded. Send it again."


class Question(msgspec.Struct, frozen=True):
    """A query and what it holds."""

    name: str
    fields: dict[str, Any]


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing asked of one service.

    `deadline` is in seconds since 1970 (UTC): after it nobody waits for the answer, so nothing is done. `name` and
    `fields` are a command or query and what it holds; `questions` in their place ask several queries at once, and have
    a reply each; `position` and `timeout` (seconds) belong to `reached`; `trace` is a W3C traceparent."""

    verb: Verb
    deadline: float
    name: str = ""
    fields: dict[str, Any] = {}  # msgspec gives each struct a dict of its own
    actor: Actor | None = None
    command_id: UUID | None = None
    reason: str | None = None
    position: int = 0
    timeout: float = 0.0
    trace: str | None = None
    questions: tuple[Question, ...] = ()


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """An exception on its way: `kind` is its class, `errors` what is wrong with each field, `field` the one refused."""

    kind: str
    message: str
    errors: dict[str, list[str]] = {}
    field: str | None = None


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a request: the JSON of its value, or a fault."""

    value: msgspec.Raw = msgspec.Raw(b"null")
    fault: Fault | None = None


encode = msgspec.json.Encoder().encode
decode_request = msgspec.json.Decoder(Request).decode
decode_reply = msgspec.json.Decoder(Reply).decode
decode_replies = msgspec.json.Decoder(list[Reply]).decode


def faulty(kind: str, message: str) -> bytes:
    """The reply of whoever could not have the request done."""
    return encode(Reply(fault=Fault(kind, message)))
