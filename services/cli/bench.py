"""`partnership bench`: the benchmark, which lives with the tests."""

import importlib.util
import subprocess
import sys

import click


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Measure this code beside the raw limit and the `eventsourcing` library, on this machine.

    With --cluster: services that run apart beside bare nameko, kombu and COPY. ARGUMENTS are passed on to the
    benchmark. It needs the source folder and what `make test` installs.

    Example: partnership bench
    """
    for module in ("tests.bench", "eventsourcing"):
        if importlib.util.find_spec(module.partition(".")[0]) is None:
            raise click.ClickException(
                f"There is no {module} here. Run the benchmark in the source folder with: make bench"
            )
    done = subprocess.run([sys.executable, "-m", "tests.bench", *arguments], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
