import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.core.settings import Settings
from services.wiring import OPERATOR, open_runtime
from tests.cli.conftest import Run


@pytest.fixture
def pack(county: Path) -> dict[str, Any]:
    """The evidence pack of a school of the sample county, as the page gives it out."""
    with open_runtime(Settings(data_dir=county), threads=False) as runtime:
        found = runtime.ask("analytics.EvidencePack", {"urn": 120777}, actor=OPERATOR).value
    return dict(msgspec.to_builtins(found))


def test_a_pack_as_it_was_given_out(run: Run, tmp_path: Path, pack: dict[str, Any]) -> None:
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(pack))
    result = run("check-pack", str(file))
    assert result.exit_code == 0, result.output
    assert f"{len(pack['facts'])} facts checked, 0 kept back: nothing is wrong." in result.stdout


def test_a_changed_fact_is_named(run: Run, tmp_path: Path, pack: dict[str, Any]) -> None:
    fact = next(fact for fact in pack["facts"] if fact["type"] == "billing.ChargeRaised")
    fact["data"] = fact["data"].replace("265000", "165000")
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(pack))
    result = run("check-pack", str(file))
    assert result.exit_code == 1
    assert fact["says"] in result.stdout
    assert "1 fault" in result.stderr


def test_a_fact_that_was_kept_back_is_counted(run: Run, tmp_path: Path, pack: dict[str, Any]) -> None:
    pack["facts"][0].update(metadata=None, data=None)
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(pack))
    assert "1 kept back" in run("check-pack", str(file)).stdout


def test_another_file_is_no_pack(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pack.json"
    file.write_text('{"school": 1}')
    result = run("check-pack", str(file))
    assert result.exit_code == 1
    assert "is not an evidence pack" in result.stderr
