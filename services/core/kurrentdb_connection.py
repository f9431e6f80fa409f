"""The connection to EventStoreDB / KurrentDB: every call has a deadline, and is tried again while the server is away.

A client is thrown away after any transport error and the next call makes a new one, discovering the leader anew: a
connection that hangs without closing must not be met twice. The client's own retries are not used: they have no
deadline."""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from typing import TypedDict, TypeVar
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # read when grpc is imported: its notices are no lines of our logs
import grpc
from kurrentdbclient import KurrentDBClient
from kurrentdbclient.connection_spec import ConnectionSpec
from kurrentdbclient.exceptions import (
    AbortedByServerError,
    AccessDeniedError,
    DeadlineExceededError,
    DiscoveryFailedError,
    GrpcError,
    InvalidCommitPositionError,
    KurrentDBClientError,
    NodeIsNotLeaderError,
    NotFoundError,
    UnauthenticatedError,
    WrongCurrentVersionError,
)
from kurrentdbclient.streams import StreamsService

from services.core.log import LogUnavailable

CALL_SECONDS = 4.0
"""How long one try may take, unless the call says otherwise."""
PATIENCE_SECONDS = 10.0
"""How long a call is tried again, counted from when the server went away; past that, each call is one try."""
PAUSE_SECONDS = 0.1
DEFAULTS = {
    "KeepAliveInterval": "5000",  # milliseconds: a server that hangs is noticed while nothing is being asked of it
    "KeepAliveTimeout": "5000",
    "MaxDiscoverAttempts": "1",  # tried again here
    "GossipTimeout": "2",
}

ANSWERS = NotFoundError, WrongCurrentVersionError, InvalidCommitPositionError
"""What the server said, for the caller to act on."""
PASSING = GrpcError, DiscoveryFailedError, NodeIsNotLeaderError, DeadlineExceededError, AbortedByServerError

R = TypeVar("R")


class How(TypedDict):
    """What each call takes beside its own arguments. `timeout` is in seconds; None is for ever."""

    timeout: float | None
    credentials: grpc.CallCredentials | None


class Connection:
    """`url` is what the client takes: esdb:// or esdb+discover://, with user, Tls, TlsCaFile and so on.

    Raises LogUnavailable when it is not such a URL."""

    def __init__(self, url: str, patience: float = PATIENCE_SECONDS) -> None:
        self._url, self._patience = _with_defaults(url), patience
        self.name = urlsplit(url).netloc.rpartition("@")[2]
        try:
            ConnectionSpec(self._url)
        except (ValueError, AssertionError) as error:
            raise LogUnavailable(
                "KURRENTDB_URL is not an address of EventStoreDB or KurrentDB, such as esdb://host:2113?Tls=false."
            ) from error
        self._client: KurrentDBClient | None = None
        self._failing_since: float | None = None
        self._gate = threading.Lock()
        self.closing = threading.Event()

    def call(self, do: Callable[[StreamsService, How], R], seconds: float = CALL_SECONDS) -> R:
        """What `do` gives; it must be safe to do twice. Raises one of ANSWERS, or LogUnavailable in words."""
        while True:
            client, began = None, time.monotonic()
            try:
                client = self._opened()
                result = do(client.streams, How(timeout=seconds, credentials=_credentials(client)))
            except ANSWERS:
                self._failing_since = None
                raise
            except (*PASSING, ValueError) as error:
                if isinstance(error, ValueError) and "closed" not in str(error):
                    raise
                self.discard(client)
                since = self._failing_since = self._failing_since or began
                if time.monotonic() + PAUSE_SECONDS > since + self._patience or self.closing.wait(PAUSE_SECONDS):
                    raise self._unavailable(error) from error
            except (AccessDeniedError, UnauthenticatedError) as error:
                raise LogUnavailable(
                    f"The event log at {self.name} refuses the user in KURRENTDB_URL. Nothing was recorded."
                ) from error
            except KurrentDBClientError as error:
                raise LogUnavailable(
                    f"The event log at {self.name} refused: {str(error) or type(error).__name__}. Nothing was recorded."
                ) from error
            else:
                self._failing_since = None
                return result

    def stream(self, do: Callable[[StreamsService, How], None], seconds: float) -> None:
        """A call that goes on, at most for so long. It is tried once, and an error is the caller's, who comes back."""
        client = None
        try:
            client = self._opened()
            do(client.streams, How(timeout=seconds, credentials=_credentials(client)))
        except DeadlineExceededError:
            return
        except (KurrentDBClientError, ValueError):
            self.discard(client)
            raise

    def _opened(self) -> KurrentDBClient:
        with self._gate:
            if self.closing.is_set():
                raise LogUnavailable("The event log was closed. Nothing was recorded.")
            if self._client is None:
                try:
                    self._client = KurrentDBClient(self._url)
                except OSError as error:
                    raise LogUnavailable(f"{error.filename}, named in KURRENTDB_URL, can't be read.") from error
            return self._client

    def discard(self, client: KurrentDBClient | None) -> None:
        """Make the next call open another connection, unless one has already."""
        with self._gate:
            if client is not None and client is self._client:
                self._client = None
                client.close()

    def close(self) -> None:
        self.closing.set()
        with self._gate, contextlib.suppress(ValueError):
            if self._client is not None:
                self._client.close()

    def _unavailable(self, error: Exception) -> LogUnavailable:
        kind = type(error).__name__.removesuffix("Error")
        return LogUnavailable(
            f"The event log at {self.name} does not answer ({kind}). Nothing is lost; whether the last change was"
            " recorded shows when it is back, and sending the same again records it once. See that it is running."
        )


def _credentials(client: KurrentDBClient) -> grpc.CallCredentials | None:
    spec = client.connection_spec
    return client.construct_call_credentials(spec.username, spec.password)


def _with_defaults(url: str) -> str:
    """The URL with our defaults for what it does not say."""
    scheme, host, path, query, fragment = urlsplit(url)
    said = {part.partition("=")[0].lower() for part in query.split("&")}
    added = [f"{name}={value}" for name, value in DEFAULTS.items() if name.lower() not in said]
    return urlunsplit((scheme, host, path, "&".join([*filter(None, [query]), *added]), fragment))
