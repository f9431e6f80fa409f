"""Secrets of the compose file: made once, together, and readable only where they must be."""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import urlsplit

from deploy import secret_files


def test_they_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = secret_files.write(folder)
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == set(before)
    assert secret_files.write(folder) == []
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


def test_only_the_owner_can_enter_the_folder(tmp_path: Path) -> None:
    secret_files.write(tmp_path / "secrets")
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_what_belongs_together_is_made_anew_together(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    secret_files.write(folder)
    before = (folder / "postgres_password").read_text()
    (folder / "postgres_url").unlink()
    assert secret_files.write(folder) == ["postgres_password", "postgres_url"]
    password = (folder / "postgres_password").read_text()
    assert password != before
    assert urlsplit((folder / "postgres_url").read_text()).password == password


def test_the_broker_is_told_the_hashes_of_the_passwords_in_the_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    secret_files.write(folder)
    users = json.loads((folder / "rabbitmq_definitions.json").read_text())["users"]
    hashes = {user["name"]: base64.b64decode(user["password_hash"]) for user in users}
    for name in ("amqp_url", "subscriber_amqp_url"):
        address = urlsplit((folder / name).read_text())
        held = hashes[address.username or ""]
        assert hashlib.sha256(held[:4] + (address.password or "").encode()).digest() == held[4:]
        assert (address.password or "") not in (folder / "rabbitmq_definitions.json").read_text()
