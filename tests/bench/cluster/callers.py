"""Many callers at once, in threads that stay from one round to the next, as those of a web server do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import perf_counter


class Callers:
    """So many threads that make the same call."""

    def __init__(self, number: int, call: Callable[[], object]) -> None:
        self._number, self._call = number, call
        self._threads = ThreadPoolExecutor(number)

    def rate(self, calls: int) -> float:
        """Calls a second of all callers together, `calls` of them shared out, all callers starting at once."""
        start, each = Barrier(self._number + 1), max(1, calls // self._number)

        def make_calls() -> None:
            start.wait()
            for _ in range(each):
                self._call()

        running = [self._threads.submit(make_calls) for _ in range(self._number)]
        start.wait()
        began = perf_counter()
        for each_caller in running:
            each_caller.result()
        return self._number * each / (perf_counter() - began)

    def close(self) -> None:
        self._threads.shutdown()
