"""The platform's services, and how a process opens them over the files in DATA_DIR."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from services.analytics.service import analytics
from services.billing.service import billing
from services.core.authorisation import Actor
from services.core.keys import KEYS, KeyStore
from services.core.log import EventLog
from services.core.log_place import make_directory, open_log
from services.core.policies import checkpoint_of
from services.core.projections import Projection
from services.core.read_db import ReadModel
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.times import now_micros
from services.core.verify import StoredLog
from services.helpdesk.service import helpdesk
from services.scheduling.person import tenures_of
from services.scheduling.service import scheduling
from services.visits.service import visits

SERVICES = (scheduling, visits, analytics, helpdesk, billing)

RELAY = "cluster.relay"

OPERATOR = Actor("operator", platform=True)
"""Whoever works at the command line: the machine has let them in already."""


@contextmanager
def open_runtime(
    settings: Settings,
    *,
    services: Sequence[Service] = SERVICES,
    threads: bool = True,
    clock: Callable[[], int] = now_micros,
) -> Iterator[Runtime]:
    """Services, all or some, ready for work until the block ends; `clock` gives microseconds since 1970.

    Raises LogUnavailable when the files can't be used."""
    directory = settings.data_dir
    make_directory(directory)
    with ExitStack() as stack:
        log: EventLog = open_log(log_place(settings), clock=clock)
        stack.callback(log.close)
        keys = stack.enter_context(open_keys(settings))
        runtime = Runtime(settings, services, log, keys, tenures_of, threads=threads, clock=clock)
        stack.callback(runtime.close)
        yield runtime


@contextmanager
def open_log_read_only(settings: Settings) -> Iterator[StoredLog]:
    """The event log, for reading beside whatever process writes it. Raises LogUnavailable when there is none."""
    log = open_log(log_place(settings), read_only=True)
    try:
        yield log
    finally:
        log.close()


@contextmanager
def open_keys(settings: Settings) -> Iterator[KeyStore]:
    """The keys of sealed fields, until the block ends. Raises LogUnavailable."""
    keys = KeyStore(settings.data_dir / KEYS)
    try:
        yield keys
    finally:
        keys.close()


def log_place(settings: Settings) -> str:
    """Where the event log is: an address or a directory."""
    return settings.kurrentdb_url or str(settings.data_dir)


def read_models(settings: Settings) -> dict[str, ReadModel]:
    """The read model of every projection by name."""
    projections = [projection for service in SERVICES for projection in service.projections]
    return {p.name: ReadModel(settings.data_dir / "read", p, readers=1) for p in projections}


def relay_checkpoint(settings: Settings) -> ReadModel:
    """What the relay keeps: how far it has come, and what it could not read."""
    return ReadModel(settings.data_dir / "relay", Projection(RELAY, version=1, tables=[]), readers=1)


def policy_checkpoints(settings: Settings) -> dict[str, ReadModel]:
    """What each policy keeps, by name: how far it has come, and what was refused."""
    policies = [policy for service in SERVICES for policy in service.policies]
    return {p.name: ReadModel(settings.data_dir / "policies", checkpoint_of(p), readers=1) for p in policies}
