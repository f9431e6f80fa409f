"""A policy acts once on each event of its type, in the order of the log, and never because something is rebuilt."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4, uuid5

import pytest
from prometheus_client import REGISTRY

from services.core import policies as policies_module
from services.core.envelope import NewEvent
from services.core.log import LogUnavailable
from services.core.policies import BATCH, PolicyRunner
from services.core.read_db import move_checkpoint
from services.core.runtime import Runtime
from tests.core.rings import Rules, open_rings
from tests.core.toy import OPERATOR


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def reopen(tmp_path: Path, rules: Rules) -> Iterator[Callable[[], Runtime]]:
    """Opens the same files, after closing what was open: a restart."""
    opened: list[Runtime] = []

    def again() -> Runtime:
        if opened:
            opened.pop().close()
        opened.append(open_rings(tmp_path / "data", rules))
        return opened[-1]

    yield again
    opened.pop().close()


def ring(runtime: Runtime, urn: int, left: int) -> None:
    runtime.handle("rings.Ring", {"urn": urn, "left": left}, actor=OPERATOR, command_id=uuid4())


def history(runtime: Runtime) -> list[tuple[str, int, int]]:
    events = [recorded.data for recorded in runtime.log.since(0, 10_000)]
    return [(type(event).__name__, event.urn, event.left) for event in events]  # type: ignore[union-attr]


def runner(runtime: Runtime, name: str) -> PolicyRunner:
    return next(each for each in runtime.policies if each.policy.name == name)


class Crash(BaseException):
    """The process ends here."""


def test_an_event_leads_to_one_command_whose_id_is_made_of_it(reopen: Callable[[], Runtime]) -> None:
    runtime = reopen()
    ring(runtime, 120777, 1)
    runtime.settle()
    bell, echo = runtime.log.since(0, 10)
    assert history(runtime) == [("BellRung", 120777, 1), ("EchoHeard", 120777, 0)]
    assert echo.metadata.command_id == uuid5(bell.id, "rings.answer")
    assert echo.metadata.causation_id == bell.id
    assert echo.metadata.correlation_id == bell.metadata.correlation_id == bell.metadata.command_id
    assert (echo.metadata.actor, echo.metadata.role) == ("rings.answer", "policy")


def test_what_follows_happens_breadth_first(reopen: Callable[[], Runtime]) -> None:
    runtime = reopen()
    for urn in (120001, 120002, 120003):
        ring(runtime, urn, 3)
    runtime.settle()
    assert history(runtime) == [
        (kind, urn, left)
        for kind, left in (("BellRung", 3), ("EchoHeard", 2), ("BellRung", 1), ("EchoHeard", 0))
        for urn in (120001, 120002, 120003)
    ]


def test_crashes_between_a_command_and_its_checkpoint_leave_one_effect_of_each(
    reopen: Callable[[], Runtime], monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = reopen()
    ring(runtime, 120777, 3)
    ring(runtime, 120778, 3)
    crashes = reached = 0

    def every_other_crashes(*given: Any) -> None:
        nonlocal crashes, reached
        reached += 1
        if reached % 2:
            crashes += 1
            raise Crash
        move_checkpoint(*given)

    monkeypatch.setattr(policies_module, "move_checkpoint", every_other_crashes)
    for _ in range(30):
        try:
            runtime.settle()
            break
        except Crash:
            runtime = reopen()
    assert crashes >= 4
    assert len(history(runtime)) == len(set(history(runtime))) == 8


def test_a_crash_between_two_commands_of_a_batch_has_one_effect_of_each(
    reopen: Callable[[], Runtime], monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = reopen()
    for urn in (120001, 120002, 120003):
        ring(runtime, urn, 1)
    carry_out = runtime._carry_out
    issued = 0

    def second_crashes(*given: Any) -> Any:
        nonlocal issued
        issued += 1
        if issued == 2:
            raise Crash
        return carry_out(*given)

    with monkeypatch.context() as patch:
        patch.setattr(runtime, "_carry_out", second_crashes)
        with pytest.raises(Crash):
            runtime.settle()
    assert len(history(runtime)) == 4
    runtime = reopen()
    runtime.settle()
    assert sorted(history(runtime)[3:]) == [("EchoHeard", urn, 0) for urn in (120001, 120002, 120003)]


def test_after_a_restart_nothing_is_done_again(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    ring(runtime, 120777, 1)
    runtime.settle()
    answered = list(rules.answered)
    runtime = reopen()
    runtime.settle()
    assert rules.answered == answered
    assert rules.effects == [120777]


def test_what_is_refused_is_parked_and_can_be_retried(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    rules.refusing = True
    ring(runtime, 120777, 1)
    ring(runtime, 120778, 1)
    runtime.settle()
    answer = runner(runtime, "rings.answer")
    parked = [(row["position"], row["stream"], row["type"], row["error"]) for row in answer.parked()]
    assert parked == [
        (1, "rings.bell-120777", "rings.BellRung", "Nobody is listening."),
        (2, "rings.bell-120778", "rings.BellRung", "Nobody is listening."),
    ]
    answer = runner(reopen(), "rings.answer")
    assert answer.retry() == 2
    assert len(answer.parked()) == 2
    rules.refusing = False
    assert answer.retry() == 0
    assert answer.parked() == []
    assert answer.retry() == 0
    runtime = reopen()
    runtime.settle()
    assert [kind for kind, _, _ in history(runtime)] == ["BellRung", "BellRung", "EchoHeard", "EchoHeard"]


def test_a_policy_that_fails_on_one_event_parks_it_and_goes_on(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    rules.failing = ZeroDivisionError("no bells")
    ring(runtime, 120777, 1)
    runtime.settle()
    rules.failing = None
    ring(runtime, 120778, 1)
    runtime.settle()
    for name in ("rings.answer", "rings.note"):
        assert [row["error"] for row in runner(runtime, name).parked()] == ["ZeroDivisionError: no bells"]
    assert history(runtime)[-1] == ("EchoHeard", 120778, 0)
    assert rules.effects == [120778]


def test_an_event_that_cant_be_read_is_parked(reopen: Callable[[], Runtime]) -> None:
    runtime = reopen()
    ring(runtime, 120777, 0)
    (known,) = runtime.log.since(0, 1)
    runtime.log.append("rings.bell-1", 0, [NewEvent(bytes(16), "rings.BellRung", 1, known.stored_metadata, b"[]")])
    runtime.settle()
    assert "can't be read" in runner(runtime, "rings.answer").parked()[0]["error"]


def test_what_will_pass_is_not_parked_but_waited_for(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    ring(runtime, 120777, 1)
    rules.failing = LogUnavailable("The disk is full.")
    for _ in range(2):
        with pytest.raises(LogUnavailable):
            runtime.settle()
    rules.failing = None
    runtime.settle()
    assert runner(runtime, "rings.answer").parked() == []
    assert history(runtime) == [("BellRung", 120777, 1), ("EchoHeard", 120777, 0)]
    assert rules.effects == [120777]


def test_more_events_than_a_batch(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    count = 2 * BATCH + 3
    for urn in range(120000, 120000 + count):
        ring(runtime, urn, 0)
    answer = runner(runtime, "rings.answer")
    steps = 0
    while answer.step():
        steps += 1
    assert steps == 3
    assert rules.answered == list(range(1, count + 1))


def test_an_effect_runs_at_least_once(
    reopen: Callable[[], Runtime], rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = reopen()
    ring(runtime, 120777, 0)

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(policies_module, "move_checkpoint", crash)
        with pytest.raises(Crash):
            runner(runtime, "rings.note").step()
    assert rules.effects == [120777]
    reopen().settle()
    assert rules.effects == [120777, 120777]


def test_a_lost_checkpoint_begins_again_with_the_same_effects(
    reopen: Callable[[], Runtime], tmp_path: Path, rules: Rules
) -> None:
    runtime = reopen()
    ring(runtime, 120777, 3)
    runtime.settle()
    before = history(runtime)
    runtime.close()
    for path in (tmp_path / "data" / "policies").glob("*.db"):
        path.write_bytes(b"rubbish")
    runtime = reopen()
    runtime.settle()
    assert history(runtime) == before
    assert len(rules.answered) == 4  # twice for each of the two bells


def test_lag_and_refusals_are_measured(reopen: Callable[[], Runtime], rules: Rules) -> None:
    runtime = reopen()
    rules.refusing = True
    ring(runtime, 120777, 1)
    runtime.measure()
    reader = {"reader": "rings.answer"}
    assert REGISTRY.get_sample_value("partnership_lag_events", reader) == 1
    runtime.settle()
    runtime.measure()
    assert REGISTRY.get_sample_value("partnership_lag_events", reader) == 0
    assert REGISTRY.get_sample_value("partnership_parked_events", reader) == 1
