"""A trace goes from the page through edge and worker to what is recorded; spans are sent only where somebody asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from services.cluster.gateway import open_remote_runtime
from services.cluster.remote import RemoteRuntime
from services.cluster.tracing import TRACEPARENT, TracedPages, current, part_of, spans_of, untimed
from services.core.log import pages
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.scheduling.service import scheduling
from services.wiring import OPERATOR, open_log_read_only
from tests.cluster.in_process import Messages
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.cluster.published import Listener, append, relaying
from tests.cluster.test_relay import program
from tests.engines import rabbitmq
from tests.engines.rabbitmq import RabbitMq
from tests.platform import SCHOOL_ROW, opened_platform

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE_ID = TRACE.split("-")[1]


@dataclass
class Collector:
    """Takes spans as an OpenTelemetry collector does."""

    url: str
    spans: dict[str, tuple[str, Span]] = field(default_factory=dict)
    """Each by its id, with the process it came from."""

    def of_trace(self) -> dict[str, tuple[str, Span]]:
        """Those of TRACE."""
        return {own: each for own, each in self.spans.items() if each[1].trace_id.hex() == TRACE_ID}


@pytest.fixture
def collector() -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            for of_process in sent.resource_spans:
                named = {each.key: each.value.string_value for each in of_process.resource.attributes}
                for scope in of_process.scope_spans:
                    found.spans |= {each.span_id.hex(): (named["service.name"], each) for each in scope.spans}
            self.send_response(200)
            self.end_headers()

        def log_request(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Collector(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def record(runtime: RemoteRuntime) -> None:
    runtime.handle("scheduling.RecordSchool", SCHOOL_ROW, actor=OPERATOR, command_id=uuid4())


def test_the_trace_of_a_page_is_kept_with_what_it_records(tmp_path: Path) -> None:
    with opened_platform(tmp_path) as platform:

        def page(_: Any, __: Any) -> list[bytes]:
            runtime = Messages(platform.runtime).remote()
            row = {**SCHOOL_ROW, "urn": 120001}
            runtime.handle("scheduling.RecordSchool", row, actor=OPERATOR, command_id=uuid4())
            return [b""]

        TracedPages(page, untimed)({"HTTP_TRACEPARENT": TRACE}, None)
        assert platform.recorded()[-1].metadata.trace == TRACE
        assert current() is None


@pytest.mark.parametrize(
    "named", ["", "00-xyz", TRACE.upper(), f"{TRACE}-more", "00-" + "0" * 32 + "-b7ad6b7169203331-01"]
)
def test_a_page_without_a_trace_begins_one(named: str) -> None:
    seen = list[str | None]()

    def page(*_: Any) -> list[bytes]:
        seen.append(current())
        return [b""]

    app = TracedPages(page, untimed)
    app({"HTTP_TRACEPARENT": named}, None)
    app({"HTTP_TRACEPARENT": named}, None)
    assert seen[0] != seen[1]
    assert all(TRACEPARENT.fullmatch(each or "") for each in seen)
    assert named not in seen


def test_what_a_policy_does_belongs_to_the_trace_of_its_cause(tmp_path: Path) -> None:
    with opened_platform(tmp_path) as platform:
        price = {"item": "full-service", "school_status": "maintained", "pence": 265_000, "begins": "2011-09-01"}
        platform.do("billing.SetPrice", by="finance", **price)
        with part_of(TRACE):
            fields = {"urn": 120777, "year": 2011}
            Messages(platform.runtime).remote().handle(
                "scheduling.SubscribeSchool", fields, actor=OPERATOR, command_id=uuid4()
            )
        platform.runtime.settle()
        charged = next(event for event in platform.recorded() if event.type == "billing.ChargeRaised")
        assert charged.metadata.trace == TRACE


def test_a_command_is_traced_from_the_page_to_what_other_systems_get(tmp_path: Path, collector: Collector) -> None:
    place = Place(tmp_path, rabbitmq.shared().url, otlp_url=collector.url)
    settings, listener = Settings(amqp_url=place.amqp_url, otlp_url=collector.url), Listener(place.amqp_url)
    span = spans_of(settings, "gateway")
    with launched(place, scheduling), remote(place.amqp_url, scheduling) as direct:
        ready(direct)
        with open_remote_runtime(settings, span) as runtime:

            def page(*_: Any) -> list[bytes]:
                record(runtime)
                return [b""]

            TracedPages(page, span)({"HTTP_TRACEPARENT": TRACE}, None)
    with program("services.cli", tmp_path, rabbitmq.shared(), OTLP_URL=collector.url):
        (published,) = listener.events(1)
        until(lambda: len(collector.of_trace()) == 5)
    with open_log_read_only(Settings(data_dir=tmp_path)) as log:
        (recorded,) = (event for events in pages(log) for event in events)
    assert published["traceparent"] == recorded.metadata.trace
    assert path_to(collector, "publish scheduling.SchoolRegistered") == [
        ("gateway", "page"),
        ("gateway", "ask scheduling to handle"),
        ("worker of scheduling", "handle scheduling.RecordSchool"),
        ("relay", "publish scheduling.SchoolRegistered"),
    ]
    assert path_to(collector, "pass on handle")[1:] == [
        ("gateway", "ask scheduling to handle"),
        ("edge of scheduling", "pass on handle"),
    ]
    assert [each.name for _, each in collector.of_trace().values() if each.kind == Span.SPAN_KIND_PRODUCER] == [
        "publish scheduling.SchoolRegistered"
    ]


def test_each_question_asked_ahead_has_a_span(tmp_path: Path, collector: Collector) -> None:
    place = Place(tmp_path, rabbitmq.shared().url, otlp_url=collector.url)
    question = "scheduling.SchoolByUrn", {"urn": 120777}
    with launched(place, scheduling), remote(place.amqp_url, scheduling) as runtime:
        ready(runtime)
        with part_of(TRACE):
            until(lambda: runtime.ask_ahead([question, question], actor=OPERATOR) != [None, None])
    asked = ("worker of scheduling", "ask scheduling.SchoolByUrn")
    until(lambda: [(process, each.name) for process, each in collector.of_trace().values()].count(asked) >= 2)


def path_to(collector: Collector, name: str) -> list[tuple[str, str]]:
    """The spans within which this one lies, and itself, by process and name."""
    spans, found = collector.of_trace(), list[tuple[str, str]]()
    (at,) = (own for own, (_, each) in spans.items() if each.name == name)
    while at in spans:
        process, each = spans[at]
        found.insert(0, (process, each.name))
        at = each.parent_span_id.hex()
    return found


def test_what_belongs_to_no_trace_is_published_without_a_span(broker: RabbitMq, tmp_path: Path) -> None:
    spans = list[str]()

    @contextmanager
    def span(name: str, trace: str | None, /, *, producer: bool = False) -> Iterator[str | None]:
        spans.append(name)
        yield trace

    log, listener = SqliteLog(tmp_path / "events.db"), Listener(broker.url)
    append(log, 120_700)
    with relaying(tmp_path, broker.url, span):
        listener.events(3)
    log.close()
    assert not spans
