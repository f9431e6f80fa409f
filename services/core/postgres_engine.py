"""Connections to PostgreSQL: one pool for a process, transactions that begin as they are told to, and errors in words
a user can act on."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from services.core.read_db import Unreachable
from services.core.settings import BadSetting

GONE = ("42P01", "3F000")
"""What PostgreSQL says when there is no such table or no such schema."""

BUSY = "55P03"
"""What it says when a lock could not be had in time."""

CONNECTION = {
    # Every transaction begins by its own words, in one round trip; what is outside of one is a single statement.
    "autocommit": True,
    # The same words mean other tables in another generation.
    "prepare_threshold": None,
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    # The server lets go what somebody holds of whom it hears no more, before others give up waiting for it.
    "options": "-c idle_in_transaction_session_timeout=7s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
    " -c tcp_keepalives_count=3 -c tcp_user_timeout=20000",
}
END_GIVEN_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(%s) AND application_name = %s"
"""No timeout ends a session whose statement came in half: it holds its locks until somebody ends it."""


def open_engine(url: str, at_once: int) -> Engine:
    """A pool that keeps `at_once` connections, each tried before it is used. Nothing is opened yet.

    Raises BadSetting."""
    address = _address(url)
    me = f"process {os.getpid()} on {socket.gethostname()}"
    try:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            hide_parameters=True,  # they are what people wrote; errors are logged and kept
            pool_size=at_once,
            max_overflow=-1,
            pool_pre_ping=True,
            connect_args={**CONNECTION, "application_name": me},
        )
    except ModuleNotFoundError as error:
        raise BadSetting("POSTGRES_URL needs the packages that `make cluster` installs.") from error
    from services.core.postgres_patience import Patient  # only here: who keeps files has no such driver

    given_up = set[int]()

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Patient:
        connection = Patient.connect(*arguments, **options)
        connection.given_up = given_up.add
        if lost := given_up.copy():
            connection.execute(END_GIVEN_UP, (list(lost), me))
            given_up.difference_update(lost)
        return connection

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if words := connection.get_execution_options().get("begins"):
            connection.exec_driver_sql(words)

    @event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        refused = context.connection is None and isinstance(context.sqlalchemy_exception, OperationalError)
        if (context.is_disconnect or refused) and not context.is_pre_ping:
            why = str(context.original_exception).partition("\n")[0]
            raise Unreachable(
                f"PostgreSQL at {address.host}:{address.port or 5432}, database {address.database}, doesn't answer"
                f" ({why}). See that it runs and that POSTGRES_URL names it, then try again."
            ) from context.original_exception

    return engine


def wait_long(connection: Connection) -> None:
    """Have this connection wait for answers, and be waited for, as long as a rebuild may take."""
    from services.core.postgres_patience import BUILDING_SECONDS

    driver: Any = connection.connection.dbapi_connection
    driver.patience = BUILDING_SECONDS
    connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")


@contextmanager
def transaction(connection: Connection, begins: str) -> Iterator[Connection]:
    """One transaction that begins by these statements; committed at the end of the block."""
    connection.execution_options(begins=begins)
    try:
        with connection.begin():
            yield connection
    finally:
        connection.execution_options(begins=None)


def says(error: OperationalError | ProgrammingError) -> str | None:
    """PostgreSQL's five-character code for what went wrong."""
    return getattr(error.orig, "sqlstate", None)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise BadSetting("POSTGRES_URL must look like postgresql://user@host:5432/database.") from error
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise BadSetting(f"POSTGRES_URL must begin with postgresql://, not {address.drivername}://.")
    return address
