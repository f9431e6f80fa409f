"""Debian's engines are added without starting anything."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from deploy.setup import debian, engines


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(engines, "POLICY", tmp_path / "policy-rc.d")
    return tmp_path / "policy-rc.d"


@pytest.fixture
def disabled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that were told not to start with the machine."""
    told = list[str]()

    def run(command: list[str], **_: Any) -> None:
        assert (command[0], command[2]) == ("update-rc.d", "disable")
        told.append(command[1])

    monkeypatch.setattr(subprocess, "run", run)
    return told


def lacks(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr(engines, "missing", lambda: list(packages))


def test_what_is_missing_is_installed_while_nothing_may_start(
    monkeypatch: pytest.MonkeyPatch, policy: Path, disabled: list[str]
) -> None:
    meanwhile = list[int]()

    def add(_: str, *packages: str) -> None:
        assert packages == ("rabbitmq-server", "postgresql")
        meanwhile.append(subprocess.call([policy]))

    lacks(monkeypatch, "rabbitmq-server", "postgresql")
    monkeypatch.setattr(debian, "add", add)
    assert engines.install_if_missing() is None
    assert meanwhile == [101]
    assert not policy.exists()
    assert disabled == ["rabbitmq-server", "postgresql"]


def test_a_policy_that_the_machine_has_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, policy: Path, disabled: list[str]
) -> None:
    policy.write_text("its own")
    lacks(monkeypatch, "prometheus")
    monkeypatch.setattr(debian, "add", lambda *_: None)
    engines.install_if_missing()
    assert policy.read_text() == "its own"


def test_what_can_not_be_installed_is_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, policy: Path, disabled: list[str]
) -> None:
    lacks(monkeypatch, "postgresql")
    monkeypatch.setattr(debian, "add", lambda *_: "only root on Debian can add it")
    assert engines.install_if_missing() == "postgresql missing, and only root on Debian can add it."
    assert disabled == []
    assert not policy.exists()


def test_where_nothing_is_missing_nothing_is_done(monkeypatch: pytest.MonkeyPatch, policy: Path) -> None:
    lacks(monkeypatch)
    monkeypatch.setattr(debian, "add", lambda *_: pytest.fail("it installed something"))
    assert engines.install_if_missing() is None


def test_a_package_is_known_by_its_program(tmp_path: Path) -> None:
    program = tmp_path / "usr/lib/postgresql/17/bin/initdb"
    program.parent.mkdir(parents=True)
    program.touch()
    assert engines.missing(tmp_path) == ["rabbitmq-server", "prometheus"]
