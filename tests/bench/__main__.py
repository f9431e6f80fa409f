"""The benchmark: this code beside plain sqlite3 and `eventsourcing`, in turn, as ratios. It judges nobody's build."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench import harness, report
from tests.bench.machine import durability, filesystem, machine, revision
from tests.bench.rows import ROWS
from tests.bench.sizes import BY_NAME, FULL, QUICK

RESULTS = Path(__file__).parent / "results.jsonl"
IN_MEMORY = ("tmpfs", "ramfs")
DIRECTORY = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--rows", default=",".join(ROWS), show_default=True, help="Which rows to run.")
@click.option("--size", type=click.Choice(list(BY_NAME)), default=FULL.name, show_default=True, help="Work to do.")
@click.option("--quick", is_flag=True, help="A smoke run of about a minute: the same as --size quick.")
@click.option("--at", "place", type=DIRECTORY, help="A directory on the disk to measure.")
@click.option("--results", type=FILE, help="Where to add results; a full run adds to the file kept with the code.")
def main(rows: str, size: str, quick: bool, place: Path | None, results: Path | None) -> None:
    """Measure this code beside plain sqlite3 and `eventsourcing`.

    Each row prints the least, median and most of its ratios over the rounds, beside the goal. Exit 1 when a row
    could not be run, never for a missed goal."""
    sizes = BY_NAME[QUICK.name if quick else size]
    chosen = rows.split(",")
    if unknown := set(chosen) - set(ROWS):
        raise click.BadParameter(f"there is no row {', '.join(sorted(unknown))}", param_hint="--rows")
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
            "durability": durability(directory),
        }
        for row in (ROWS[each] for each in chosen):
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


if __name__ == "__main__":
    main(prog_name="bench")
