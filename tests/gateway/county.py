"""The whole platform over the sample county, for tests of pages with real schools on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from argon2 import PasswordHasher
from flask import Flask

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.sample_county.role_holders import SIGN_INS
from services.wiring import OPERATOR, open_runtime
from tests.county import copy_of, loaded
from tests.gateway.visits import Browser

QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=1024)  # the real one takes 0.1 s a try
ACADEMY = 141226
"""Antingham and Southrepps: an academy that followed school 120778."""
MAINTAINED = 120777
"""Aldborough: a foundation school."""


@dataclass(frozen=True)
class County:
    """Tests share it, so one that records anything does so about a school that no other test looks at."""

    runtime: Runtime
    accounts: Accounts
    app: Flask

    def visit(self, username: str) -> Browser:
        """Somebody of the demonstration, signed in."""
        browser = Browser(self.app.test_client())
        assert browser.sign_in(username, DEMONSTRATION_PASSWORD).status_code == 303
        return browser

    def add_sign_in(self, person: str) -> str:
        """Let a person of the county sign in, under the name that is given back."""
        self.accounts.add(person, DEMONSTRATION_PASSWORD, person)
        return person

    def record(self, command: str, /, **fields: Any) -> None:
        """Have the operator record something, and the pages show it."""
        result = self.runtime.handle(command, fields, actor=OPERATOR, command_id=uuid4())
        assert self.runtime.wait_for(result.position, 10)

    def ask(self, query: str, /, **fields: Any) -> Any:
        return self.runtime.ask(query, fields, actor=OPERATOR).value


@contextmanager
def opened_county(directory: Path) -> Iterator[County]:
    """A county of its own, in an empty directory."""
    copy_of(loaded()[0], directory / "data")
    settings = Settings(data_dir=directory / "data")
    accounts = Accounts(directory / "accounts.db", QUICK_HASH)
    for holder in SIGN_INS:
        accounts.add(holder.username, DEMONSTRATION_PASSWORD, holder.person, title=holder.name, demonstration=True)
    with open_runtime(settings) as runtime:
        yield County(runtime, accounts, create_app(Clients(runtime), accounts, settings))
    accounts.close()
