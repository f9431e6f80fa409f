"""The embedded runtime: services in one process, over one log. Commands in, answers out."""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from services.core.authorisation import Actor, Forbidden, Tenure, Viewer, roles_held
from services.core.commands import Command, Query
from services.core.deciders import Context, Refused, Result, done_before, handle, rehearse
from services.core.envelope import Metadata, RecordedEvent
from services.core.events import Dated, Event, check_upcasters
from services.core.keys import KeyStore, Sealed
from services.core.log import EventLog
from services.core.logs import logger
from services.core.metrics import COMMAND_SECONDS, REFUSALS
from services.core.policies import POLICIES, PolicyRunner, checkpoint_of
from services.core.projections import check_types
from services.core.projector import Projector
from services.core.read_db import Generation, ReadModels, of_current, reached
from services.core.readers import Readers
from services.core.recent import Recent
from services.core.schemas import Invalid, load
from services.core.service import Answers, Handles, Reading, ReadStream, Service, may, role_for
from services.core.settings import Settings
from services.core.sqlite_read_db import SqliteReadModels
from services.core.times import from_micros, london_day, now_micros


class Reason(msgspec.Struct, frozen=True):
    """Why somebody does something, in their words: judged at the door like all else that is typed."""

    reason: Annotated[str, Meta(max_length=10_000)] | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a service answered, as it stood at the instant `as_at`, with the log position it was folded to."""

    value: Any
    as_at: datetime
    position: int


class Unknown(Exception):
    """No service has a command or query of this name."""


class Runtime:
    """All services over one log. With `threads=False` nothing runs by itself: `settle` brings everything up to date."""

    def __init__(
        self,
        settings: Settings,
        services: Sequence[Service],
        log: EventLog,
        keys: KeyStore,
        tenures_of: Callable[[str, ReadStream], Iterable[Tenure]],
        *,
        models: ReadModels | None = None,
        threads: bool = True,
        clock: Callable[[], int] = now_micros,
    ) -> None:
        check_upcasters()
        self.settings, self.services, self.log, self.keys = settings, tuple(services), log, keys
        self._clock = clock
        self._tenures_of = tenures_of
        self._recent = Recent()
        self._known_tenures: dict[str, tuple[int, Sequence[Tenure]]] = {}
        self._commands = {name: handles for service in services for name, handles in service.commands.items()}
        self._queries = {name: answers for service in services for name, answers in service.queries.items()}
        projections = [projection for service in services for projection in service.projections]
        check_types(projections)
        models = self._models = models or SqliteReadModels(settings.data_dir, settings.threads)
        self.projectors: dict[str, Projector] = {}
        for projection in projections:
            projector = self.projectors[projection.name] = Projector(log, models.of(projection))
            if not projector.model.exists() or not projector.belongs():
                projector.rebuild()
        self.policies = [
            PolicyRunner(log, policy, models.kept(checkpoint_of(policy), POLICIES), keys, self._issue)
            for service in services
            for policy in service.policies
        ]
        self._readers = Readers(log, self.projectors, self.policies)
        if threads:
            for service in services:
                of_service = [self.projectors[projection.name] for projection in service.projections]
                self._readers.start(f"{service.name}-projections", of_service)
            self._readers.start("policies", self.policies)

    # Commands and queries

    def handle(
        self,
        name: str,
        data: Mapping[str, Any],
        *,
        actor: Actor,
        command_id: UUID,
        reason: str | None = None,
        trace: str | None = None,
    ) -> Result:
        """Validate, authorise and carry out a command. `trace` (W3C traceparent) is kept with what it records.

        Raises Unknown, Invalid, Forbidden, Refused, Conflict or LogUnavailable."""
        handles = self._command(name)
        started = time.perf_counter()
        try:
            command = load(handles.command, data)
            given = load(Reason, {"reason": reason})
            metadata = self._metadata(handles, command, actor, command_id, given.reason, trace)
            return self._carry_out(handles, command, metadata)
        except (Invalid, Forbidden, Refused) as error:
            REFUSALS.labels(name, type(error).__name__.lower()).inc()
            logger.info("command not done", command=name, kind=type(error).__name__.lower())
            raise
        finally:
            COMMAND_SECONDS.labels(name).observe(time.perf_counter() - started)

    def rehearse(
        self, name: str, data: Mapping[str, Any], *, actor: Actor, reason: str | None = None
    ) -> Sequence[Event | Dated]:
        """What a command would record if it were carried out now; nothing is recorded. Raises as `handle` does."""
        handles = self._command(name)
        command = load(handles.command, data)
        role = self._role(handles, command, actor)
        claim = handles.claims(command, self.log.read) if handles.claims else None
        if claim is not None:
            self._rehearse(self._commands[claim.message_name], claim, actor.id, role, reason)
        return self._rehearse(handles, command, actor.id, role, reason)

    def ask(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> Answer:
        """Validate, authorise and answer a query. Raises Unknown, Invalid or Forbidden."""
        answers = self._query(name)
        query = load(answers.query, data)
        self._role(answers, query, actor)
        projector = self.projectors[answers.projection.name]
        return of_current(projector.model, lambda generation: self._ask(answers, query, projector, generation, actor))

    def ask_ahead(self, questions: Sequence[tuple[str, Mapping[str, Any]]], *, actor: Actor) -> list[Answer | None]:
        """The answers that are had sooner together than one by one: none, in one process."""
        return [None] * len(questions)

    def _ask(
        self, answers: Answers, query: Query, projector: Projector, generation: Generation, actor: Actor
    ) -> Answer:
        # The position is read first, so what is kept for it is at least as new.
        position, as_at = projector.position_of(generation), self._clock()
        for_all = generation.name, query
        for_one = *for_all, Viewer(actor.id, london_day(as_at), tuple(self.every_tenure(actor)), actor.platform)
        value = self._recent.get(for_all, position)
        value = self._recent.get(for_one, position) if value is None else value
        if value is None or position < self.log.head():
            with generation.reading() as connection:
                value = self._answer(answers, for_one, connection, position) if value is None else value
                # A projection that has taken in everything is true now; one that lags is true as of its last event.
                as_at = as_at if position >= self.log.head() else reached(connection)[1]
        return Answer(value, from_micros(as_at), position)

    def _answer(self, answers: Answers, asked: tuple[str, Query, Viewer], connection: Connection, position: int) -> Any:
        """Ask the projection, and keep the answer: for everybody, or where it depends on who asks for them alone. What
        was sealed is not kept, for whom it is about may be erased, nor what is to be made anew."""
        for_all, viewer = asked[:2], asked[2]
        key: Hashable | None = for_all

        def seen_by() -> Viewer:
            nonlocal key
            key = asked if key is not None else None
            return viewer

        def anew() -> None:
            nonlocal key
            key = None

        def unseal(sealed: Sealed) -> str | None:
            anew()
            return self.keys.open(sealed)

        value = answers.answer(asked[1], Reading(connection, unseal, self.log.at, seen_by, anew))
        if key is not None:
            self._recent.put(key, position, value)
        return value

    def tenures(self, actor: Actor) -> list[Tenure]:
        """The roles that a person holds today, without what they may only read on account of them."""
        return roles_held(self.every_tenure(actor), london_day(self._clock()))

    def now(self) -> datetime:
        """The time by which this runtime records."""
        return from_micros(self._clock())

    def waiting(self) -> dict[str, list[RecordedEvent]]:
        """What each projection has still to take in, 1,000 events at most. Raises LogUnavailable when the log can't be
        read; of that, Unreachable when it is a read model."""
        return self._readers.waiting()

    def health(self) -> dict[str, Any]:
        """How many events each read model has still to take in; 1,000 is that or more. Raises as `waiting` does."""
        lag = {name: len(events) for name, events in self.waiting().items()}
        return {"head": self.log.head(), "lag": lag}

    def may(self, name: str, data: Mapping[str, Any], *, actor: Actor) -> bool:
        """True when the actor's roles today allow this command or query."""
        declared = self._commands.get(name) or self._query(name)
        return may(declared, data, actor, self.every_tenure(actor), london_day(self._clock()))

    def _command(self, name: str) -> Handles:
        if name not in self._commands:
            raise Unknown(f"There is no command {name}.")
        return self._commands[name]

    def _query(self, name: str) -> Answers:
        if name not in self._queries:
            raise Unknown(f"There is no query {name}.")
        return self._queries[name]

    def _role(self, declared: Handles | Answers, message: Command | Query, actor: Actor) -> str:
        return role_for(declared, message, actor, self.every_tenure(actor), london_day(self._clock()))

    def every_tenure(self, actor: Actor) -> Sequence[Tenure]:
        """Every tenure of a person, read again only when something was recorded since: a page asks many times."""
        if actor.platform:
            return ()
        head = self.log.head()
        known_at, tenures = self._known_tenures.get(actor.id, (-1, ()))
        if known_at != head:
            tenures = tuple(self._tenures_of(actor.id, self.log.read))
            self._known_tenures[actor.id] = head, tenures
        return tenures

    def _context(self, handles: Handles, command: Command, actor: str, role: str, reason: str | None) -> Context:
        now = self._clock()
        facts = handles.consult(command, self.log.read) if handles.consult else None
        return Context(from_micros(now), london_day(now), facts, reason, actor, role)

    def _rehearse(
        self, handles: Handles, command: Command, actor: str, role: str, reason: str | None
    ) -> Sequence[Event | Dated]:
        context = self._context(handles, command, actor, role, reason)
        return rehearse(self.log, handles.decider, handles.stream(command), command, context)

    def _carry_out(self, handles: Handles, command: Command, metadata: Metadata) -> Result:
        def gather() -> Context:
            return self._context(handles, command, metadata.actor, metadata.role, metadata.reason)

        stream = handles.stream(command)
        if handles.claims and not done_before(self.log.read(stream), metadata.command_id):
            # Once it is known that the command itself would not be refused. Cut short between the two, the same command
            # sent again finds its claim done and goes on from there.
            self._rehearse(handles, command, metadata.actor, metadata.role, metadata.reason)
            if claim := handles.claims(command, self.log.read):
                self._carry_out_claim(claim, metadata)
        return handle(self.log, handles.decider, stream, command, metadata, gather, self.keys.seal)

    def _carry_out_claim(self, claim: Command, metadata: Metadata) -> None:
        claim_id = uuid5(metadata.command_id, claim.message_name)
        claiming = msgspec.structs.replace(metadata, command_id=claim_id, causation_id=metadata.command_id)
        self._carry_out(self._commands[claim.message_name], claim, claiming)

    def _metadata(
        self,
        handles: Handles,
        command: Command,
        actor: Actor,
        command_id: UUID,
        reason: str | None,
        trace: str | None,
    ) -> Metadata:
        role = self._role(handles, command, actor)
        today = london_day(self._clock())
        return Metadata(command_id, command_id, command_id, actor.id, role, today, reason, trace)

    def _issue(self, command: Command, command_id: UUID, cause: RecordedEvent, policy: str) -> None:
        today = london_day(self._clock())
        why = cause.metadata
        metadata = Metadata(command_id, why.correlation_id, cause.id, policy, "policy", today, trace=why.trace)
        self._carry_out(self._commands[command.message_name], command, metadata)

    # Keeping up

    def settle(self, *, projections: bool = True) -> None:
        """Bring every policy, and every projection unless told otherwise, up to date, in this thread, until nothing is
        left to do."""
        self._readers.settle(projections=projections)

    def position(self) -> int:
        """The position up to which every projection has folded the log."""
        return self._readers.position()

    def wait_for(self, position: int, timeout: float, projections: Sequence[str] | None = None) -> bool:
        """Wait until these projections (or all) have folded everything up to a position; False when time ran out."""
        return self._readers.wait_for(position, timeout, projections)

    def measure(self) -> None:
        """Bring the metrics of lag and parked events up to date."""
        self._readers.measure()

    def close(self) -> None:
        """Stop the threads after the batch in hand, then close every file and connection."""
        self._readers.stop()
        for projector in self.projectors.values():
            projector.model.close()
        for policy in self.policies:
            policy.model.close()
        self._models.close()
        self.log.close()
        self.keys.close()
