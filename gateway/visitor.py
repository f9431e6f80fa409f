"""Who is looking at the page, and through which door the page asks the services."""

from typing import Any, cast

from flask import current_app, g, request, session

from gateway.accounts import User
from gateway.clients import Answer, Clients
from gateway.sessions import ServerSession


def clients() -> Clients:
    return cast(Clients, current_app.extensions["clients"])


def signed_in() -> User | None:
    """The user of this session, or nobody."""
    return cast(ServerSession, session).user


def visitor() -> User:
    """The user of a page that only signed-in people reach."""
    return cast(User, signed_in())


def ask(query: str, /, **fields: Any) -> Answer:
    """What a service answers the person of this page: asked once, however many parts of the page want to know.

    Raises Invalid or Forbidden."""
    answers, key = _answers(), _key(query, fields)
    if key not in answers:
        answers[key] = clients().ask(query, fields, person=visitor().person)
    return answers[key]


def ask_if_may(query: str, /, **fields: Any) -> Answer | None:
    """The same, or None where the answer is not for the person of this page. Raises Invalid."""
    return ask(query, **fields) if may(query, **fields) else None


Question = tuple[str, dict[str, Any]]
"""A query and its fields."""


def ask_ahead(*questions: Question) -> None:
    """Have these answered together where services run apart, and each that is asked by itself costs a page a round
    trip. What does not come of it, for whatever reason, the page asks when it comes to it, and there it may fail. For
    pages alone: what sends a command asks each time."""
    answers = _answers()
    wanted = {key: one for one in questions if (key := _key(*one)) not in answers}
    came = clients().ask_ahead(list(wanted.values()), person=visitor().person)
    answers |= {key: answer for key, answer in zip(wanted, came, strict=True) if answer}


def _answers() -> dict[tuple[str, str], Answer]:
    """Those given to this page. What sends a command may ask the same before and after."""
    kept: dict[tuple[str, str], Answer] = g.setdefault("answers", {})
    return kept if request.method == "GET" else {}


def _key(query: str, fields: dict[str, Any]) -> tuple[str, str]:
    return query, repr(sorted(fields.items()))


def may(name: str, /, **fields: Any) -> bool:
    """Whether the person of this page is allowed a command or query, to choose what to offer."""
    return clients().may(name, fields, person=visitor().person)
