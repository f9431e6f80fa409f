"""What a gateway opens to reach services that run apart."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from services.cluster.bell import Listener
from services.cluster.pool import Pool, Proxy
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.cluster.tracing import Span, untimed
from services.core.log import EventLog
from services.core.settings import Settings
from services.wiring import SERVICES, open_log_read_only


@contextmanager
def open_remote_runtime(settings: Settings, span: Span = untimed) -> Iterator[RemoteRuntime]:
    """Every service, over the message broker, until the block ends. The broker may come and go meanwhile."""
    positions = Positions()
    pool = Pool(lambda: Proxy(settings.amqp_url))
    with Listener(settings.amqp_url, positions), ExitStack() as opened:
        opened.callback(pool.close)

        def open_log() -> EventLog:
            return opened.enter_context(open_log_read_only(settings))

        yield RemoteRuntime(SERVICES, pool.call, positions, call_all=pool.call_all, span=span, open_log=open_log)
