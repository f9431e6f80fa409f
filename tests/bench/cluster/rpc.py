"""A round trip through gateway pool, edge and worker, beside one to a nameko service that only answers."""

import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from services.cluster.messages import Request, decode_reply, encode
from services.cluster.pool import Pool, Proxy
from services.scheduling.service import scheduling
from tests.bench.cluster.callers import Callers
from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes
from tests.cluster.processes import Place, launched, ready, remote, until
from tests.engines import rabbitmq

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    from nameko.exceptions import UnknownService
    from nameko.standalone.rpc import ClusterRpcProxy

CALLERS = 8
MAX_WORKERS = 32
"""As many as an edge has."""
BARE_SERVICE = Path(__file__).with_name("nameko_ping.py")
PATIENCE_SECONDS = 30.0


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    url = rabbitmq.shared().url
    with ExitStack() as opened:
        ours, bare = opened.enter_context(our_service(directory / "rpc", url)), opened.enter_context(bare_service(url))
        many = [opened.enter_context(closing(Callers(CALLERS, call))) for call in (ours, bare)]
        one = [opened.enter_context(closing(Callers(1, call))) for call in (ours, bare)]
        while True:
            rates = [callers.rate(sizes.round_trips) for callers in (*many, *one)]
            yield dict(zip(("ours", "nameko", "ours, one caller", "nameko, one caller"), rates, strict=True))


@contextmanager
def our_service(directory: Path, url: str) -> Iterator[Callable[[], None]]:
    """A service's worker and edge, and what asks it the least that it can be asked."""
    with launched(Place(directory, url), scheduling), closing(Pool(lambda: Proxy(url))) as pool:
        with remote(url, scheduling) as runtime:
            ready(runtime)
        yield partial(ask, pool)


def ask(pool: Pool) -> None:
    reply = decode_reply(pool.call(scheduling.name, least_request()))
    if bytes(reply.value) != b"true":
        raise AssertionError(f"the service answered {reply}")


def least_request() -> Request:
    """Whether the read models have come to the beginning of the log."""
    return Request("reached", time.time() + PATIENCE_SECONDS)


@contextmanager
def bare_service(url: str) -> Iterator[Callable[[], None]]:
    """nameko's own service and proxies, one for each thread, asked with the same text."""
    text, own, proxies = encode(least_request()).decode(), threading.local(), list[Any]()

    def ping() -> None:
        if not hasattr(own, "proxy"):
            proxies.append(ClusterRpcProxy({"AMQP_URI": url}))
            own.proxy = proxies[-1].start()
        if own.proxy.ping.ping(text) != text:
            raise AssertionError("the bare service answered something else")

    def answers() -> bool:
        try:
            ping()
        except UnknownService:
            return False
        return True

    with subprocess.Popen([sys.executable, str(BARE_SERVICE), url, str(MAX_WORKERS)]) as service:
        try:
            until(answers)
            yield ping
        finally:
            for proxy in proxies:
                proxy.stop()
            service.terminate()


ROW = Row(
    name="rpc",
    title=f"round trips through gateway pool, edge and worker, {CALLERS} callers at once, and one",
    unit="round trips/s",
    goals=(
        Goal("of bare nameko", of="ours", beside="nameko", at_least=0.6),
        Goal("of bare nameko, one caller", of="ours, one caller", beside="nameko, one caller", at_least=0.6),
    ),
    rounds=rounds,
)
