"""What is measured is there to be read, and says nothing of people or schools."""

from pathlib import Path

import pytest
from prometheus_client import REGISTRY, generate_latest

from services.core import metrics
from services.core.log import LogUnavailable
from tests.core.toy import do, open_toy

LABELS = {"command", "engine", "kind", "reader", "le", "quantile"}


def test_everything_measured_can_be_read_after_some_work(tmp_path: Path) -> None:
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=120777)
    runtime.settle()
    runtime.measure()
    runtime.close()
    page = generate_latest(REGISTRY).decode()
    for name in (
        "partnership_append_seconds_bucket",
        'partnership_command_seconds_count{command="toy.OpenTill"}',
        "partnership_conflicts_total",
        "# TYPE partnership_refusals_total counter",
        'partnership_lag_events{reader="toy.tills"} 0.0',
        'partnership_lag_seconds{reader="toy.tills"} 0.0',
        'partnership_parked_events{reader="toy.greet"} 0.0',
    ):
        assert name in page
    assert "120777" not in page


def test_whether_the_log_answers_is_measured_once_it_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise LogUnavailable("The log is away.")

    runtime = open_toy(tmp_path / "data")
    runtime.health()
    assert 'partnership_engine_reachable{engine="log"} 1.0' in generate_latest(REGISTRY).decode()
    with monkeypatch.context() as patched:
        patched.setattr(runtime.log, "since", away)
        with pytest.raises(LogUnavailable):
            runtime.health()
    assert 'partnership_engine_reachable{engine="log"} 0.0' in generate_latest(REGISTRY).decode()
    runtime.health()
    assert 'partnership_engine_reachable{engine="log"} 1.0' in generate_latest(REGISTRY).decode()
    runtime.close()


def test_labels_are_of_types_and_services_only() -> None:
    measured = [value for name, value in vars(metrics).items() if name.isupper()]
    assert len(measured) == 8
    assert {label for each in measured for label in each._labelnames} <= LABELS
