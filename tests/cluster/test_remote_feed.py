"""A gateway over services that run apart reads public events from the log itself."""

from pathlib import Path

import pytest

from gateway.clients import Clients, LogUnavailable
from services.cluster.messages import Request
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.core.sqlite_log import SqliteLog
from services.wiring import SERVICES
from tests.cluster.published import ADDRESS, append, expected


def no_call(service: str, request: Request) -> bytes:
    raise AssertionError("nobody need be asked for what is in the log")


def test_public_events_come_from_the_log_which_is_opened_when_first_asked_for(tmp_path: Path) -> None:
    opened = list[SqliteLog]()

    def open_log() -> SqliteLog:
        opened.append(SqliteLog(tmp_path / "events.db", read_only=True))
        return opened[-1]

    clients = Clients(RemoteRuntime(SERVICES, no_call, Positions(), open_log=open_log))
    with pytest.raises(LogUnavailable):
        clients.public_events(0, 100, [], address=ADDRESS, timeout=0)
    log = SqliteLog(tmp_path / "events.db")
    append(log, 120_777)
    for _ in range(2):
        assert clients.public_events(0, 100, [], address=ADDRESS, timeout=0).events == expected(log)
    assert len(opened) == 1
    opened[0].close()
    log.close()


def test_a_gateway_without_a_log_says_so() -> None:
    with pytest.raises(LogUnavailable, match=r"given no event log\.$"):
        Clients(RemoteRuntime(SERVICES, no_call, Positions())).public_events(0, 1, [], address=ADDRESS, timeout=0)
