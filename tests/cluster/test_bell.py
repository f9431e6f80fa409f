"""Rings may be lost, late, repeated or out of order: a page that waits finds out all the same."""

import threading
from pathlib import Path

import pytest

from services.cluster.bell import Listener, Ringer
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.wiring import SERVICES
from tests.cluster.in_process import Messages
from tests.cluster.processes import until
from tests.engines import rabbitmq
from tests.platform import opened_platform

NAMES = tuple(service.name for service in SERVICES)


class Moving:
    """Read models that come as far as they are told."""

    def __init__(self) -> None:
        self._at, self._moved = 0, threading.Condition()

    def move_to(self, position: int) -> None:
        with self._moved:
            self._at = position
            self._moved.notify_all()

    def position(self) -> int:
        return self._at

    def wait_for(self, position: int, timeout: float) -> bool:
        with self._moved:
            return self._moved.wait_for(lambda: self._at >= position, timeout)


def test_a_ring_is_heard_by_whoever_waits() -> None:
    moving, positions = Moving(), Positions()
    url = rabbitmq.shared().url
    with Listener(url, positions) as listener, Ringer(url, "visits", moving) as ringer:
        until(lambda: not listener.health() + ringer.health())
        for position in range(1, 50):
            moving.move_to(position)
        assert positions.wait(["visits"], 49, 60)


def test_rings_repeated_late_or_out_of_order_do_no_harm() -> None:
    positions = Positions()
    for position in (5, 9, 9, 3, 7):
        positions.hear("visits", position)
    assert positions.wait(["visits"], 9, 0)
    assert positions.lacking(["visits"], 10) == ["visits"]
    assert not positions.wait(["visits", "billing"], 9, 0.01)


def test_where_every_ring_is_lost_it_is_asked_how_far_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.cluster.remote.POLL_SECONDS", 0.05)
    with opened_platform(tmp_path) as platform:
        messages = Messages(platform.runtime)
        head = platform.runtime.log.head()
        assert messages.remote().wait_for(head, 60)
        assert messages.asked["reached"] == len(SERVICES)
        assert not messages.remote().wait_for(head + 1, 0.2)


def test_whoever_is_told_by_a_ring_asks_nothing(tmp_path: Path) -> None:
    with opened_platform(tmp_path) as platform:
        messages, positions = Messages(platform.runtime), Positions()
        for name in NAMES:
            positions.hear(name, 12)
        assert RemoteRuntime(SERVICES, messages.call, positions).wait_for(12, 60)
        assert messages.asked.total() == 0
