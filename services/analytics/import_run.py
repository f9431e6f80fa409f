"""Counts what became of the commands that a file calls for."""

from collections.abc import Sequence

from msgspec import Struct, field

from services.analytics.events import Ks2ResultsRevised
from services.core import import_run
from services.core.events import Dated, Event
from services.core.import_run import Call, Handle, Progress, Rehearse
from services.core.uploads import RefusedRow


class Report(Struct):
    """What became of a file. `passed_over` counts rows of what is not read here; `refused` gives line and reason (line
    0 where a refusal concerns several lines)."""

    published: int = 0
    revised: int = 0
    unchanged: int = 0
    passed_over: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def carry_out(
    calls: Sequence[Call],
    report: Report,
    handle: Handle,
    rehearse: Rehearse,
    dry_run: bool,
    progress: Progress | None,
) -> Report:
    """The report with every command counted, or named among the refused."""
    for _, decided in import_run.carry_out(calls, report.refused, handle, rehearse, dry_run, progress):
        _count(decided, report)
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
