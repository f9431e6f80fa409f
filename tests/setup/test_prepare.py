from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.setup import assets
from deploy.setup.prepare import LOCKS, SetUpFailed, explain, prepare, run_in

ENVIRONMENT = "making .venv"
PACKAGES = "installing Python packages"
PROJECT = "installing the project"
FRONT_END = "installing front-end packages"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "deploy/setup").mkdir(parents=True)
    for name in (
        *LOCKS.values(),
        "package-lock.json",
        "deploy/setup/prepare.py",
        "deploy/setup/assets.py",
    ):
        (tmp_path / name).write_text(name)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "partnership"\n')
    package = tmp_path / assets.PACKAGE
    package.mkdir(parents=True)
    (package / "govuk-frontend.min.css").write_text(".a{color:red}")
    (package / "govuk-frontend.min.js").write_text("run()")
    return tmp_path


class Steps:
    """Stands in for venv, pip and npm: notes each step, and is cut short at the one named."""

    def __init__(self, root: Path, cut_short_at: str = "") -> None:
        self.root, self.cut_short_at = root, cut_short_at
        self.done: list[str] = []
        self.commands: dict[str, str] = {}

    def __call__(self, doing: str, command: Sequence[str]) -> None:
        if doing == self.cut_short_at:
            raise KeyboardInterrupt
        self.done.append(doing)
        self.commands[doing] = " ".join(command)
        (self.root / ".venv").mkdir(exist_ok=True)


def steps_of(root: Path, purpose: str) -> list[str]:
    steps = Steps(root)
    prepare(root, purpose, steps)
    return steps.done


def test_the_first_start_does_every_step_and_the_second_none(root: Path) -> None:
    assert steps_of(root, "run") == [ENVIRONMENT, PACKAGES, PROJECT, FRONT_END]
    assert steps_of(root, "run") == []
    assert (root / assets.VENDOR / "govuk-frontend.min.css").exists()


def test_tests_add_to_what_run_and_cluster_made_and_these_then_need_nothing(root: Path) -> None:
    steps_of(root, "run")
    assert steps_of(root, "cluster") == [PACKAGES, PROJECT, FRONT_END]
    assert steps_of(root, "test") == [PACKAGES, PROJECT, FRONT_END]
    assert steps_of(root, "test") == []
    assert steps_of(root, "cluster") == []
    assert steps_of(root, "run") == []


@pytest.mark.parametrize("step", [ENVIRONMENT, PACKAGES, PROJECT, FRONT_END])
@pytest.mark.parametrize("purpose", LOCKS)
def test_a_set_up_cut_short_begins_again_from_an_empty_environment(root: Path, purpose: str, step: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        prepare(root, purpose, Steps(root, cut_short_at=step))
    assert steps_of(root, purpose)[0] == ENVIRONMENT


def test_tests_cut_short_leave_nothing_that_run_would_trust(root: Path) -> None:
    steps_of(root, "run")
    with pytest.raises(KeyboardInterrupt):
        prepare(root, "test", Steps(root, cut_short_at=PROJECT))
    assert steps_of(root, "run")[0] == ENVIRONMENT


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_a_changed_lock_begins_again(root: Path, name: str) -> None:
    steps_of(root, "run")
    (root / name).write_text("changed")
    assert steps_of(root, "run")[0] == ENVIRONMENT


def test_a_changed_setting_of_a_tool_changes_nothing_and_a_changed_entry_point_does(root: Path) -> None:
    steps_of(root, "run")
    project = root / "pyproject.toml"
    project.write_text(project.read_text() + "[tool.ruff]\nline-length = 100\n")
    assert steps_of(root, "run") == []
    project.write_text('[project]\nname = "partnership"\nscripts = {partnership = "services.cli:start"}\n')
    assert steps_of(root, "run")[0] == ENVIRONMENT


def test_packages_are_taken_by_hash_and_never_built(root: Path) -> None:
    steps = Steps(root)
    prepare(root, "run", steps)
    assert "--require-hashes --only-binary :all: -r requirements.lock" in steps.commands[PACKAGES]
    assert "--no-index --no-build-isolation" in steps.commands[PROJECT]
    assert steps.commands[FRONT_END].endswith("ci --omit=dev")


def test_a_step_that_fails_says_why_in_one_line_and_keeps_all_it_said(tmp_path: Path) -> None:
    with pytest.raises(SetUpFailed, match=r"^testing: ERROR: the disk is full\. All .*set-up\.log\.$"):
        run_in(tmp_path)("testing", ["sh", "-c", "echo ERROR: the disk is full; echo bye; exit 1"])
    assert (tmp_path / "set-up.log").read_text() == "ERROR: the disk is full\nbye\n"


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "its hash differs"),
        ("npm error code EINTEGRITY", "its hash differs"),
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching",
            "cannot be reached",
        ),
        ("npm error code ENOTFOUND", "cannot be reached"),
        ("The virtual environment was not created because ensurepip is not available.", "python3-venv"),
        ("", "no reason given"),
    ],
)
def test_the_usual_failures_are_put_in_plain_words(output: str, reason: str) -> None:
    assert reason in explain(output)
