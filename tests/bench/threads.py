"""Many writers at once, each in a thread of its own, with how long each append made its writer wait."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import perf_counter

import msgspec

WRITERS = 8


class Race(msgspec.Struct, frozen=True):
    """The appends of all writers in a second, and the longest that one of them took, in milliseconds."""

    rate: float
    longest_wait: float


def race(each: int, append: Callable[[int, int], object]) -> Race:
    """Eight writers call `append(writer, number)` `each` times, all starting together."""
    start = Barrier(WRITERS + 1)

    def write(writer: int) -> float:
        start.wait()
        longest = 0.0
        for number in range(each):
            began = perf_counter()
            append(writer, number)
            longest = max(longest, perf_counter() - began)
        return longest

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        start.wait()
        began = perf_counter()
        waits = [writer.result() for writer in writers]
        taken = perf_counter() - began
    return Race(WRITERS * each / taken, max(waits) * 1_000)
