"""The platform's services, and how a process opens them over the files in DATA_DIR."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from services.analytics.service import analytics
from services.billing.service import billing
from services.core.authorisation import Actor
from services.core.key_place import keys_in_file, keys_in_postgres
from services.core.keys import KEYS, MASTER, KeyStore
from services.core.log import EventLog
from services.core.log_place import make_directory, open_log
from services.core.policies import POLICIES, checkpoint_of
from services.core.postgres_read_db import PostgresReadModels
from services.core.projections import Projection
from services.core.read_db import ReadModel, ReadModels
from services.core.runtime import Runtime
from services.core.service import Service
from services.core.settings import Settings
from services.core.sqlite_read_db import SqliteReadModels
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
        models = stack.enter_context(open_models(settings, settings.threads))
        runtime = Runtime(settings, services, log, keys, tenures_of, models=models, threads=threads, clock=clock)
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
    """The keys of sealed fields, until the block ends: in PostgreSQL, or else in a file.

    Raises BadSetting or LogUnavailable."""
    keys = key_store(settings)
    try:
        yield keys
    finally:
        keys.close()


def key_store(settings: Settings) -> KeyStore:
    """The same, for who closes it."""
    directory = settings.data_dir
    master = Path(settings.keys_master_file) if settings.keys_master_file else directory / MASTER
    if settings.postgres_url:
        return keys_in_postgres(settings.postgres_url, master)
    return keys_in_file(directory / KEYS, master)


def log_place(settings: Settings) -> str:
    """Where the event log is: an address or a directory."""
    return settings.kurrentdb_url or str(settings.data_dir)


@contextmanager
def open_models(settings: Settings, readers: int = 1) -> Iterator[ReadModels]:
    """The read models, and what policies and the relay keep, until the block ends: in PostgreSQL, or else in files.

    `readers` is how many threads may read at once. Raises BadSetting; a server that doesn't answer is met later."""
    models = models_kept(settings, readers)
    try:
        yield models
    finally:
        models.close()


def models_kept(settings: Settings, readers: int) -> ReadModels:
    """The same, for who closes them."""
    if settings.postgres_url:
        return PostgresReadModels(settings.postgres_url, readers)
    return SqliteReadModels(settings.data_dir, readers)


def read_models(models: ReadModels) -> dict[str, ReadModel]:
    """The read model of every projection by name."""
    return {each.name: models.of(each) for service in SERVICES for each in service.projections}


def relay_checkpoint(models: ReadModels) -> ReadModel:
    """What the relay keeps: how far it has come, and what it could not read."""
    return models.kept(Projection(RELAY, version=1, tables=[]), "relay")


def policy_checkpoints(models: ReadModels) -> dict[str, ReadModel]:
    """What each policy keeps, by name: how far it has come, and what was refused."""
    return {each.name: models.kept(checkpoint_of(each), POLICIES) for service in SERVICES for each in service.policies}
