"""`python nameko_ping.py AMQP_URL WORKERS`: nameko and nothing else. Run as a file, so that all is patched before the
rest loads."""

import sys
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()

    from nameko.rpc import rpc
    from nameko.runners import ServiceRunner


class Ping:
    name = "ping"

    @rpc  # type: ignore[untyped-decorator]
    def ping(self, request: str) -> str:
        return request


def main(amqp_url: str, workers: str) -> None:
    runner: Any = ServiceRunner({"AMQP_URI": amqp_url, "max_workers": int(workers)})
    runner.add_service(Ping)
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
