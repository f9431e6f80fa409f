"""The service `streams.Streams` over a store: appends, reads and catch-up subscriptions, answered as a server does."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from uuid import uuid4

import grpc
from google.protobuf import any_pb2, empty_pb2
from kurrentdbclient.protos.v1 import shared_pb2, status_pb2, streams_pb2
from kurrentdbclient.protos.v1.streams_pb2_grpc import StreamsServicer

from tests.engines.kurrentdb.store import ANY, EXISTS, NO_STREAM, Proposed, Store, Stored, WrongRevision

FAR = 2**62
IDLE_SECONDS = 1.0

Matches = Callable[[Stored], bool]


class Streams(StreamsServicer):
    """`before_reply` runs once an append is stored and before it is answered: for tests of answers that get lost."""

    def __init__(self, store: Store, before_reply: Callable[[grpc.ServicerContext], None] | None = None) -> None:
        self._store, self._before_reply = store, before_reply or (lambda context: None)

    # Appending

    def Append(  # noqa: N802 - the protocol's name
        self, request_iterator: Iterator[streams_pb2.AppendReq], context: grpc.ServicerContext
    ) -> streams_pb2.AppendResp:
        options = next(request_iterator).options
        events = [_proposed(request.proposed_message) for request in request_iterator]
        expected = _expected(options.WhichOneof("expected_stream_revision"), options.revision)
        try:
            position, revision = self._store.append(_name(options.stream_identifier), expected, events)
        except WrongRevision as error:
            wrong = streams_pb2.AppendResp.WrongExpectedVersion()
            if error.current == NO_STREAM:
                wrong.current_no_stream.SetInParent()
            else:
                wrong.current_revision = error.current
            return streams_pb2.AppendResp(wrong_expected_version=wrong)
        self._before_reply(context)
        at = streams_pb2.AppendResp.Position(commit_position=position, prepare_position=position)
        success = streams_pb2.AppendResp.Success(current_revision=revision, position=at)
        return streams_pb2.AppendResp(success=success)

    def BatchAppend(  # noqa: N802
        self, request_iterator: Iterator[streams_pb2.BatchAppendReq], context: grpc.ServicerContext
    ) -> Iterator[streams_pb2.BatchAppendResp]:
        events: list[Proposed] = []
        for request in request_iterator:
            if not events:
                options = request.options
            events += map(_proposed, request.proposed_messages)
            if request.is_final:
                yield self._batch(request.correlation_id, options, events, context)
                events = []

    def _batch(
        self,
        correlation_id: shared_pb2.UUID,
        options: streams_pb2.BatchAppendReq.Options,
        events: list[Proposed],
        context: grpc.ServicerContext,
    ) -> streams_pb2.BatchAppendResp:
        response = streams_pb2.BatchAppendResp(
            correlation_id=correlation_id, stream_identifier=options.stream_identifier
        )
        expected = _expected(options.WhichOneof("expected_stream_position"), options.stream_position)
        try:
            position, revision = self._store.append(_name(options.stream_identifier), expected, events)
        except WrongRevision as error:
            wrong = shared_pb2.WrongExpectedVersion()
            if error.current == NO_STREAM:
                wrong.current_no_stream.CopyFrom(empty_pb2.Empty())
            else:
                wrong.current_stream_revision = error.current
            details = any_pb2.Any()
            details.Pack(wrong)
            response.error.CopyFrom(status_pb2.Status(message="WrongExpectedVersion", details=details))
            return response
        self._before_reply(context)
        at = shared_pb2.AllStreamPosition(commit_position=position, prepare_position=position)
        response.success.CopyFrom(streams_pb2.BatchAppendResp.Success(current_revision=revision, position=at))
        return response

    # Reading

    def Read(  # noqa: N802
        self, request: streams_pb2.ReadReq, context: grpc.ServicerContext
    ) -> Iterator[streams_pb2.ReadResp]:
        options = request.options
        if options.WhichOneof("count_option") == "subscription":
            yield from self._subscribed(options, context)
        elif options.HasField("stream"):
            yield from self._of_stream(options)
        else:
            backwards = options.read_direction == streams_pb2.ReadReq.Options.Backwards
            events = self._store.of_all(_position(options, FAR if backwards else 0), backwards=backwards)
            yield from map(_read, islice(filter(_matches(options), events), min(options.count, FAR)))

    def _of_stream(self, options: streams_pb2.ReadReq.Options) -> Iterator[streams_pb2.ReadResp]:
        backwards = options.read_direction == streams_pb2.ReadReq.Options.Backwards
        start = {"revision": options.stream.revision, "start": 0, "end": FAR}
        revision = start[options.stream.WhichOneof("revision_option") or "start"]
        name = _name(options.stream.stream_identifier)
        if next(self._store.of_stream(name, 0), None) is None:
            yield streams_pb2.ReadResp(
                stream_not_found=streams_pb2.ReadResp.StreamNotFound(stream_identifier=options.stream.stream_identifier)
            )
        else:
            events = self._store.of_stream(name, revision, backwards=backwards)
            yield from map(_read, islice(events, min(options.count, FAR)))

    def _subscribed(
        self, options: streams_pb2.ReadReq.Options, context: grpc.ServicerContext
    ) -> Iterator[streams_pb2.ReadResp]:
        """Everything after a position, then a word that it has caught up, then what comes; of $all only."""
        context.add_callback(self._wake)
        yield streams_pb2.ReadResp(
            confirmation=streams_pb2.ReadResp.SubscriptionConfirmation(subscription_id=str(uuid4()))
        )
        after, matches, caught_up = self._start(options), _matches(options), False
        while context.is_active():
            before = after
            for event in self._store.of_all(after + 1):
                after = event.position
                if matches(event):
                    yield _read(event)
            if after == before and not caught_up:
                caught_up = True
                at = streams_pb2.ReadResp.Position(commit_position=after, prepare_position=after)
                yield streams_pb2.ReadResp(caught_up=streams_pb2.ReadResp.CaughtUp(position=at))
            with self._store.appended:
                if after == before and context.is_active() and self._last() == after:
                    self._store.appended.wait(IDLE_SECONDS)

    def _start(self, options: streams_pb2.ReadReq.Options) -> int:
        return self._last() if options.all.WhichOneof("all_option") == "end" else _position(options, 0)

    def _last(self) -> int:
        last = next(self._store.of_all(FAR, backwards=True), None)
        return last.position if last else 0

    def _wake(self) -> None:
        with self._store.appended:
            self._store.appended.notify_all()


def _name(identified: shared_pb2.StreamIdentifier) -> str:
    return identified.stream_name.decode()


def _expected(said: str | None, revision: int) -> int:
    """What an append expects of its stream: the case that its options name, or the revision that they give."""
    return {"no_stream": NO_STREAM, "any": ANY, "stream_exists": EXISTS}.get(said or "", revision)


def _proposed(
    message: streams_pb2.AppendReq.ProposedMessage | streams_pb2.BatchAppendReq.ProposedMessage,
) -> Proposed:
    about = message.metadata
    return Proposed(message.id.string, about["type"], about["content-type"], message.custom_metadata, message.data)


def _position(options: streams_pb2.ReadReq.Options, otherwise: int) -> int:
    if options.all.WhichOneof("all_option") == "position":
        return options.all.position.commit_position
    return otherwise


def _matches(options: streams_pb2.ReadReq.Options) -> Matches:
    """What the filter lets through, by event type or by stream, by regular expression or by prefix."""
    if options.WhichOneof("filter_option") != "filter":
        return lambda event: True
    by_type = options.filter.WhichOneof("filter") == "event_type"
    expression = options.filter.event_type if by_type else options.filter.stream_identifier
    if expression.prefix:
        prefixes: Iterable[str] = tuple(expression.prefix)
        return lambda event: (event.type if by_type else event.stream).startswith(tuple(prefixes))
    pattern = re.compile(expression.regex)
    return lambda event: pattern.search(event.type if by_type else event.stream) is not None


def _read(event: Stored) -> streams_pb2.ReadResp:
    recorded = streams_pb2.ReadResp.ReadEvent.RecordedEvent(
        id=shared_pb2.UUID(string=event.id),
        stream_identifier=shared_pb2.StreamIdentifier(stream_name=event.stream.encode()),
        stream_revision=event.revision,
        prepare_position=event.position,
        commit_position=event.position,
        metadata={"type": event.type, "content-type": event.content_type, "created": str(event.created)},
        custom_metadata=event.metadata,
        data=event.data,
    )
    return streams_pb2.ReadResp(event=streams_pb2.ReadResp.ReadEvent(event=recorded, commit_position=event.position))
