"""The sample subscriber: early or late, killed or not, in the end each has every event once and in order."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from gateway.accounts import Accounts
from gateway.api import create_api
from gateway.clients import Clients
from services.core.sqlite_log import SqliteLog
from tests.cluster.published import LIMIT_SECONDS, append, expected, relaying, until
from tests.cluster.test_relay import ROOT, program
from tests.engines.rabbitmq import RabbitMq
from tests.gateway.conftest import Settings
from tests.gateway.fakes import FakeRuntime
from tests.serving import served

SUBSCRIBER = ROOT / "deploy" / "examples" / "subscriber.py"


@dataclass
class County:
    """A log that grows, and the HTTP feed over it."""

    directory: Path
    log: SqliteLog
    events_url: str
    token: str

    def grow(self, *schools: int) -> None:
        for urn in schools:
            append(self.log, urn)

    @contextmanager
    def subscriber(self, broker: RabbitMq, name: str) -> Iterator[subprocess.Popen[bytes]]:
        environment = os.environ | {
            "AMQP_URL": broker.url,
            "EVENTS_URL": self.events_url,
            "TOKEN": self.token,
            "QUEUE": name,
            "FILE": str(self.directory / name),
        }
        with subprocess.Popen([sys.executable, str(SUBSCRIBER)], env=environment) as process:
            try:
                yield process
            finally:
                process.kill()

    def kept(self, name: str) -> list[dict[str, Any]]:
        """What a subscriber has, in the order in which it took it."""
        with closing(sqlite3.connect(self.directory / name)) as file:
            made = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            rows = file.execute("SELECT event FROM events ORDER BY rowid").fetchall() if made else []
        return [json.loads(event) for (event,) in rows]

    def has_all(self, name: str) -> bool:
        return self.kept(name) == expected(self.log)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    log, accounts = SqliteLog(tmp_path / "events.db"), Accounts(tmp_path / "accounts.db")
    api = create_api(Clients(FakeRuntime(log=log)), accounts, Settings())
    with served(api) as address:
        yield County(tmp_path, log, f"{address}/v1/events", accounts.subscribers.add("portal"))
    accounts.close()
    log.close()


def test_who_came_early_and_who_came_late_have_the_same_though_relay_and_subscriber_were_killed(
    county: County, broker: RabbitMq
) -> None:
    early, late = f"early-{uuid4()}", f"late-{uuid4()}"
    county.grow(120_700, 120_701)
    with county.subscriber(broker, early):
        until(lambda: county.has_all(early), "the history")
        county.grow(120_702)
        with program("tests.cluster.killed_relay", county.directory, broker) as killed:
            killed.wait(LIMIT_SECONDS)
        until(lambda: county.has_all(early), "what the relay published before it was killed")
    county.grow(120_703)
    with relaying(county.directory, broker.url), county.subscriber(broker, late), county.subscriber(broker, early):
        for schools in (range(120_704, 120_720), range(120_720, 120_722)):
            county.grow(*schools)
            for name in (early, late):
                until(partial(county.has_all, name), f"{name} has everything")
