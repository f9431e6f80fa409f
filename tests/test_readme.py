"""What the README tells people to type, works."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main
from tests import county

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
TYPED = [line for block in BLOCKS for line in block.splitlines() if line.startswith("partnership ")]


def test_the_first_two_commands_are_targets_of_the_makefile() -> None:
    assert BLOCKS[0].splitlines() == ["make run", "make test"]
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"run", "test"} <= set(targets)


def test_there_are_commands_to_try() -> None:
    assert len(TYPED) >= 4


@pytest.mark.parametrize("line", TYPED)
def test_a_command_to_try_works_on_the_sample_county(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(county.copy_of(county.loaded()[0], tmp_path / "data")))
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output
    assert result.stdout


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)]+)\)|`(deploy/[^`]+|tests/[\\w/.]+)`", README))
def test_what_the_readme_points_at_exists(target: tuple[str, str]) -> None:
    assert (ROOT / (target[0] or target[1])).exists()
