"""The first thing a person meets: the Python they have, the browser they have, the locks."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.setup import chromium, pango
from deploy.setup.prepare import LOCKS

ROOT = Path(__file__).resolve().parents[2]
DOOR = ROOT / "deploy/setup/__main__.py"


def test_an_older_python_gets_one_line_and_exit_1() -> None:
    as_older = "import runpy, sys; sys.version_info = (3, 10, 9); runpy.run_module('deploy.setup')"
    done = subprocess.run([sys.executable, "-c", as_older], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(r"This needs Python 3\.11 or later; .* is 3\.10\. .*\n", done.stderr)


def test_an_older_python_can_read_the_door() -> None:
    ast.parse(DOOR.read_text(), feature_version=(3, 6))


def test_no_browser_is_a_reason_and_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert chromium.find() is None
    assert "only root on Debian" in (chromium.install_if_missing() or "")


def test_a_browser_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.find() == sys.executable
    assert chromium.install_if_missing() is None
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert "/nowhere/chromium" in (chromium.install_if_missing() or "")


def test_no_pango_is_a_reason_and_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "find_library", lambda name: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    reason = pango.install_if_missing() or ""
    assert reason == "pangoft2-1.0 and harfbuzz-subset missing, and only root on Debian can add it."
    monkeypatch.setattr(pango, "find_library", lambda name: f"lib{name}.so.0")
    assert pango.install_if_missing() is None


@pytest.mark.parametrize("name", [*LOCKS.values(), "package-lock.json"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "sha512-" in text or "--hash=sha256:" in text


def test_tests_run_on_the_very_packages_that_serve() -> None:
    serving, clustered, testing = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS.values()
    )
    assert serving < clustered < testing
