"""`python -m tests.bench.cluster.nameko_ping AMQP_URL`: nameko and nothing else, with as many workers as an edge."""

import sys
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()

    from nameko.rpc import rpc
    from nameko.runners import ServiceRunner

    from services.cluster.edge import MAX_WORKERS


class Ping:
    name = "ping"

    @rpc  # type: ignore[untyped-decorator]
    def ping(self, request: str) -> str:
        return request


def main(amqp_url: str) -> None:
    runner: Any = ServiceRunner({"AMQP_URI": amqp_url, "max_workers": MAX_WORKERS})
    runner.add_service(Ping)
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main(sys.argv[1])
