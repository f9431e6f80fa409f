"""The gateway as a program of its own, for tests that stop it: `python -m tests.gateway.served PORT DIRECTORY`."""

import sys
import time
from dataclasses import replace
from pathlib import Path

from gateway import create_app
from gateway.accounts import Accounts
from gateway.clients import Clients
from gateway.server import CannotListen, listen, serve
from tests.gateway.conftest import Settings
from tests.gateway.fakes import FakeRuntime


def main() -> None:
    settings = replace(Settings(), port=int(sys.argv[1]))
    try:
        sock = listen(settings.host, settings.port)
    except CannotListen as error:
        sys.exit(str(error))
    accounts = Accounts(Path(sys.argv[2]) / "accounts.db")
    app = create_app(Clients(FakeRuntime()), accounts, settings)
    app.view_functions["monitoring.metrics"] = slow_page
    print(f"port {sock.getsockname()[1]}", flush=True)
    serve(app, sock, settings)
    accounts.close()
    print("closed", flush=True)


def slow_page() -> str:
    time.sleep(1)
    return "finished"


if __name__ == "__main__":
    main()
