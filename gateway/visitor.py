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
    answers: dict[tuple[str, str], Answer] = g.setdefault("answers", {}) if request.method == "GET" else {}
    key = query, repr(fields)
    if key not in answers:
        answers[key] = clients().ask(query, fields, person=visitor().person)
    return answers[key]


def ask_if_may(query: str, /, **fields: Any) -> Answer | None:
    """The same, or None where the answer is not for the person of this page. Raises Invalid."""
    return ask(query, **fields) if may(query, **fields) else None


def may(name: str, /, **fields: Any) -> bool:
    """Whether the person of this page is allowed a command or query, to choose what to offer."""
    return clients().may(name, fields, person=visitor().person)
