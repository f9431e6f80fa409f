"""The sample county is loaded by commands, the same every time, and may be cut short at any moment."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from services.billing.events import ChargeRaised
from services.core.envelope import RecordedEvent
from services.core.log import pages
from services.core.runtime import Runtime
from services.core.settings import Settings
from services.sample_county.loader import load, wanting
from services.wiring import open_log_read_only, open_runtime
from tests.county import copy_of, loaded


@pytest.fixture
def county() -> Path:
    return loaded()[0]


def events(directory: Path) -> list[RecordedEvent]:
    with open_log_read_only(Settings(data_dir=directory)) as log:
        return [recorded for page in pages(log) for recorded in page]


def facts(recorded: RecordedEvent) -> tuple[str, int, bytes, str]:
    """What must be the same in every loading: all but the instant and the sealing."""
    sealed = recorded.type == "scheduling.PersonRegistered"
    return recorded.stream, recorded.version, recorded.event_id, "" if sealed else str(recorded.data)


def test_every_school_is_charged_by_its_status(county: Path) -> None:
    charges = Counter(
        (event.data.route, event.data.net) for event in events(county) if isinstance(event.data, ChargeRaised)
    )
    assert charges == {("journal", 265_000): 167, ("invoice", 282_000): 181}
    assert sum(net * number for (_route, net), number in charges.items()) == 95_297_000


def test_every_kind_of_fact_is_there(county: Path) -> None:
    kinds = Counter(event.type for event in events(county))
    assert kinds["scheduling.SchoolRegistered"] == kinds["scheduling.SchoolSubscribed"] == 348
    assert kinds["scheduling.PersonRegistered"] == kinds["scheduling.TenureBegan"] == 8 + 25 + 2 * 348
    assert kinds["billing.PriceSet"] == 2
    assert kinds["scheduling.SchoolsLinked"] > 200
    assert kinds["analytics.Ks2ResultsPublished"] > 900
    assert kinds["analytics.InspectionGraded"] > 500
    assert kinds["analytics.AreaFiguresPublished"] > 60


def test_the_report_counts_what_the_log_holds(county: Path) -> None:
    report = loaded()[1]
    assert report.events == len(events(county))
    assert 0 < report.commands < report.events
    assert report.seconds > 0


def test_nothing_is_parked(county: Path, tmp_path: Path) -> None:
    with open_runtime(Settings(data_dir=copy_of(county, tmp_path / "data")), threads=False) as runtime:
        assert [runner.parked() for runner in runtime.policies] == [[] for _ in runtime.policies]


def test_a_loading_cut_short_goes_on_to_the_same_end(county: Path, tmp_path: Path) -> None:
    class Cut(Exception):
        pass

    settings = Settings(data_dir=tmp_path)
    for most in (5, 700, 2_000):
        with open_runtime(settings, threads=False) as runtime:
            assert wanting(runtime)
            stopping = _that_stops(runtime, most, Cut)
            with pytest.raises(Cut):
                load(stopping)
    with open_runtime(settings, threads=False) as runtime:
        assert wanting(runtime)
        load(runtime)
        assert not wanting(runtime)
    assert {*map(facts, events(tmp_path))} ^ {*map(facts, events(county))} == set()


def test_a_second_loading_records_nothing(county: Path, tmp_path: Path) -> None:
    with open_runtime(Settings(data_dir=copy_of(county, tmp_path / "data")), threads=False) as runtime:
        assert not wanting(runtime)
        assert load(runtime).events == 0


def _that_stops(runtime: Runtime, most: int, error: Callable[[], Exception]) -> Runtime:
    """The runtime, whose next commands fail once it has carried out so many."""
    carry_out, done = runtime.handle, Counter[str]()

    def handle(*arguments: object, **options: object) -> object:
        done["commands"] += 1
        if done["commands"] > most:
            raise error()
        return carry_out(*arguments, **options)  # type: ignore[arg-type]

    runtime.handle = handle  # type: ignore[assignment, method-assign]
    return runtime
