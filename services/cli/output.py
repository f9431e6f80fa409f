"""How commands speak: tables for people, JSON for machines, progress on a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

UNLIMITED = 10_000
"""Columns of an output that is not a terminal: whatever reads it must not meet a value cut short."""

Report = Callable[[int, int], None]
"""Told how much is done, and of how much."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


def print_json(value: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_table(titles: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[str] = ()) -> None:
    """One line for each row under its titles; the columns in `numbers` are set to the right."""
    console = _console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, justify="right" if title in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(str(value) for value in row))
    with console.capture() as printed:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))


@contextmanager
def progress(doing: str) -> Iterator[Report]:
    """A bar on stderr while the block runs, if stderr is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = _console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def counted(number: int, one: str, many: str | None = None) -> str:
    """'1 event', '1,204 events'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _console(*, stderr: bool = False) -> Console:
    # What is printed comes from files and people: nothing in it is markup.
    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = UNLIMITED
    return console
