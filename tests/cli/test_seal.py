"""A seal kept elsewhere shows even a change by someone who makes the hashes anew."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from services.core.envelope import NewEvent, content_hash
from services.core.settings import Settings
from services.wiring import OPERATOR, open_log_read_only, open_runtime
from tests.cli.conftest import Run, refused


@pytest.fixture
def seal(county: Path, run: Run, tmp_path: Path) -> str:
    """The file of a seal over the county."""
    file = tmp_path / "seal.txt"
    file.write_text(run("seal").stdout, "utf-8")
    return str(file)


def forge(county: Path, position: int) -> None:
    """Change an event and its hash together."""
    with open_log_read_only(Settings(data_dir=county)) as log:
        (was,) = log.stored(position - 1, 1)
    data = was.data.replace(b"Primary", b"Private")
    assert data != was.data
    event = NewEvent(was.event_id, str(was.type), was.schema_version, was.metadata, data)
    digest = content_hash(event, str(was.stream), was.version, was.recorded_at)
    with closing(sqlite3.connect(county / "events.db", isolation_level=None)) as db:
        db.execute("UPDATE events SET data = ?, hash = ? WHERE position = ?", (data, digest, position))


def test_what_was_sealed_is_still_there(seal: str, run: Run) -> None:
    assert run("verify", "--seal", seal).exit_code == 0


def test_events_may_follow(seal: str, county: Path, run: Run) -> None:
    person = {"person": "later", "name": "Later"}
    with open_runtime(Settings(data_dir=county), threads=False) as runtime:
        runtime.handle("scheduling.RegisterPerson", person, actor=OPERATOR, command_id=uuid4())
    assert run("verify", "--seal", seal).exit_code == 0


def test_a_forged_event_with_a_right_hash_is_found(seal: str, county: Path, run: Run) -> None:
    forge(county, 1)
    assert run("verify").exit_code == 0, "the hash alone does not show it"
    result = run("verify", "--seal", seal)
    refused(result, "1 fault")
    assert "the log does not begin with the" in result.stdout


def test_the_public_key_is_enough(seal: str, county: Path, run: Run) -> None:
    key = run("seal", "--key").stdout.strip()
    (county / "seal.key").unlink()
    assert run("verify", "--seal", seal, "--key", key).exit_code == 0
    refused(run("verify", "--seal", seal), "give the public key")


def test_a_seal_of_another_log(seal: str, county: Path, run: Run) -> None:
    (county / "seal.key").unlink()
    run("seal")
    refused(run("verify", "--seal", seal), "carries no signature of this key")


def test_a_seal_that_is_not_there(county: Path, run: Run) -> None:
    refused(run("verify", "--seal", "nowhere.txt"), "The seal nowhere.txt can't be read.")
