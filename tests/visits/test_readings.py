"""The reading log: one line for each reader, paper and day, which the head sees."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.core.authorisation import Forbidden
from tests.platform import PEOPLE, SCHOOL, Platform, opened_platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        yield platform


def test_who_opened_a_paper_is_noted_once_a_day(platform: Platform) -> None:
    paper = {"urn": SCHOOL, "paper": "record-2011-1-v1"}
    platform.on(date(2011, 12, 1))
    for person in ("adviser", "chair", "adviser"):
        platform.do("visits.NotePaperOpened", by=person, **paper)
    platform.do("visits.NotePaperOpened", by="adviser", urn=SCHOOL, paper="record-2011-1-v2")
    platform.on(date(2011, 12, 2))
    platform.do("visits.NotePaperOpened", by="adviser", **paper)
    lines = platform.ask("visits.Readings", by="head", urn=SCHOOL)
    assert [(line.day.day, line.paper, line.name, line.role) for line in lines] == [
        (2, "record-2011-1-v1", "Adviser", "adviser"),
        (1, "record-2011-1-v2", "Adviser", "adviser"),
        (1, "record-2011-1-v1", "Chair", "chair_of_governors"),
        (1, "record-2011-1-v1", "Adviser", "adviser"),
    ]


def test_a_reader_who_was_erased_stays_in_the_log_without_a_name(platform: Platform) -> None:
    platform.do("visits.NotePaperOpened", by="adviser-2", urn=SCHOOL, paper="record-2011-1-v1")
    platform.do("scheduling.ErasePerson", by="dpo", because="Asked for", person="adviser-2")
    (line,) = platform.ask("visits.Readings", by="head", urn=SCHOOL)
    assert (line.name, line.role) == (None, "adviser")


def test_head_auditor_and_data_protection_see_the_log_and_nobody_else(platform: Platform) -> None:
    may = {"head", "auditor", "dpo"}
    for person in PEOPLE:
        if person in may:
            assert platform.ask("visits.Readings", by=person, urn=SCHOOL) == ()
        else:
            with pytest.raises(Forbidden):
                platform.ask("visits.Readings", by=person, urn=SCHOOL)


def test_nobody_leaves_a_line_at_a_school_that_they_may_not_see(platform: Platform) -> None:
    with pytest.raises(Forbidden):
        platform.do("visits.NotePaperOpened", by="head", urn=120778, paper="record-2011-1-v1")
