"""Whoever changes a stored event by hand is found out, and the event is named."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import refused

POSITION = 200
ONE_BYTE = "data = CAST(CAST(substr(data, 1, 9) AS TEXT) || 'x' || CAST(substr(data, 11) AS TEXT) AS BLOB)"


def tamper(county: Path, *statements: str) -> None:
    with closing(sqlite3.connect(county / "events.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement.format(at=POSITION))


def faults(run: Callable[..., Result]) -> list[tuple[int, str]]:
    result = run("verify", "--json")
    refused(result, "The log is not as it was recorded")
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["faults"] >= len(found["first_faults"]) > 0
    return [(fault["position"], fault["wrong"]) for fault in found["first_faults"]]


def test_an_untouched_log_is_sound(county: Path, run: Callable[..., Result]) -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert "nothing is wrong" in result.stdout


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (ONE_BYTE, "hash"),
        (ONE_BYTE.replace("data", "metadata"), "hash"),
        ("hash = zeroblob(32)", "hash"),
        ("event_id = zeroblob(16)", "hash"),
        ("type_id = type_id + 1", "hash"),
        ("type_id = 999", "can't be read"),
        ("version = version + 7", "version 1 of its stream should be here"),
        ("version = 'one'", "hash"),
        ("recorded_at = recorded_at - 3600000000", "recorded before"),
        ("stream_id = (SELECT max(id) FROM streams) + 1", "hash"),
    ],
)
def test_a_changed_column_names_the_event(county: Path, run: Callable[..., Result], change: str, wrong: str) -> None:
    tamper(county, f"UPDATE events SET {change} WHERE position = {{at}}")
    assert any(at == POSITION and wrong in words for at, words in faults(run))


def test_a_deleted_event_leaves_a_gap(county: Path, run: Callable[..., Result]) -> None:
    tamper(county, "DELETE FROM events WHERE position = {at}")
    assert (POSITION + 1, "1 event before it is missing") in faults(run)


def test_events_deleted_from_the_end_are_missed(county: Path, run: Callable[..., Result]) -> None:
    tamper(county, "DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
    ((position, wrong),) = faults(run)
    assert position == 0
    assert "the log ends at" in wrong


def test_two_events_that_changed_places_are_both_named(county: Path, run: Callable[..., Result]) -> None:
    columns = "stream_id, version, type_id, recorded_at, metadata, data, hash"
    swap = f"UPDATE events SET ({columns}) = (SELECT {columns} FROM was WHERE was.position = %s) WHERE position = %s"
    tamper(
        county,
        "CREATE TEMP TABLE was AS SELECT * FROM events",
        "UPDATE events SET version = -position WHERE position IN ({at}, 300)",
        swap % (300, POSITION),
        swap % (POSITION, 300),
    )
    assert {POSITION, 300} <= {at for at, _wrong in faults(run)}


def test_a_renamed_stream_is_found(county: Path, run: Callable[..., Result]) -> None:
    tamper(
        county, "UPDATE streams SET name = name || 'x' WHERE id = (SELECT stream_id FROM events WHERE position = {at})"
    )
    assert any(at == POSITION and "hash" in words for at, words in faults(run))


def test_a_type_that_this_software_does_not_know_is_found(county: Path, run: Callable[..., Result]) -> None:
    tamper(
        county, "UPDATE types SET name = 'visits.Unheard' WHERE id = (SELECT type_id FROM events WHERE position = {at})"
    )
    assert any("visits.Unheard is not an event type" in words for _at, words in faults(run))


def test_a_page_of_zeros_is_damage(county: Path, run: Callable[..., Result]) -> None:
    tamper(county, "PRAGMA wal_checkpoint(TRUNCATE)")
    with (county / "events.db").open("r+b") as file:
        file.seek(4096 * 20)
        file.write(bytes(4096))
    result = run("verify")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_people_read_the_faults_in_a_table(county: Path, run: Callable[..., Result]) -> None:
    tamper(county, "UPDATE events SET hash = zeroblob(32) WHERE position < 50")
    result = run("verify")
    refused(result, "49 faults")
    assert "What is wrong" in result.stdout
    assert "and 29 more" in result.stdout
