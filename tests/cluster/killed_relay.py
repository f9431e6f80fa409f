"""`partnership relay` that dies, as by kill -9, once the broker has confirmed a batch, before that is written down."""

import os
import signal

from services.cli import main
from services.cluster.relay import Relay


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Relay._reach = die  # type: ignore[assignment,method-assign]
    main(["relay"])
