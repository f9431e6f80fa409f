"""Takes commands that a file calls for one by one, and counts what became of each.

Each is rehearsed first, so a dry run says what the import would do, and what brings no news costs no write."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from services.analytics.events import Ks2ResultsRevised
from services.core.deciders import Refused, Result
from services.core.events import Dated, Event
from services.core.schemas import Invalid
from services.core.uploads import RefusedRow

Handle = Callable[[str, Mapping[str, Any]], Result]
"""Carries out a command by name, in the importer's name, under a command id of its own."""
Rehearse = Callable[[str, Mapping[str, Any]], Sequence[Event | Dated]]
Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


class Report(Struct):
    """What became of a file. `passed_over` counts rows of what is not read here; `refused` gives line and reason (line
    0 where a refusal concerns several lines)."""

    published: int = 0
    revised: int = 0
    unchanged: int = 0
    passed_over: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


class Call(Struct, frozen=True):
    """A command that a row calls for; `key` is what the row is about."""

    name: str
    data: Mapping[str, Any]
    key: str
    line: int = 0


def carry_out(
    calls: Sequence[Call],
    report: Report,
    handle: Handle,
    rehearse: Rehearse,
    dry_run: bool,
    progress: Progress | None,
) -> Report:
    for done, call in enumerate(calls, 1):
        try:
            decided = rehearse(call.name, call.data)
            if decided and not dry_run:
                handle(call.name, call.data)
        except (Refused, Invalid) as refusal:
            report.refused.append(RefusedRow(call.line, call.key, str(refusal)))
        else:
            _count(decided, report)
        if progress is not None:
            progress(done, len(calls))
    report.refused.sort(key=lambda row: row.line)
    return report


def _count(decided: Sequence[Event | Dated], report: Report) -> None:
    if not decided:
        report.unchanged += 1
        return
    events = [item.event if isinstance(item, Dated) else item for item in decided]
    if any(isinstance(event, Ks2ResultsRevised) for event in events):
        report.revised += 1
    else:
        report.published += 1
