"""`make cluster`: the distributed system on this machine, without Docker, until Ctrl-C."""

import signal
import sys

from deploy.cluster.county import NotFilled, fill
from deploy.cluster.ports import Ports
from deploy.cluster.supervisor import NotRunning, Supervisor
from deploy.cluster.system import Lacking, System
from services.core.file_lock import FileLock
from services.core.settings import BadSetting, Settings
from services.core.stopping import stop_by_interrupt, told_to_stop

STAND_IN = """
*********************************************************************************************
*  THE EVENT LOG IS KEPT BY A STAND-IN FOR EventStoreDB THAT WAS MADE FOR TESTS.            *
*  It is not for real data. Set KURRENTDB_URL=esdb://... to a real EventStoreDB/KurrentDB.  *
*********************************************************************************************
"""
ENTERABLE = 0o711
"""PostgreSQL, which runs under its own user, must get through to its folder; nobody may look around."""


def main() -> None:
    """Start everything, keep it running, stop it."""
    stop_by_interrupt()
    try:
        run(Settings.from_environment())
    except (BadSetting, Lacking, NotRunning, NotFilled) as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped before everything was up.")


def run(settings: Settings) -> None:
    """Raises Lacking, NotRunning, NotFilled or KeyboardInterrupt."""
    directory = (settings.data_dir / "cluster").absolute()
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(ENTERABLE)
    lock = FileLock(directory / "lock")
    if not lock.acquire():
        raise Lacking(f"Process {lock.holder()} runs a cluster in {directory} already. Choose another DATA_DIR.")
    system = System(directory, settings, Ports(directory / "ports.json"))
    system.check()
    supervisor = Supervisor(directory / "logs", _say)
    try:
        _start(system, supervisor)
        _watch(supervisor)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        _say("Stopping ...")
        supervisor.stop()
        lock.release()
    _say("All has stopped.")


def _start(system: System, supervisor: Supervisor) -> None:
    if system.stands_in:
        _say(STAND_IN)
    _say("Starting the engines ...")
    for stage in system.engines():
        supervisor.start(stage)
    system.make_database()
    fill(system.directory, system.environment(), _say)
    _say("Starting the services ...")
    for stage in system.platform():
        supervisor.start(stage)
    for what, where in system.addresses():
        _say(f"{what:28}{where}")
    if system.stands_in:
        _say(STAND_IN)


def _watch(supervisor: Supervisor) -> None:
    supervisor.watch(told_to_stop())


def _say(text: str) -> None:
    print(text, flush=True)


main()
