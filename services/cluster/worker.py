"""A worker: one service with its log, its read models and its policies, in a plain threaded process of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from services.cluster.bell import Ringer
from services.cluster.counter import Counter
from services.cluster.desk import Desk
from services.cluster.frames import private_directory, socket_path
from services.cluster.lifeline import GRACE_SECONDS, hold_on_to
from services.cluster.scrape import scraped
from services.cluster.tracing import spans_of
from services.core.file_lock import FileLock
from services.core.log import LogInUse, LogUnavailable
from services.core.logs import logger
from services.core.read_db import Unreachable
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.stopping import told_to_stop
from services.wiring import open_runtime

LAGGING = timedelta(seconds=30)
"""A read model so far behind the log is stuck, or somebody is loading a county."""


def work(settings: Settings, service: Service, lifeline: int | None = None) -> None:
    """Do the requests of one service until SIGTERM, SIGINT or the end of the launcher; then answer those in hand.

    Raises LogUnavailable where what it stands on can't be had."""
    stopping = told_to_stop()
    if lifeline is not None:
        hold_on_to(lifeline, stopping.set)
    with ExitStack() as opened:
        watched = opened.enter_context(scraped(settings.metrics_port, settings.host))
        opened.enter_context(_alone(settings, service))
        runtime = opened.enter_context(open_runtime(settings, services=[service]))
        ringer = opened.enter_context(Ringer(settings.amqp_url, service.name, runtime)) if settings.amqp_url else None
        watched.of(lambda: wrong_with(runtime) + (ringer.health() if ringer else []), runtime.measure)
        desk = Desk(service.name, runtime, span=spans_of(settings, f"worker of {service.name}"))
        counter = Counter(socket_path(settings, service.name), desk.answer)
        logger.info("worker ready", service=service.name)
        stopping.wait()
        if not counter.close(GRACE_SECONDS / 2):
            logger.error("some requests were not finished in time", service=service.name)


@contextmanager
def _alone(settings: Settings, service: Service) -> Iterator[None]:
    """Two workers behind one socket would take each other's place. Raises LogInUse."""
    path = socket_path(settings, service.name).with_suffix(".lock")
    try:
        private_directory(path.parent)
        lock = FileLock(path)
        held = lock.acquire()
    except OSError as error:
        raise LogUnavailable(f"{path.parent} can't be used: {error.strerror}. Choose another DATA_DIR.") from error
    if not held:
        raise LogInUse(f"Process {lock.holder()} is already the worker of {service.name} in this DATA_DIR.")
    try:
        yield
    finally:
        lock.release()


def wrong_with(runtime: Runtime) -> list[str]:
    """What is wrong with what the service stands on, in words."""
    try:
        waiting = runtime.waiting()
    except Unreachable as error:
        return [f"The read models' database can't be read: {error}"]
    except LogUnavailable as error:
        return [f"The event log can't be read: {error}"]
    return [
        f"{name} has not taken in what was recorded {LAGGING.seconds} seconds ago."
        for name, events in waiting.items()
        if events and runtime.now() - events[0].recorded > LAGGING
    ]
