"""A trace goes from the page through edge and worker to what is recorded; spans are sent only where somebody asked."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.cluster.remote import RemoteRuntime
from services.cluster.tracing import TRACEPARENT, TracedPages, current, part_of, untimed
from services.core.log import pages
from services.core.settings import Settings
from services.scheduling.service import scheduling
from services.wiring import OPERATOR, open_log_read_only
from tests.cluster.in_process import Messages
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.engines import rabbitmq
from tests.platform import SCHOOL_ROW, opened_platform

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE_ID = TRACE.split("-")[1]


@dataclass
class Collector:
    """Takes spans as an OpenTelemetry collector does."""

    url: str
    spans: list[tuple[str, str, str]] = field(default_factory=list)
    """Process, name and trace id of each."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            for of_process in sent.resource_spans:
                named = {each.key: each.value.string_value for each in of_process.resource.attributes}
                for scope in of_process.scope_spans:
                    found.spans += [(named["service.name"], each.name, each.trace_id.hex()) for each in scope.spans]
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


def test_the_spans_of_edge_and_worker_are_of_one_trace(tmp_path: Path, collector: Collector) -> None:
    place = Place(tmp_path, rabbitmq.shared().url, otlp_url=collector.url)
    with launched(place, scheduling), remote(place.amqp_url, scheduling) as runtime:
        ready(runtime)
        with part_of(TRACE):
            record(runtime)
            until(lambda: runtime.ask_ahead([("scheduling.SchoolByUrn", {"urn": 120777})], actor=OPERATOR) != [None])
    every = {
        ("edge of scheduling", "pass on ask"),
        ("edge of scheduling", "pass on handle"),
        ("worker of scheduling", "ask scheduling.SchoolByUrn"),
        ("worker of scheduling", "handle scheduling.RecordSchool"),
    }
    until(lambda: every <= of_trace(collector))
    assert of_trace(collector) == every
    with open_log_read_only(Settings(data_dir=tmp_path)) as log:
        kept = {event.metadata.trace or "" for page in pages(log) for event in page}
    assert [trace.split("-")[1] for trace in kept] == [TRACE_ID]


def of_trace(collector: Collector) -> set[tuple[str, str]]:
    return {(process, name) for process, name, trace in collector.spans if trace == TRACE_ID}
