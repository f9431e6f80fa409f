from pathlib import Path

import pytest

from gateway import create_app
from gateway.accounts import Accounts, AccountsUnusable
from gateway.clients import Clients
from gateway.sessions import COOKIE
from tests.gateway.conftest import Settings
from tests.gateway.fakes import FakeRuntime


def test_a_damaged_file_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(AccountsUnusable, match=r"accounts\.db can't be used .* Restore it from a backup"):
        Accounts(path)


def test_when_it_is_lost_while_running_there_is_still_an_error_page(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.db")
    app = create_app(Clients(FakeRuntime()), accounts, Settings())
    accounts.close()
    for file in tmp_path.iterdir():
        file.unlink()
    tmp_path.joinpath("accounts.db").write_bytes(b"overwritten by something else" * 100)
    client = app.test_client()
    client.set_cookie(COOKIE, "a" * 43)
    page = client.get("/")
    assert page.status_code == 500
    assert "Sorry, there is a problem with the service" in page.text
    accounts.close()


def test_copied_from_the_disk_it_opens_no_session_and_tells_no_password(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.db")
    accounts.add("head", "a secret password", "person-1")
    sid = accounts.open_session({}, "head")
    accounts.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"head" in stored
    assert b"a secret password" not in stored
    assert sid.encode() not in stored
