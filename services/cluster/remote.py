"""The services as the gateway sees them when they run apart: the same as a Runtime in its own process."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from services.cluster.faults import ServiceFailed, error_of
from services.cluster.messages import Question, Request, Verb, decode_replies, decode_reply
from services.cluster.positions import Positions
from services.cluster.tracing import Span, current, untimed
from services.cluster.values import decode_answer, decode_events
from services.core import service
from services.core.authorisation import Actor, Tenure, roles_held
from services.core.deciders import Result
from services.core.events import Dated, Event
from services.core.log import EventLog, LogUnavailable
from services.core.runtime import Answer, Unknown
from services.core.schemas import Invalid
from services.core.service import Answers, Service
from services.core.times import from_micros, london_day, now_micros

PATIENCE = 10.0
"""Seconds within which a service must have answered."""
HEALTH_PATIENCE = 1.5
AHEAD_PATIENCE = 2.0
"""Seconds within which answers asked for ahead must have come. Any other question is asked by itself."""
POLL_SECONDS = 1.0
"""How often a service is asked how far it is, should its ring have been lost."""
TENURES_SECONDS = 1.0
"""How long a person's tenures are kept, to choose what a page offers. The service decides by its own."""

Call = Callable[[str, Request], bytes]
"""Has one service answer one request. Raises ServiceUnavailable or OutcomeUnknown."""
CallAll = Callable[[Mapping[str, Request]], Mapping[str, bytes]]
"""Has each service answer a request at the same time; without those whose reply did not come."""


class RemoteRuntime:
    """Each command and query goes to the service that its name begins with. `call` and `call_all` are the way there."""

    def __init__(
        self,
        services: Sequence[Service],
        call: Call,
        positions: Positions,
        *,
        call_all: CallAll = lambda _: {},
        clock: Callable[[], int] = now_micros,
        span: Span = untimed,
        roles_of: str = "scheduling",
        open_log: Callable[[], EventLog] | None = None,
    ) -> None:
        self._names = tuple(each.name for each in services)
        self._commands = {name: handles for each in services for name, handles in each.commands.items()}
        self._queries = {name: answers for each in services for name, answers in each.queries.items()}
        self._call, self._call_all = call, call_all
        self._positions, self._clock, self._span = positions, clock, span
        self._roles_of = roles_of
        self._tenures: dict[str, tuple[float, Sequence[Tenure]]] = {}
        self._open_log, self._opening = open_log, threading.Lock()
        self._log: EventLog | None = None

    def handle(
        self,
        name: str,
        data: Mapping[str, Any],
        *,
        actor: Actor,
        command_id: UUID,
        reason: str | None = None,
    ) -> Result:
        """As Runtime.handle; raises also OutcomeUnknown."""
        if name not in self._commands:
            raise Unknown(f"There is no command {name}.")
        self._tenures.clear()  # what follows from it may be a role
        done = self._value(
            _owner(name), "handle", name=name, fields=dict(data), actor=actor, command_id=command_id, reason=reason
        )
        return msgspec.json.decode(done, type=Result)

    def rehearse(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Sequence[Event | Dated]:
        return decode_events(self._value(_owner(name), "rehearse", name=name, fields=dict(data), actor=actor))

    def ask(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Answer:
        answers = self._query(name)
        return decode_answer(self._value(_owner(name), "ask", name=name, fields=dict(data), actor=actor), answers)

    def ask_ahead(self, questions: Sequence[tuple[str, Mapping[str, Any]]], *, actor: Actor) -> list[Answer | None]:
        """The answer to each, by one request to each service, all at the same time. None is for what is to be asked by
        itself: it failed, is not for the actor, did not come in time, or its service knows no such requests yet."""
        of_service: dict[str, dict[int, Question]] = {}
        for number, (name, fields) in enumerate(questions):
            if self._may_ask(name, fields, actor):
                of_service.setdefault(_owner(name), {})[number] = Question(name, dict(fields))
        answers: list[Answer | None] = [None] * len(questions)
        for owner, reply in self._replies(of_service, actor).items():
            own, told = of_service[owner], decode_reply(reply)
            each = decode_replies(told.value) if told.fault is None else ()
            for (number, question), one in zip(own.items(), each, strict=False):
                if one.fault is None:
                    answers[number] = decode_answer(one.value, self._query(question.name))
        return answers

    def _replies(self, of_service: Mapping[str, Mapping[int, Question]], actor: Actor) -> Mapping[str, bytes]:
        deadline = time.time() + AHEAD_PATIENCE
        requests = {}
        with ExitStack() as spans:
            for owner, own in of_service.items():
                trace = spans.enter_context(self._span(f"ask {owner} to ask", current()))
                requests[owner] = Request("ask", deadline, actor=actor, trace=trace, questions=tuple(own.values()))
            return self._call_all(requests) if requests else {}

    def _may_ask(self, name: str, fields: Mapping[str, Any], actor: Actor) -> bool:
        try:
            return self.may(name, fields, actor=actor)
        except Invalid:
            return False

    def wait_for(self, position: int, timeout: float) -> bool:
        """Wait until the read models of every service have folded everything up to a position."""
        until = time.monotonic() + timeout
        while (left := until - time.monotonic()) > 0:
            if self._positions.wait(self._names, position, min(left, POLL_SECONDS)):
                return True
            for name in self._positions.lacking(self._names, position):
                self._ask_how_far(name, position, min(POLL_SECONDS, until - time.monotonic()))
        return not self._positions.lacking(self._names, position)

    def _ask_how_far(self, name: str, position: int, patience: float) -> None:
        try:
            reached = self._value(name, "reached", patience, position=position)
        except LogUnavailable:
            return  # it is as far as it is known to be
        if msgspec.json.decode(reached, type=bool):
            self._positions.hear(name, position)

    def tenures(self, actor: Actor) -> list[Tenure]:
        return roles_held(self._every_tenure(actor), london_day(self._clock()))

    def may(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> bool:
        """Decided here, by the service's own rules: a page asks many times."""
        declared = self._commands.get(name) or self._query(name)
        return service.may(declared, data, actor, self._every_tenure(actor), london_day(self._clock()))

    def _every_tenure(self, actor: Actor) -> Sequence[Tenure]:
        if actor.platform:
            return ()
        until, tenures = self._tenures.get(actor.id, (0.0, ()))
        if until < time.monotonic():
            told = self._value(self._roles_of, "tenures", actor=actor)
            tenures = msgspec.json.decode(told, type=tuple[Tenure, ...])
            self._tenures[actor.id] = time.monotonic() + TENURES_SECONDS, tenures
        return tenures

    @property
    def log(self) -> EventLog:
        """The event log, for the public events: pages do without, so it is opened when first asked for.

        Raises LogUnavailable."""
        with self._opening:
            if self._log is None:
                if self._open_log is None:
                    raise LogUnavailable("This gateway was given no event log.")
                self._log = self._open_log()
            return self._log

    def now(self) -> datetime:
        """This machine's time: services that run apart keep the same."""
        return from_micros(self._clock())

    def health(self) -> dict[str, Any]:
        """How far each read model is behind the log, and what is `wrong`, a sentence for each service that fails."""
        head, lag, wrong = 0, dict[str, int](), list[str]()
        for name in self._names:
            try:
                told = msgspec.json.decode(self._value(name, "health", HEALTH_PATIENCE))
            except (LogUnavailable, ServiceFailed) as error:
                wrong.append(f"{name}: {error}")
                continue
            head = max(head, told["head"])
            lag |= told["lag"]
        return {"head": head, "lag": lag, "wrong": wrong}

    def measure(self) -> None:
        """Each service tells of its own lag, at its own port."""

    def _query(self, name: str) -> Answers:
        if name not in self._queries:
            raise Unknown(f"There is no query {name}.")
        return self._queries[name]

    def _value(self, service: str, verb: Verb, patience: float | None = None, **asked: Any) -> msgspec.Raw:
        with self._span(f"ask {service} to {verb}", current()) as trace:
            request = Request(verb, time.time() + (PATIENCE if patience is None else patience), trace=trace, **asked)
            reply = decode_reply(self._call(service, request))
        if reply.fault is not None:
            raise error_of(reply.fault)
        return reply.value


def _owner(name: str) -> str:
    return name.partition(".")[0]
