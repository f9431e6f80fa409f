"""`python -m services.cluster.edge_process SERVICE [LIFELINE]`: an edge, where all is patched before the rest loads."""

import sys
import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # why it is here all the same: ADR 18
    import eventlet

    eventlet.monkey_patch()

    from services.cluster.edge import serve

from services.core import logs
from services.core.settings import Settings


def main() -> None:
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    service, *lifeline = sys.argv[1:]
    serve(settings, service, int(lifeline[0]) if lifeline else None)


if __name__ == "__main__":
    main()
