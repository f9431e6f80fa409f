"""The benchmark: this code beside plain sqlite3 and `eventsourcing`, in turn, as ratios. It judges nobody's build."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import pytest

from tests.bench import cluster as apart
from tests.bench import harness, report
from tests.bench.cluster.engines import engines
from tests.bench.machine import durability, filesystem, machine, revision
from tests.bench.rows import ROWS
from tests.bench.sizes import BY_NAME, FULL, QUICK

RESULTS = Path(__file__).parent / "results.jsonl"
IN_MEMORY = ("tmpfs", "ramfs")
DIRECTORY = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--rows", help="Which rows to run: all, unless told.")
@click.option("--cluster", is_flag=True, help="The rows of services that run apart, over engines of their own.")
@click.option("--size", type=click.Choice(list(BY_NAME)), default=FULL.name, show_default=True, help="Work to do.")
@click.option("--quick", is_flag=True, help="A smoke run of about a minute: the same as --size quick.")
@click.option("--at", "place", type=DIRECTORY, help="A directory on the disk to measure.")
@click.option("--results", type=FILE, help="Where to add results; a full run adds to the file kept with the code.")
def main(rows: str | None, cluster: bool, size: str, quick: bool, place: Path | None, results: Path | None) -> None:
    """Measure this code beside plain sqlite3 and `eventsourcing`; with --cluster beside plain nameko, kombu and COPY.

    Each row prints the least, median and most of its ratios over the rounds, beside the goal. Exit 1 when a row
    could not be run, never for a missed goal."""
    sizes = BY_NAME[QUICK.name if quick else size]
    known = apart.ROWS if cluster else ROWS
    chosen = rows.split(",") if rows else list(known)
    if unknown := set(chosen) - set(known):
        there_are = f"there is no row {', '.join(sorted(unknown))}, only {', '.join(known)}"
        raise click.BadParameter(there_are, param_hint="--rows")
    kept = results or (RESULTS if sizes is FULL else None)
    failed = []
    with TemporaryDirectory(dir=place) as name:
        directory = Path(name)
        if filesystem(directory) in IN_MEMORY:
            raise click.UsageError(
                f"{directory.parent} is not on a disk, so nothing waits for one; say where with --at"
            )
        surroundings = {
            "revision": revision(),
            "machine": machine(directory),
            **({"engines": _engines()} if cluster else {"durability": durability(directory)}),
        }
        for row in (known[each] for each in chosen):
            try:
                outcome = harness.run(row, sizes, directory)
            except Exception:
                traceback.print_exc()
                failed.append(row.name)
                continue
            click.echo(report.table(outcome) + "\n")
            if kept is not None:
                report.append(kept, report.record(outcome, sizes.name, datetime.now(UTC), surroundings))
    if failed:
        click.echo(f"could not be run: {', '.join(failed)}", err=True)
        sys.exit(1)


def _engines() -> dict[str, Any]:
    try:
        return engines()
    except pytest.skip.Exception as missing:
        raise click.UsageError(str(missing)) from missing


if __name__ == "__main__":
    main(prog_name="bench")
