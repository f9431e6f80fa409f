"""Puts a demonstration on: the sample county, loaded in the August before it, and the play up to its last day.

All of it happens by the demonstration's own clock, so that the two dials of a school's history show what was known on
each day of the play."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from services.core.log_place import FILE
from services.core.settings import Settings
from services.demonstration.clock import Clock
from services.demonstration.player import Played, play
from services.demonstration.school_year import demonstration, first_year
from services.sample_county import loader
from services.sample_county.loader import Loaded, load, quietly, sample_schools
from services.wiring import open_log_read_only, open_runtime

SEED = 1


@dataclass(frozen=True, slots=True)
class Staged:
    """What the loading of the county and the play did."""

    loaded: Loaded
    played: Played


class NotEmpty(Exception):
    """There are events already, which a demonstration would mix with its own."""


class _Playing(msgspec.Struct, frozen=True):
    """What is being played, kept until it is over: a play that was cut short goes on with the same."""

    seed: int
    last_day: date
    schools: int | None


def wanting(settings: Settings) -> bool:
    """True when there is no log yet, or a play was cut short."""
    if _marker(settings).exists():
        return True
    if settings.kurrentdb_url:
        with open_log_read_only(settings) as log:
            return log.head() == 0
    return not (settings.data_dir / FILE).exists()


def stage(
    settings: Settings,
    last_day: date,
    seed: int = SEED,
    schools: int | None = None,
    progress: Callable[[str], AbstractContextManager[loader.Report]] = quietly,
) -> Staged:
    """Load the sample county and play up to the last day, for all its schools or the first few.

    Raises NotEmpty, OutOfScript or LogUnavailable."""
    playing = _Playing(seed, last_day, schools)
    marker = _marker(settings)
    if marker.exists():
        playing = msgspec.json.decode(marker.read_bytes(), type=_Playing)
    clock = Clock(date(first_year(playing.last_day), 8, 1))
    with open_runtime(settings, threads=False, clock=clock) as runtime:
        if runtime.log.head() and not marker.exists():
            raise NotEmpty(f"{settings.data_dir} holds events already. Choose an empty directory with DATA_DIR.")
        marker.write_bytes(msgspec.json.encode(playing))
        loaded = load(runtime, progress)
        steps = demonstration(sample_schools()[: playing.schools], playing.seed, playing.last_day)
        with progress("Demonstration year") as report:
            played = play(runtime, clock, steps, playing.seed, report)
        marker.unlink()
    return Staged(loaded, played)


def _marker(settings: Settings) -> Path:
    return settings.data_dir / "demonstration-is-playing"
