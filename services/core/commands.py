"""Every command and query is declared once, here registered under a name; its schema is derived from it.

Limits (`Meta`) stand in these types, because this is the door at which input is judged."""

from collections.abc import Callable
from typing import Annotated, ClassVar, TypeVar

import msgspec
from msgspec import Meta

Urn = Annotated[int, Meta(ge=100_000, le=999_999, description="Unique Reference Number of a school: six digits")]
AcademicYear = Annotated[
    int, Meta(ge=2000, le=2100, description="The year in which the academic year begins: 2022 for 2022-23")
]
ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
LongText = Annotated[str, Meta(min_length=1, max_length=10_000)]
Reference = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$", description="An identifier without spaces")]


class Message(msgspec.Struct, frozen=True):
    """Base of commands and queries."""

    message_name: ClassVar[str]


class Command(Message, frozen=True):
    """Something a person or a policy asks a service to do."""


class Query(Message, frozen=True):
    """Something a person asks a service."""


_M = TypeVar("_M", bound=Message)

registry: dict[str, type[Message]] = {}


def _register(name: str) -> Callable[[type[_M]], type[_M]]:
    def register(cls: type[_M]) -> type[_M]:
        if name in registry:
            raise ValueError(f"two messages are called {name}")
        cls.message_name = name
        registry[name] = cls
        return cls

    return register


def command(name: str) -> Callable[[type[_M]], type[_M]]:
    """Register a command as `service.Imperative`, such as `scheduling.SubscribeSchool`."""
    return _register(name)


def query(name: str) -> Callable[[type[_M]], type[_M]]:
    """Register a query as `service.Question`, such as `scheduling.FindSchools`."""
    return _register(name)
