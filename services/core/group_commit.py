"""Threads that wait for one disk share its syncs: one of them commits for all that wait (leader and followers).

Without this each thread pays for a sync of its own; with a thread set apart for writing, one that is alone pays for the
hand-over."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

R = TypeVar("R")

PATIENCE = 0.25
"""How long a leader waits for those who were here a moment ago, as a share of the time that the last commit took."""


class _Follower(Generic[R]):
    """A thread that waits, and what it wants committed."""

    __slots__ = ("leads", "request", "turn")

    def __init__(self, request: R) -> None:
        self.request = request
        self.leads = False
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCommit(Generic[R]):
    """`commit` takes the requests of every waiting thread together and writes each one's outcome into it."""

    def __init__(self, commit: Callable[[list[R]], None]) -> None:
        self._commit = commit
        self._gate = threading.Lock()
        self._queue: deque[_Follower[R]] = deque()
        self._led = False
        self._crowd = 1
        self._last_took = 0.0

    def waiting(self) -> int:
        """How many requests no commit has taken yet."""
        return len(self._queue)

    def submit(self, request: R) -> None:
        """Return when the request has been part of a commit, in this thread or in another's."""
        with self._gate:
            if self._led:
                own = _Follower(request)
                self._queue.append(own)
            else:
                own = None
                self._led = True
        if own is not None:
            self._wait(own)
        if own is None or own.leads:
            self._lead(request)

    def _wait(self, own: _Follower[R]) -> None:
        try:
            own.turn.acquire()
        except BaseException:
            # Interrupted: nobody may be left waiting for a leader that has gone.
            with self._gate:
                if own in self._queue:
                    self._queue.remove(own)
                if own.leads:
                    self._pass_on()
            raise

    def _lead(self, request: R) -> None:
        followers: list[_Follower[R]] = []
        try:
            if self._crowd > 1:
                self._gather()
            began = time.perf_counter()
            with self._gate:
                followers += self._queue
                self._queue.clear()
            self._commit([request, *(follower.request for follower in followers)])
            self._last_took = time.perf_counter() - began
        finally:
            with self._gate:
                self._crowd = 1 + len(followers) + len(self._queue)
                self._pass_on()
            for follower in followers:
                follower.turn.release()

    def _gather(self) -> None:
        """Those whom the last commit let go come back in a moment: with them this one carries more."""
        until = time.perf_counter() + self._last_took * PATIENCE
        while len(self._queue) + 1 < self._crowd and time.perf_counter() < until:
            time.sleep(0)

    def _pass_on(self) -> None:
        """The first who waits leads next. The gate is held."""
        self._led = bool(self._queue)
        if self._queue:
            heir = self._queue.popleft()
            heir.leads = True
            heir.turn.release()
