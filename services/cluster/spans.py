"""Spans sent to a collector by OpenTelemetry (OTLP over HTTP). Their names are verbs and services, nothing else."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.cluster.tracing import Span


def exported(otlp_url: str, process: str) -> Span:
    """Spans of this process, sent in batches by a thread of its own, and the last of them at its end."""
    provider = TracerProvider(resource=Resource.create({"service.name": process}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{otlp_url.rstrip('/')}/v1/traces")))
    atexit.register(provider.shutdown)
    tracer, wire = provider.get_tracer("partnership"), TraceContextTextMapPropagator()

    @contextmanager
    def span(name: str, trace: str | None, /, *, producer: bool = False) -> Iterator[str | None]:
        parent = wire.extract({"traceparent": trace} if trace else {})
        # An error's words may quote what somebody typed, so errors are not told.
        kind = SpanKind.PRODUCER if producer else SpanKind.INTERNAL
        with tracer.start_as_current_span(name, parent, kind, record_exception=False, set_status_on_exception=False):
            carrier = dict[str, str]()
            wire.inject(carrier)
            yield carrier["traceparent"]

    return span
