"""Where a worker's requests are done: one request in, one reply out, over the same Runtime as in one process."""

import time
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from services.cluster.faults import TooLate, fault_of
from services.cluster.messages import TOO_LATE, Reply, Request, Verb, decode_request, encode
from services.cluster.metrics import CALLS
from services.cluster.tracing import Span, current, part_of, untimed
from services.cluster.values import encode_answer, encode_events
from services.core.authorisation import Actor
from services.core.logs import logger
from services.core.runtime import Runtime
from services.core.schemas import Invalid


class Desk:
    """Answers for one service. `now` gives seconds since 1970, by which a request is found too late."""

    def __init__(
        self, service: str, runtime: Runtime, now: Callable[[], float] = time.time, span: Span = untimed
    ) -> None:
        self._service, self._runtime, self._now, self._span = service, runtime, now, span

    def answer(self, asked: bytes) -> bytes:
        """The reply to a request, whatever comes of it."""
        try:
            request = decode_request(asked)
        except msgspec.MsgspecError as error:
            CALLS.labels(self._service, "unreadable", "Invalid").inc()
            return encode(Reply(fault=fault_of(Invalid({"": [f"The request can't be read: {error}"]}))))
        if not request.questions:
            return encode(self._reply(request))
        each = (replace(request, name=one.name, fields=one.fields) for one in request.questions)
        return encode(Reply(msgspec.Raw(encode([self._reply(one) for one in each]))))

    def _reply(self, request: Request) -> Reply:
        verb, outcome = request.verb, "answered"
        try:
            if request.deadline <= self._now():
                raise TooLate(TOO_LATE)
            with self._span(f"{verb} {request.name}".rstrip(), request.trace) as trace, part_of(trace):
                return Reply(msgspec.Raw(DOERS[verb](self._runtime, request)))
        except Exception as error:
            fault = fault_of(error)
            outcome = fault.kind
            if outcome == "ServiceFailed":
                logger.exception("request failed", service=self._service, verb=verb)
            return Reply(fault=fault)
        finally:
            CALLS.labels(self._service, verb, outcome).inc()


def _handle(runtime: Runtime, request: Request) -> bytes:
    if request.command_id is None:
        raise Invalid({"command_id": ["Enter a value"]})
    result = runtime.handle(
        request.name,
        request.fields,
        actor=_actor(request),
        command_id=request.command_id,
        reason=request.reason,
        trace=current(),
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
