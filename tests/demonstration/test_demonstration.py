"""A few schools' demonstration, from its first day to its last."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from services.core.log import pages
from services.core.settings import Settings
from services.demonstration.player import OutOfScript
from services.demonstration.school_year import demonstration
from services.demonstration.staging import NotEmpty, Staged, stage, wanting
from services.sample_county.loader import sample_schools
from services.wiring import open_log_read_only, open_runtime

LAST_DAY = date(2026, 11, 20)
SCHOOLS = 30


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Staged]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("demonstration") / "data")
    return settings, stage(settings, LAST_DAY, schools=SCHOOLS)


def test_it_says_what_it_did(staged: tuple[Settings, Staged]) -> None:
    settings, did = staged
    with open_log_read_only(settings) as log:
        assert log.head() == did.loaded.events + did.played.events
    assert did.played.commands > 100 * SCHOOLS


def test_it_is_recorded_by_its_own_clock(staged: tuple[Settings, Staged]) -> None:
    settings, _ = staged
    with open_log_read_only(settings) as log:
        days = [event.recorded.date() for page in pages(log) for event in page]
    assert days == sorted(days)
    assert days[0] == date(2025, 8, 1)
    assert days[-1] <= LAST_DAY


def test_a_year_has_something_of_everything(staged: tuple[Settings, Staged]) -> None:
    settings, _ = staged
    with open_log_read_only(settings) as log:
        counts = Counter(event.type for page in pages(log) for event in page)
    wanted = [
        "scheduling.ProposalObjected",
        "scheduling.AgendaCountered",
        "scheduling.VisitPutOnHold",
        "scheduling.ProgrammeTakenOver",
        "visits.TargetsSanctioned",
        "visits.SefOverdue",
        "visits.GradeDisputed",
        "visits.RecordIssued",
        "visits.PmVisitHeld",
        "helpdesk.OfstedCallReceived",
        "helpdesk.AdviserTold",
        "billing.ChargeReversed",
        "billing.PartYearCharged",
        "billing.BatchExported",
    ]
    assert [name for name in wanted if not counts[name]] == []


def test_nothing_was_parked(staged: tuple[Settings, Staged]) -> None:
    settings, _ = staged
    with open_runtime(settings, threads=False) as runtime:
        assert [row for policy in runtime.policies for row in policy.parked()] == []


def test_the_same_seed_and_day_give_the_same_steps() -> None:
    schools = sample_schools()[:SCHOOLS]
    assert demonstration(schools, 1, LAST_DAY) == demonstration(schools, 1, LAST_DAY)
    assert demonstration(schools, 1, LAST_DAY) != demonstration(schools, 2, LAST_DAY)


def test_a_play_that_was_cut_short_goes_on_and_repeats_nothing(
    staged: tuple[Settings, Staged], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    monkeypatch.setattr("services.demonstration.player.carry_out", _stopping_after(500))
    with pytest.raises(KeyboardInterrupt):
        stage(settings, LAST_DAY, schools=3)
    monkeypatch.undo()
    assert wanting(settings)
    stage(settings, date(2030, 1, 1), seed=9)  # it goes on with what it began with
    whole = Settings(data_dir=tmp_path / "whole")
    stage(whole, LAST_DAY, schools=3)
    assert _facts(settings) == _facts(whole)
    assert not wanting(settings)


def test_it_is_not_mixed_with_what_is_there_already(staged: tuple[Settings, Staged]) -> None:
    settings, _ = staged
    with pytest.raises(NotEmpty, match="holds events already"):
        stage(settings, LAST_DAY)


def test_a_step_that_does_not_fit_the_rules_stops_the_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.demonstration.records.working_day", lambda day, _days=0: day)
    with pytest.raises(OutOfScript, match="visits"):
        stage(Settings(data_dir=tmp_path / "data"), LAST_DAY, schools=2)


def _facts(settings: Settings) -> list[tuple[str, int, str, bytes]]:
    """Everything that the log holds but the seals of personal fields, which differ each time."""
    with open_log_read_only(settings) as log:
        events = [event for page in pages(log) for event in page]
    return [
        (event.stream, event.version, event.type, event.stored_metadata)
        for event in sorted(events, key=lambda event: (event.stream, event.version))
    ]


def _stopping_after(steps: int):  # type: ignore[no-untyped-def]
    from services.demonstration import player

    carry_out = player.carry_out
    left = [steps]

    def stopping(*arguments: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        carry_out(*arguments)  # type: ignore[arg-type]

    return stopping
