"""Who is looking at the page, and through which door the page asks the services."""

from typing import cast

from flask import current_app, session

from gateway.accounts import User
from gateway.clients import Clients
from gateway.sessions import ServerSession


def clients() -> Clients:
    return cast(Clients, current_app.extensions["clients"])


def signed_in() -> User | None:
    """The user of this session, or nobody."""
    return cast(ServerSession, session).user


def visitor() -> User:
    """The user of a page that only signed-in people reach."""
    return cast(User, signed_in())
