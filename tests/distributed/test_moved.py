"""A county that was moved to another log goes on there: the same answers, and nothing happens a second time."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from services.core.log import count
from services.core.log_copy import copy
from services.core.log_place import open_log, open_writer
from services.core.settings import Settings
from services.wiring import open_runtime
from tests.engines.kurrentdb.server import serving
from tests.platform import SCHOOL, Platform, opened_platform
from tests.scheduling import year


def move(source: str, target: str) -> None:
    with (
        closing(open_log(source, read_only=True)) as original,
        closing(open_writer(target)) as writer,
        closing(open_log(target, read_only=True)) as log,
    ):
        copy(original, log, writer)


def story(platform: Platform) -> list[str]:
    """What the school's history says, oldest first."""
    history = platform.ask("analytics.SchoolTimeline", urn=SCHOOL, newest_first=False, limit=100)
    return [entry.says for entry in history.entries]


@pytest.mark.parametrize("back", [False, True])
def test_a_moved_county_goes_on_with_the_same_directory(tmp_path: Path, back: bool) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with serving(tmp_path / "server") as url:
        with opened_platform(data, kurrentdb_url=url if back else "") as platform:
            year.prepare(platform)
            platform.do("scheduling.SubscribeSchool", by="head", urn=SCHOOL, year=year.YEAR)
            told = story(platform)
            events = count(platform.runtime.log)
        if back:
            move(url, str(elsewhere))
            (elsewhere / "events.db").replace(data / "events.db")
        else:
            move(str(data), url)
        settings = Settings(data_dir=data, kurrentdb_url="" if back else url)
        clock = [0]
        with open_runtime(settings, threads=False, clock=lambda: clock[0]) as runtime:
            moved = Platform(runtime, clock).on(date(2011, 10, 1))
            runtime.settle()
            assert count(runtime.log) == events
            assert story(moved) == told
            moved.add_person("chair-2", "chair_of_governors", date(2011, 10, 1), SCHOOL)
            assert story(moved)[: len(told)] == told
            assert len(story(moved)) == len(told) + 1
