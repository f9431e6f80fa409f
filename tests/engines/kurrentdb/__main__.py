"""`python -m tests.engines.kurrentdb --port N --data DIR`: serve until SIGTERM. Prints one line when it is ready."""

import argparse
import signal
import threading
from pathlib import Path

from tests.engines.kurrentdb.server import serve

GRACE_SECONDS = 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.engines.kurrentdb")
    parser.add_argument("--port", type=int, default=0, help="Port on 127.0.0.1; 0 lets the kernel choose.")
    parser.add_argument("--data", type=Path, required=True, help="Directory of what it stores.")
    arguments = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server, port = serve(arguments.data, arguments.port)
    print(f"KurrentDB's stand-in for tests listens on esdb://127.0.0.1:{port}?Tls=false", flush=True)
    stop.wait()
    server.stop(GRACE_SECONDS).wait()


main()
