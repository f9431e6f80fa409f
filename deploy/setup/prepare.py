"""Makes .venv, installs the locked packages and readies the front end; does nothing where that is done.

A stamp in .venv names what it holds. It is taken away before anything changes, so that a set-up cut short,
like a changed lock file, begins again from an empty environment.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.setup import assets, chromium, engines, pango

Run = Callable[[str, Sequence[str]], None]

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"run": "requirements.lock", "cluster": "requirements-cluster.lock", "test": "requirements-dev.lock"}
"""What is installed for each purpose; each holds all that those before it do."""
LACKING_ENGINES = {"cluster": "The cluster can't run", "test": "Tests over RabbitMQ or PostgreSQL will be skipped"}
UNREACHABLE = re.compile(r"connection broken|NewConnectionError|ConnectTimeout|EAI_AGAIN|ENOTFOUND|ECONN|ETIMEDOUT")
WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES|EINTEGRITY")


class SetUpFailed(Exception):
    """A step of the set-up failed; the text is one line that says which and why."""


def main() -> None:
    """Prepare this folder for the purpose given on the command line: `run`, `cluster` or `test`."""
    purpose = sys.argv[1]
    try:
        prepare(ROOT, purpose, run_in(ROOT))
    except (SetUpFailed, assets.RestrictedAsset) as error:
        sys.exit(f"Set-up failed: {error}")
    except KeyboardInterrupt:
        sys.exit("Set-up was interrupted; the next run begins it again.")
    if reason := pango.install_if_missing():
        print(f"PDF files can't be made on this machine: {reason}", flush=True)
    if purpose == "test" and (reason := chromium.install_if_missing()):
        print(f"Browser tests will be skipped: {reason}", flush=True)
    if purpose in LACKING_ENGINES and (reason := engines.install_if_missing()):
        print(f"{LACKING_ENGINES[purpose]}: {reason}", flush=True)


def prepare(root: Path, purpose: str, run: Run) -> None:
    """Install what `purpose` needs into `root`, unless the stamp says it is there."""
    stamp = root / ".venv" / "set-up.stamp"
    python = str(root / ".venv" / "bin" / "python")
    held = stamp.read_text() if stamp.exists() else ""
    prints = {known: fingerprint(root, known) for known in LOCKS}
    enough = list(LOCKS)[list(LOCKS).index(purpose) :]
    if held in [prints[known] for known in enough]:
        return

    stamp.unlink(missing_ok=True)
    if held not in prints.values():
        run("making .venv", [sys.executable, "-m", "venv", "--clear", str(root / ".venv")])
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        "installing Python packages",
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCKS[purpose]],
    )
    run("installing the project", [*pip, "--no-index", "--no-build-isolation", "--no-deps", "-e", "."])
    omit = [] if purpose == "test" else ["--omit=dev"]
    run("installing front-end packages", [python, "-m", "deploy.setup.npm", "ci", *omit])
    assets.publish(root)
    stamp.write_text(prints[purpose])


def fingerprint(root: Path, purpose: str) -> str:
    """A hash of all that decides what is installed: this Python, this folder, the project, the locks."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    digest = hashlib.sha256(json.dumps([purpose, str(root), sys.version, sys.base_prefix, project]).encode())
    for name in (LOCKS[purpose], "package-lock.json", "deploy/setup/prepare.py", "deploy/setup/assets.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def run_in(root: Path) -> Run:
    """Runs each step in `root`, saying what it does; keeps the output of one that fails in set-up.log."""

    def run(doing: str, command: Sequence[str]) -> None:
        print(f"Set-up: {doing}", flush=True)
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace")
        if done.returncode:
            output = done.stdout + done.stderr
            (root / "set-up.log").write_text(output)
            raise SetUpFailed(f"{doing}: {explain(output)} All that it said is in set-up.log.")

    return run


def explain(output: str) -> str:
    """One sentence out of the output of pip, npm or venv: what to look at first."""
    if WRONG_HASH.search(output):
        return "a downloaded package is not the one that was locked (its hash differs); it was not installed."
    if UNREACHABLE.search(output):
        return "the package index cannot be reached. Check the network, and what pip and npm are set to use."
    if "ensurepip" in output:
        return "this Python has no ensurepip. Install its venv package (on Debian: apt install python3-venv)."
    lines = output.splitlines() or ["no reason given"]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return f"{errors[-1].strip().removesuffix('.')}."
