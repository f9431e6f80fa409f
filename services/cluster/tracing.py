"""Traces: which page asked what of which service, and what was recorded because of it (W3C trace context).

The trace goes along with every request and is kept with every event. Spans are timed and sent to a collector only where
OTLP_URL names one."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from services.core.settings import Settings

TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
SAMPLED = "01"


class Span(Protocol):
    """Times something under a name, as part of a trace; inside, what happens is part of the trace that it gives."""

    def __call__(
        self, name: str, trace: str | None, /, *, producer: bool = False
    ) -> AbstractContextManager[str | None]:
        """`producer`: what is timed is the sending of a message that others take in their own time."""


_current: ContextVar[str | None] = ContextVar("trace", default=None)


def current() -> str | None:
    """The traceparent of what this thread does for somebody, if it is known."""
    return _current.get()


@contextmanager
def part_of(trace: str | None) -> Iterator[None]:
    """Inside, `current` is this trace."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def untimed(_: str, trace: str | None, /, *, producer: bool = False) -> Iterator[str | None]:
    """The span of a process that sends none."""
    yield trace


def spans_of(settings: Settings, process: str) -> Span:
    """What times the work of this process: nothing unless OTLP_URL names a collector."""
    if not settings.otlp_url:
        return untimed
    from services.cluster.spans import exported  # OpenTelemetry is loaded only where it is wanted

    return exported(settings.otlp_url, process)


class TracedPages:
    """WSGI: each page is a trace of its own, or part of the one that its caller names."""

    def __init__(self, app: Callable[..., Iterable[bytes]], span: Span) -> None:
        self._app, self._span = app, span

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        named = environ.get("HTTP_TRACEPARENT", "")
        trace = named if TRACEPARENT.fullmatch(named) else _fresh()
        with self._span("page", trace) as own, part_of(own):
            return self._app(environ, start_response)


def _fresh() -> str:
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-{SAMPLED}"
