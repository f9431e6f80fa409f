"""Who did something, by name: events hold the identifier of a person and nothing else of them."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from gateway.visitor import ask

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
NOT_KNOWN = "Name erased or not known"


def named(actors: Iterable[str], urn: int | None = None, on: date | None = None) -> Callable[[str], str]:
    """What each of these actors is called. The operator and rules of the platform are no persons and keep their name;
    with `urn` and `on`, who held a role at that school on that day is known too."""
    people = sorted({actor for actor in actors if _is_person(actor)})
    names: dict[str, str] = {}
    if people:
        names = ask("scheduling.NamesOf", people=people, urn=urn).value
        if urn and on and any(person not in names for person in people):
            holders = ask("scheduling.SchoolPeople", urn=urn, on=on.isoformat()).value
            names = {**{each.person: each.name for each in holders if each.name}, **names}

    def name(actor: str) -> str:
        return names.get(actor, NOT_KNOWN) if _is_person(actor) else actor

    return name


def _is_person(actor: str) -> bool:
    """Rules of the platform have a dot in their name, and its own imports a space."""
    return actor != "operator" and _IDENTIFIER.fullmatch(actor) is not None
