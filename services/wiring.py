"""The platform's services, and how a process opens them over the files in DATA_DIR."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from services.analytics.service import analytics
from services.billing.service import billing
from services.core.authorisation import Actor
from services.core.keys import KeyStore
from services.core.log import EventLog, LogUnavailable
from services.core.log_place import open_log
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
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LogUnavailable(f"{directory} can't be made: {error.strerror}. Choose another DATA_DIR.") from error
    with ExitStack() as stack:
        log: EventLog = open_log(_place(settings), clock=clock)
        stack.callback(log.close)
        keys = KeyStore(directory / "keys.db")
        stack.callback(keys.close)
        runtime = Runtime(settings, services, log, keys, tenures_of, threads=threads, clock=clock)
        stack.callback(runtime.close)
        yield runtime


@contextmanager
def open_log_read_only(settings: Settings) -> Iterator[StoredLog]:
    """The event log, for reading beside whatever process writes it. Raises LogUnavailable when there is none."""
    log = open_log(_place(settings), read_only=True)
    try:
        yield log
    finally:
        log.close()


def _place(settings: Settings) -> str:
    """Where the event log is."""
    return settings.kurrentdb_url or str(settings.data_dir)


def read_models(settings: Settings) -> dict[str, ReadModel]:
    """The read model of every projection by name."""
    projections = [projection for service in SERVICES for projection in service.projections]
    return {p.name: ReadModel(settings.data_dir / "read", p, readers=1) for p in projections}


def relay_checkpoint(settings: Settings, checkpoint: Projection) -> ReadModel:
    """Where the relay keeps how far it has come."""
    return ReadModel(settings.data_dir / "relay", checkpoint, readers=1)


def policy_checkpoints(settings: Settings) -> dict[str, ReadModel]:
    """What each policy keeps, by name: how far it has come, and what was refused."""
    policies = [policy for service in SERVICES for policy in service.policies]
    return {p.name: ReadModel(settings.data_dir / "policies", checkpoint_of(p), readers=1) for p in policies}
