"""The same commands give the same history and the same answers, whichever log they are recorded in."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from services.core.envelope import RecordedEvent
from services.core.log_place import open_log
from services.core.verify import StoredLog, Verifier, stored_pages
from services.wiring import SERVICES
from tests.engines.kurrentdb.server import serving
from tests.platform import SCHOOL, Platform, opened_platform
from tests.who_may.small_county import TODAY, live_through

KNOWN: dict[str, Any] = {
    "urn": SCHOOL, "year": 2011, "on": f"{TODAY}", "true_on": f"{TODAY}", "known_on": f"{TODAY}", "visit": "1",
    "adviser": "adviser", "person": "adviser", "cohort": 2013, "route": "journal", "text": "Aldborough",
    "begins": "2011-09-01", "ends": "2012-07-31", "document": "1",
}  # fmt: skip
"""What the queries may be asked about."""
SEALED = {"analytics.EvidencePack"}
"""Holds hashes over boxes that were sealed at random."""


def lived(directory: Path, patch: pytest.MonkeyPatch, look: Callable[[Platform], Any], **engines: Any) -> Any:
    """What is seen of a platform once the small county's year was played on it, with the same ids each time."""
    ids = random.Random(1)
    patch.setattr("tests.platform.uuid4", lambda: UUID(int=ids.getrandbits(128), version=4))
    with opened_platform(directory, **engines) as platform:
        live_through(platform)
        return look(platform)


def history(platform: Platform) -> list[tuple[object, ...]]:
    """Every event without its position, and without its data and hash where those hold a box sealed at random."""

    def told(event: RecordedEvent) -> tuple[object, ...]:
        known = (event.stream, event.version, event.type, event.event_id, event.recorded_at, event.stored_metadata)
        return known if getattr(event.data, "personal_fields", ()) else (*known, event.data, event.hash)

    return [told(event) for event in platform.recorded()]


def answers(platform: Platform) -> dict[str, Any]:
    """What every query answers that can be asked, with places in the log in place of positions."""
    place = {event.position: place for place, event in enumerate(platform.recorded())}

    def placed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: place.get(each, each) if key == "position" else placed(each) for key, each in value.items()}
        return [placed(each) for each in value] if isinstance(value, list) else value

    asked = {}
    for name, query in ((name, each.query) for service in SERVICES for name, each in service.queries.items()):
        fields = {field.name: KNOWN.get(field.name) for field in msgspec.structs.fields(query) if field.required}
        if name not in SEALED and None not in fields.values():
            asked[name] = placed(msgspec.json.decode(msgspec.json.encode(platform.ask(name, **fields))))
    return asked


def faults(log: StoredLog) -> list[str]:
    verifier = Verifier(one_writer=log.one_writer)
    return [fault.wrong for page in stored_pages(log) for fault in verifier.check(page)]


def test_both_logs_give_the_same_history_and_answers_and_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(platform: Platform) -> tuple[Any, ...]:
        return history(platform), answers(platform)

    told, answered = lived(tmp_path / "file", monkeypatch, seen)
    with serving(tmp_path / "server") as url:
        told_too, answered_too = lived(tmp_path / "data", monkeypatch, seen, kurrentdb_url=url)
        with closing(open_log(url)) as log:
            assert faults(log) == []
    assert told_too == told
    assert answered_too == answered
    assert len(answered) > 30
