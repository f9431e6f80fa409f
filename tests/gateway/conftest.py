from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from gateway import create_app
from gateway.accounts import DEMONSTRATION_PASSWORD, Accounts
from gateway.clients import Clients
from tests.gateway.county import County, opened_county
from tests.gateway.fakes import FakeRuntime
from tests.gateway.patterns import patterns
from tests.gateway.visits import Browser


@dataclass(frozen=True)
class Settings:
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    upload_limit_mb: int = 1
    proxies: int = 0
    public_url: str = "https://partnership.example"
    sample_county: bool = True


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    path: Path = tmp_path_factory.mktemp("accounts") / "accounts.db"
    accounts = Accounts(path, PasswordHasher(time_cost=1, memory_cost=1024))  # the real one takes 0.1 s a try
    accounts.add("adviser07", DEMONSTRATION_PASSWORD, "adviser-07", title="Link Adviser 07", demonstration=True)
    accounts.add("private", "only known to some", "person-9")
    yield accounts
    accounts.close()


@pytest.fixture
def runtime() -> FakeRuntime:
    return FakeRuntime()


@pytest.fixture
def app(accounts: Accounts, runtime: FakeRuntime) -> Flask:
    app = create_app(Clients(runtime), accounts, Settings())
    app.register_blueprint(patterns)
    return app


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def adviser(app: Flask) -> Browser:
    browser = Browser(app.test_client())
    assert browser.sign_in("adviser07", DEMONSTRATION_PASSWORD).status_code == 303
    return browser


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with opened_county(tmp_path_factory.mktemp("county")) as county:
        yield county


@pytest.fixture
def auditor(county: County) -> Browser:
    """Somebody who may see every page of the sample county."""
    return county.visit("auditor")
