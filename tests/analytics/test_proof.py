"""The proof of a school's history: every hash made again here, and elsewhere from a pack alone."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from services.analytics.proof import faults
from services.analytics.queries.proof import EvidencePack, HistoryCheck, HistoryChecked, Pack
from services.analytics.queries.timeline import SchoolTimeline, TimelineEntry
from services.core.authorisation import Forbidden
from services.core.envelope import prepare
from services.scheduling.events import SchoolChanged
from tests.analytics.desk import OPERATOR, Desk, registered
from tests.analytics.notes import NoteTaken
from tests.analytics.viewers import TENURES, URN, actor, pm_visit, rated


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, TENURES)
    desk.register(URN)
    desk.record("visits.risk", rated().true_from(date(2012, 3, 1)), reason="Three years of results")
    desk.record("notes.note-1", NoteTaken(URN, "p", "Her name", "Autumn visit").true_from(date(2012, 3, 2)))
    desk.record("visits.pm", pm_visit(URN, "head").true_from(date(2012, 3, 3)))
    yield desk
    desk.close()


def hash_by_the_words(fact: dict[str, Any]) -> str:
    """The hash as `how_to_check` tells an outsider to make it."""
    head = "".join(
        f"{fact[name]}\n" for name in ("event_id", "stream", "version", "type", "schema_version", "recorded_at")
    )
    metadata = fact["metadata"].encode()
    return hashlib.sha256(head.encode() + f"{len(metadata)}\n".encode() + metadata + fact["data"].encode()).hexdigest()


def test_a_pack_is_checked_by_somebody_who_has_nothing_else(desk: Desk) -> None:
    pack = msgspec.json.decode(msgspec.json.encode(desk.ask(EvidencePack(URN))))
    assert [fact["says"][:10] for fact in pack["facts"]] == ["Thornage P", "Risk rated", "Note: Autu", "Visit 4 to"]
    assert all(hash_by_the_words(fact) == fact["hash"] for fact in pack["facts"])
    assert "Three years of results" in pack["facts"][1]["metadata"]
    assert "Her name" not in str(pack)
    assert pack["picture"]["risk"]["rating"] == "red-amber"


def test_one_changed_byte_of_a_pack_is_named(desk: Desk) -> None:
    pack = msgspec.json.decode(msgspec.json.encode(desk.ask(EvidencePack(URN))), type=Pack)
    assert list(faults(pack.facts)) == []
    rating = pack.facts[1]
    assert rating.data is not None
    changed = replace(rating, data=rating.data.replace("red-amber", "red-green"))
    (fault,) = faults([*pack.facts[:1], changed, *pack.facts[2:]])
    assert fault.position == rating.position


@pytest.mark.parametrize("person", ["adviser", "officer", "head"])
def test_few_may_take_a_pack_away(desk: Desk, person: str) -> None:
    with pytest.raises(Forbidden):
        desk.ask(EvidencePack(URN), actor(person))


def test_vr2_a_pack_has_the_date_of_visit_4_and_its_hash_and_nothing_of_what_is_stored(desk: Desk) -> None:
    pack = desk.ask(EvidencePack(URN), actor("auditor"))
    visit_4 = pack.facts[-1]
    assert (visit_4.says, visit_4.metadata, visit_4.data) == ("Visit 4 took place on 6 September 2022", None, None)
    assert len(visit_4.hash) == 64
    assert list(faults(pack.facts)) == []


def test_what_was_known_on_a_day_is_answered_with_proof(desk: Desk) -> None:
    desk.set_clock(datetime(2022, 9, 2, 9, tzinfo=UTC))
    desk.record("visits.risk", rated(rating="red").true_from(date(2012, 2, 1)))
    march = EvidencePack(URN, true_on=date(2012, 3, 1), known_on=date(2022, 9, 1))
    assert [fact.type for fact in desk.ask(march).facts] == ["scheduling.SchoolRegistered", "visits.RiskRated"]
    assert desk.ask(march).picture.risk.rating == "red-amber"


def test_every_fact_is_read_and_checked(desk: Desk) -> None:
    assert desk.ask(HistoryCheck(URN)) == HistoryChecked(4, ())
    assert desk.ask(HistoryCheck(URN), actor("officer")) == HistoryChecked(3, ())
    assert desk.ask(HistoryCheck(URN, true_on=date(2012, 3, 1))) == HistoryChecked(2, ())


def test_a_fact_changed_in_the_log_is_found_when_it_is_read(desk: Desk) -> None:
    recorded = desk.record("any.stream", registered(140680, "Aldborough"))
    assert desk.ask(TimelineEntry(140680, recorded.position)).as_recorded
    tamper(desk, recorded.position, b"Aldborough", b"Oldborough")
    assert not desk.ask(TimelineEntry(140680, recorded.position)).as_recorded
    (fault,) = desk.ask(HistoryCheck(140680)).faults
    assert fault.position == recorded.position


def tamper(desk: Desk, position: int, old: bytes, new: bytes) -> None:
    """Change bytes in the file itself, behind the log's back."""
    with closing(sqlite3.connect(desk.log.path)) as db, db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            db.execute(f"DROP TRIGGER {name}")
        (data,) = db.execute("SELECT data FROM events WHERE position = ?", (position,)).fetchone()
        db.execute("UPDATE events SET data = ? WHERE position = ?", (data.replace(old, new), position))


def test_a_sealed_field_tells_when_nobody_can_open_it_any_more(desk: Desk) -> None:
    note = desk.recorded()[2]
    assert desk.ask(TimelineEntry(URN, note.position)).data["about"] == "sealed"
    desk.keys.erase("p")
    opened = desk.ask(TimelineEntry(URN, note.position))
    assert (opened.data["about"], opened.as_recorded) == ("erased", True)


def test_edge_same_event_delivered_twice_or_late_stands_in_the_history_once_by_its_day(desk: Desk) -> None:
    recorded = desk.record("any.stream", registered(140680))
    again = prepare([registered(140680)], recorded.metadata)
    with pytest.raises(Exception, match="already stored"):
        desk.log.append("another.stream", 0, again)
    for _ in range(2):
        assert desk.ask(HistoryCheck(140680), OPERATOR).checked == 1
        desk.runtime.projectors["analytics.timeline"].rebuild()
    desk.record("any.stream", SchoolChanged(140680, name="Told late").true_from(date(2012, 3, 1)))
    assert [fact.effective_on.year for fact in desk.ask(SchoolTimeline(140680)).entries] == [2012, 2022]
