"""Where a worker's requests are done: one request in, one reply out, over the same Runtime as in one process."""

import time
from collections.abc import Callable

import msgspec

from services.cluster.faults import TooLate, fault_of
from services.cluster.messages import TOO_LATE, Reply, Request, Verb, decode_request, encode
from services.cluster.metrics import CALLS
from services.cluster.values import encode_answer, encode_events
from services.core.authorisation import Actor
from services.core.logs import logger
from services.core.runtime import Runtime
from services.core.schemas import Invalid


class Desk:
    """Answers for one service. `now` gives seconds since 1970, by which a request is found too late."""

    def __init__(self, service: str, runtime: Runtime, now: Callable[[], float] = time.time) -> None:
        self._service, self._runtime, self._now = service, runtime, now

    def answer(self, asked: bytes) -> bytes:
        """The reply to a request, whatever comes of it."""
        verb, outcome = "unreadable", "answered"
        try:
            request = _readable(asked)
            verb = request.verb
            if request.deadline <= self._now():
                raise TooLate(TOO_LATE)
            return encode(Reply(msgspec.Raw(DOERS[verb](self._runtime, request))))
        except Exception as error:
            fault = fault_of(error)
            outcome = fault.kind
            if outcome == "ServiceFailed":
                logger.exception("request failed", service=self._service, verb=verb)
            return encode(Reply(fault=fault))
        finally:
            CALLS.labels(self._service, verb, outcome).inc()


def _readable(asked: bytes) -> Request:
    try:
        return decode_request(asked)
    except msgspec.MsgspecError as error:
        raise Invalid({"": [f"The request can't be read: {error}"]}) from error


def _handle(runtime: Runtime, request: Request) -> bytes:
    if request.command_id is None:
        raise Invalid({"command_id": ["Enter a value"]})
    result = runtime.handle(
        request.name,
        request.fields,
        actor=_actor(request),
        command_id=request.command_id,
        reason=request.reason,
        trace=request.trace,
    )
    return encode(result)


def _rehearse(runtime: Runtime, request: Request) -> bytes:
    return encode_events(runtime.rehearse(request.name, request.fields, actor=_actor(request), reason=request.reason))


def _ask(runtime: Runtime, request: Request) -> bytes:
    return encode_answer(runtime.ask(request.name, request.fields, actor=_actor(request)))


def _may(runtime: Runtime, request: Request) -> bytes:
    return encode(runtime.may(request.name, request.fields, actor=_actor(request)))


def _tenures(runtime: Runtime, request: Request) -> bytes:
    return encode(runtime.every_tenure(_actor(request)))


def _reached(runtime: Runtime, request: Request) -> bytes:
    return encode(runtime.wait_for(request.position, request.timeout))


def _health(runtime: Runtime, request: Request) -> bytes:
    return encode(runtime.health())


def _now(runtime: Runtime, request: Request) -> bytes:
    return encode(runtime.now())


DOERS: dict[Verb, Callable[[Runtime, Request], bytes]] = {
    "handle": _handle,
    "rehearse": _rehearse,
    "ask": _ask,
    "may": _may,
    "tenures": _tenures,
    "reached": _reached,
    "health": _health,
    "now": _now,
}


def _actor(request: Request) -> Actor:
    if request.actor is None:
        raise Invalid({"actor": ["Enter a value"]})
    return request.actor
