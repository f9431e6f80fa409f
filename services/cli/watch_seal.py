"""`partnership watch-seal`: is the log still what was sealed?"""

import click

from services.cli.seal import KEY, ORIGIN
from services.cluster.scrape import scraped
from services.cluster.seal_watch import SealWatch
from services.core import logs
from services.core.seals import Signer
from services.core.settings import Settings
from services.core.stopping import told_to_stop
from services.wiring import open_log_read_only


@click.command()
def command() -> None:
    """Check the whole log every SEAL_MINUTES against the last seal, and seal it anew, until Ctrl-C.

    Run it with a DATA_DIR of its own, on a disk that whoever can write the log can't write: there it keeps its key and
    the last seal. /metrics and /health, at METRICS_PORT, say whether the log is as it was recorded.

    Example: KURRENTDB_URL=esdb://localhost:2113 DATA_DIR=/srv/seals METRICS_PORT=9100 partnership watch-seal
    """
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    stopping = told_to_stop()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    signer = Signer(settings.data_dir / KEY, ORIGIN)
    watch = SealWatch(lambda: open_log_read_only(settings), signer, settings.data_dir / "last-seal.txt")
    with scraped(settings.metrics_port, settings.host) as watched:
        watched.of(watch.wrong)
        watch.run(60 * settings.seal_minutes, stopping)
    click.echo("Stopped.")
