"""The gateway over a platform whose clock the test turns, where all that follows from a command happens at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from services.core.deciders import Result
from services.core.runtime import Runtime
from tests.gateway.conftest import Settings
from tests.gateway.county import QUICK_HASH
from tests.gateway.visits import Browser
from tests.platform import PEOPLE, Platform, opened_platform


class Settled:
    """A runtime without threads that brings everything up to date after each command."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime, self._settling = runtime, Lock()  # files are imported by several threads

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runtime, name)

    def handle(self, name: str, data: Mapping[str, Any], **given: Any) -> Result:
        result = self._runtime.handle(name, data, **given)
        with self._settling:
            self._runtime.settle()
        return result


@dataclass(frozen=True)
class Turned:
    """A platform and its pages; everybody of PEOPLE signs in under the name of their person."""

    platform: Platform
    app: Flask

    def visit(self, person: str) -> Browser:
        browser = Browser(self.app.test_client())
        assert browser.sign_in(person, DEMONSTRATION_PASSWORD).status_code == 303
        return browser


@contextmanager
def turned(directory: Path) -> Iterator[Turned]:
    with opened_platform(directory / "data") as platform:
        accounts = Accounts(directory / "accounts.db", QUICK_HASH)
        for person in PEOPLE:
            accounts.add(person, DEMONSTRATION_PASSWORD, person, title=person.title())
        yield Turned(platform, create_app(Clients(Settled(platform.runtime)), accounts, Settings()))
        accounts.close()
