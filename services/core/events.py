"""Every event type is declared once, here registered under a name that never changes.

Declare an event in a service's `events.py`::

    @event("scheduling.SchoolSubscribed", version=1)
    class SchoolSubscribed(Event, frozen=True, gc=False):
        urn: Urn
        year: AcademicYear

        def says(self) -> str:
            return f"Subscribed to the full service for {self.year}"

Fields hold no limits: a rule may be tightened later, and what was stored must load for ever. Limits stand in commands.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_type_hints

import msgspec
from msgspec import Meta

from services.core.audience import Audience

Urn = Annotated[int, Meta(description="Unique Reference Number of a school")]
Pence = Annotated[int, Meta(description="Money in whole pence")]
AcademicYear = Annotated[int, Meta(description="The year in which the academic year begins: 2022 for 2022-23")]
PersonId = Annotated[str, Meta(description="Opaque identifier of a person; never a name")]

_PERSONAL = Meta(description="Personal text, sealed under the key of the person it is about")
Personal = Annotated[str, _PERSONAL]
"""A field that is sealed before it is stored. The event must also have a field `person`."""
PersonalOrNone = Annotated[str | None, _PERSONAL]
"""The same for a field that may hold nothing; nothing is stored as nothing."""


class Event(msgspec.Struct, frozen=True, gc=False):
    """Base of every event: a fact, in the past tense, that is never edited."""

    type_name: ClassVar[str]
    schema_version: ClassVar[int]
    personal_fields: ClassVar[tuple[str, ...]] = ()
    audience: ClassVar[Audience] = Audience.SCHOOL
    """Whom the event is for. `says` is read by everyone who may see the school, unless the audience is the county or
    confidential: then the whole fact is left out for others."""
    public: ClassVar[bool] = False
    """Whether other systems of the authority may subscribe to it."""
    withheld: ClassVar[tuple[str, ...]] = ()
    """Fields that are left out for them."""

    def says(self) -> str:
        """One plain sentence for the school timeline."""
        raise NotImplementedError(f"{type(self).__name__} does not say what happened")

    def concerns(self) -> tuple[int, ...]:
        """URNs of the schools whose timelines show this event."""
        urn = getattr(self, "urn", None)
        return () if urn is None else (urn,)

    def known_to(self) -> tuple[str, ...]:
        """The persons who may open it, where its audience is the participants."""
        return ()

    def may_leave(self) -> bool:
        """Whether this one of a public type may go to other systems."""
        return True

    def true_from(self, day: date) -> "Dated":
        """This event, true in the world from `day` rather than from today."""
        return Dated(self, day)


class Dated(msgspec.Struct, frozen=True):
    """An event with the day from which it is true in the world."""

    event: Event
    effective_on: date


class UnknownEventType(Exception):
    """The log holds an event whose type or version this code does not know."""


class Undecodable(msgspec.Struct, frozen=True):
    """Stands where an event's data should be when its bytes could not be turned into its type."""

    error: str


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
_E = TypeVar("_E", bound=Event)

type_registry: dict[str, type[Event]] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}
_encoder = msgspec.json.Encoder()


def event(name: str, *, version: int = 1) -> Callable[[type[_E]], type[_E]]:
    """Register an event type as `service.PastTense`, at its current schema version.

    Raises ValueError when the name is taken, a personal field has nobody to belong to, or something would be public
    that is not for everyone."""

    def register(cls: type[_E]) -> type[_E]:
        if name in type_registry:
            raise ValueError(f"two event types are called {name}")
        cls.type_name = name
        cls.schema_version = version
        hints = get_type_hints(cls, include_extras=True)
        cls.personal_fields = tuple(f for f in cls.__struct_fields__ if _PERSONAL in get_args(hints[f]))
        if cls.personal_fields and "person" not in cls.__struct_fields__:
            raise ValueError(f"{name} has a personal field but no field 'person' to say whose it is")
        if cls.public:
            _check_public(name, cls, hints)
        type_registry[name] = cls
        return cls

    return register


def _check_public(name: str, cls: type[Event], hints: dict[str, Any]) -> None:
    """What other systems are told of is for everyone who may see the school, and leads to no person."""
    if cls.audience is not Audience.SCHOOL:
        raise ValueError(f"{name} can't be public: it is for fewer than everyone who may see the school")
    if cls.personal_fields:
        raise ValueError(f"{name} can't be public: it has personal fields")
    if unknown := set(cls.withheld) - set(cls.__struct_fields__):
        raise ValueError(f"{name} withholds fields that it does not have: {', '.join(sorted(unknown))}")
    for field in cls.__struct_fields__:
        if field not in cls.withheld and _names_a_person(hints[field]):
            raise ValueError(f"{name} can't be public unless it withholds {field}, which says who")


def _names_a_person(hint: Any) -> bool:
    if hint == PersonId:
        return True
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return any(map(_names_a_person, get_type_hints(hint, include_extras=True).values()))
    return any(map(_names_a_person, get_args(hint)))


def upcast(name: str, *, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Register a function from the data of one stored version to the data of the next."""

    def register(function: Upcaster) -> Upcaster:
        _upcasters[name, from_version] = function
        return function

    return register


def encode(data: Event) -> bytes:
    """The JSON that is stored: fields in the order they are declared."""
    return _encoder.encode(data)


def decoder(name: str, version: int) -> Callable[[bytes], Event]:
    """What turns the stored bytes of one type and version into today's type.

    Raises UnknownEventType for a type that was never registered, a version newer than this code, or a missing
    upcaster."""
    cls = type_registry.get(name)
    if cls is None:
        raise UnknownEventType(f"{name} is not an event type that this version of the software knows")
    if version == cls.schema_version:
        return msgspec.json.Decoder(cls).decode
    if version > cls.schema_version:
        raise UnknownEventType(f"{name} version {version} is newer than this version of the software")
    steps = []
    for old in range(version, cls.schema_version):
        step = _upcasters.get((name, old))
        if step is None:
            raise UnknownEventType(f"{name} has no upcaster from version {old}")
        steps.append(step)

    def decode(stored: bytes) -> Event:
        data = msgspec.json.decode(stored)
        for step in steps:
            data = step(data)
        return msgspec.convert(data, cls)

    return decode


def check_upcasters() -> None:
    """Every stored version of every type must load. Called at start-up; raises UnknownEventType."""
    for name, cls in type_registry.items():
        for version in range(1, cls.schema_version + 1):
            decoder(name, version)
