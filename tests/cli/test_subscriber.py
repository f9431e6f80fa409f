"""The operator says which systems read the public events."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from gateway.accounts import Accounts
from tests.cli.conftest import Run, refused


def knows(data_dir: Path, token: str) -> bool:
    with closing(Accounts(data_dir / "accounts.db")) as accounts:
        return accounts.subscribers.knows(token)


def test_a_token_is_shown_once_and_holds_until_it_is_revoked(run: Run, ask: Callable[..., Any], data_dir: Path) -> None:
    assert run("subscriber", "list").stdout == "There are none. Add one with: partnership subscriber add NAME\n"
    token = run("subscriber", "add", "school-portal").stdout.strip()
    assert knows(data_dir, token)
    assert [each["name"] for each in ask("subscriber", "list")] == ["school-portal"]
    assert token not in run("subscriber", "list").stdout
    assert run("subscriber", "revoke", "school-portal").stdout == "school-portal can't read any more.\n"
    assert not knows(data_dir, token)
    assert ask("subscriber", "list") == []


def test_a_name_is_taken_once(run: Run) -> None:
    run("subscriber", "add", "portal")
    refused(run("subscriber", "add", "portal"), "For another token, first: partnership subscriber revoke portal")
    refused(run("subscriber", "add", "The Portal"), "use small letters, digits and hyphens")


def test_a_subscriber_that_is_not_there_cant_be_revoked(run: Run) -> None:
    refused(run("subscriber", "revoke", "portal"), "There is no subscriber portal. See: partnership subscriber list")


def test_a_relay_says_what_it_needs(run: Run, data_dir: Path) -> None:
    refused(run("relay"), "AMQP_URL must say where RabbitMQ is, such as amqp://")
