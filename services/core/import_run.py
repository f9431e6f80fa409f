"""Takes the rows of a file through the commands that everybody uses.

Every command is rehearsed first: a dry run says what the import would do, and a row that brings no news costs no write.
So the same file twice records nothing, and an import that was cut short is finished by running it again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from msgspec import Struct

from services.core.deciders import Refused, Result
from services.core.events import Dated, Event
from services.core.schemas import Invalid
from services.core.uploads import RefusedRow

Handle = Callable[[str, Mapping[str, Any]], Result]
"""Carries out a command by name, in the importer's name, under a command id of its own."""
Rehearse = Callable[[str, Mapping[str, Any]], Sequence[Event | Dated]]
Refusal = Refused | Invalid
T = TypeVar("T")
R = TypeVar("R")
SIDE_BY_SIDE = 8
Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


class Call(Struct, frozen=True):
    """The command that a row calls for: `key` is what the row is about, `line` where it begins."""

    name: str
    data: Mapping[str, Any]
    key: str
    line: int


def carry_out(
    calls: Sequence[Call],
    refused: list[RefusedRow],
    handle: Handle,
    rehearse: Rehearse,
    dry_run: bool,
    progress: Progress | None,
) -> Iterator[tuple[Call, Sequence[Event | Dated]]]:
    """Each command that was not refused, with what it recorded or would record. The others join `refused`.

    Rows about different keys go side by side, to share each sync to disk; those of one key keep their order."""

    def take(call: Call) -> Sequence[Event | Dated] | Refusal:
        try:
            decided = rehearse(call.name, call.data)
            if decided and not dry_run:
                handle(call.name, call.data)
        except (Refused, Invalid) as refusal:
            return refusal
        return decided

    by_key: dict[str, list[Call]] = {}
    for call in calls:
        by_key.setdefault(call.key, []).append(call)
    done = 0
    for taken in side_by_side(lambda group: [(call, take(call)) for call in group], by_key.values()):
        for call, outcome in taken:
            if isinstance(outcome, Exception):
                refused.append(RefusedRow(call.line, call.key, str(outcome)))
            else:
                yield call, outcome
        done += len(taken)
        if progress is not None:
            progress(done, len(calls))
    refused.sort(key=lambda row: row.line)


def side_by_side(take: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """What `take` gives for each item, in their order, several at a time. The first failure stops the rest."""
    threads = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="import")
    try:
        yield from threads.map(take, items)
    finally:
        threads.shutdown(cancel_futures=True)
