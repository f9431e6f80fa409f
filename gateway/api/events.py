"""GET /api/v1/events: the public events after a position, as a batch of CloudEvents."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any, cast

import msgspec
from flask import Blueprint, Response, current_app, request, url_for

from gateway.api.problems import Problem
from gateway.clients import UnknownType
from gateway.subscribers import Subscribers
from gateway.visitor import clients

events = Blueprint("events", __name__)

BATCH = "application/cloudevents-batch+json"
LAST_POSITION = 2**63 - 1
MOST_EVENTS, USUAL_EVENTS = 1_000, 100
LONGEST_WAIT = 5
"""Seconds: as long as a server that is told to stop lets a request in hand go on."""
QUESTIONS = {"after", "types", "limit", "wait"}


@events.before_request
def guard() -> None:
    """A subscriber shows its token with every request."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise _stranger("Send the token that the operator gave you, as: Authorization: Bearer TOKEN", "")
    if not cast(Subscribers, current_app.extensions["subscribers"]).knows(given.token):
        raise _stranger("This token is not known here, or was revoked. Ask the operator for another.", "invalid_token")


@events.get("/v1/events")
def page() -> Response:
    if unknown := sorted(set(request.args) - QUESTIONS):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{unknown[0]} can't be asked. Use {', '.join(sorted(QUESTIONS))}.")
    after = _whole("after", 0, LAST_POSITION, 0)
    limit = _whole("limit", 1, MOST_EVENTS, USUAL_EVENTS)
    types = request.args.get("types", "")
    with _waiting(_whole("wait", 0, LONGEST_WAIT, 0)) as seconds:
        try:
            wanted, address = types.split(",") if types else [], current_app.config["ADDRESS"]
            found = clients().public_events(after, limit, wanted, address=address, timeout=seconds)
        except UnknownType as error:
            raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from error
    response = Response(msgspec.json.encode(found.events), content_type=BATCH)
    following: dict[str, Any] = request.args.to_dict() | {"after": found.reached}
    response.headers["Link"] = f'<{url_for("events.page", **following)}>; rel="next"'
    if not found.events:
        response.headers["Retry-After"] = str(LONGEST_WAIT)
    response.set_etag(sha256(response.data).hexdigest()[:32])
    return response.make_conditional(request)  # type: ignore[return-value]


@contextmanager
def _waiting(seconds: int) -> Iterator[int]:
    """How long this request may wait for events: not at all while as many wait as may, so that pages are served."""
    places = cast(BoundedSemaphore, current_app.extensions["waiting"])
    if not seconds or not places.acquire(blocking=False):
        yield 0
        return
    try:
        yield seconds
    finally:
        places.release()


def _whole(name: str, least: int, most: int, usual: int) -> int:
    """A number of the query. Raises Problem."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and least <= int(text) <= most):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def _stranger(detail: str, error: str) -> Problem:
    challenge = 'Bearer realm="partnership"' + (f', error="{error}"' if error else "")
    return Problem(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": challenge})
