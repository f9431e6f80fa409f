"""What several events hold, and how visits are called."""

from datetime import date, time
from typing import Annotated

from msgspec import Meta, Struct

from services.core.events import PersonId

Visit = Annotated[str, Meta(description="1, 2, 3 or 4 for the visits of the programme, ip for the IP day")]


class Sitting(Struct, frozen=True):
    """One unbroken part of a visit; times are London wall time, the end excluded. A visit has one or two."""

    day: date
    starts: time
    ends: time


class AgendaItem(Struct, frozen=True):
    """`source` is programme, school or la; `slot` is la, school or negotiated on an IP day (VR5), else empty;
    `aspect` is one of the IP day's six, where it is one (VR4)."""

    title: str
    source: str
    minutes: int
    slot: str = ""
    aspect: str = ""


class Paper(Struct, frozen=True):
    """Something the adviser asks to see before a visit; `paper` is its code within the visit."""

    paper: str
    title: str
    due: date


class Participant(Struct, frozen=True):
    """Who took part in a visit: by role, for the whole of it or a part; `person` where they are known here,
    `stands_in_for` the role that they stood in for."""

    role: str
    part: str
    person: PersonId | None = None
    stands_in_for: str | None = None


def visit_words(visit: str) -> str:
    """A visit as it is called within a sentence."""
    return "IP day" if visit == "ip" else f"visit {visit}"


def visit_title(visit: str) -> str:
    """A visit as it is called at the beginning of a sentence."""
    return "IP day" if visit == "ip" else f"Visit {visit}"


def days_words(sittings: tuple[Sitting, ...]) -> str:
    """The days of a visit, in words, each once."""
    days = dict.fromkeys(sitting.day for sitting in sittings)
    return " and ".join(f"{day:%-d %B %Y}" for day in days)
