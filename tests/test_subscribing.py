"""What deploy/SUBSCRIBING.md tells people to type, works; and what it names is there."""

import re
import shlex
import threading
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import msgspec
import pytest
from click.testing import CliRunner
from waitress.server import create_server

from gateway import create_app
from gateway.accounts import Accounts
from gateway.clients import Clients
from services.cli import main
from services.core.cloud_events import EXCHANGE
from services.core.settings import Settings
from services.wiring import open_runtime
from tests import county

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "deploy" / "SUBSCRIBING.md").read_text("utf-8")
TYPED = [
    line for block in re.findall(r"^```\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE) for line in block.splitlines()
]


def test_a_system_gets_a_token_reads_the_county_with_it_and_loses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = county.copy_of(county.loaded()[0], tmp_path / "data")
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    add, listed, revoke, *asked = [shlex.split(line) for line in TYPED if "partnership" in line or "curl" in line]
    settings = Settings(data_dir=data_dir)
    with open_runtime(settings, threads=False) as runtime, closing(Accounts(data_dir / "accounts.db")) as accounts:
        server: Any = create_server(create_app(Clients(runtime), accounts, settings), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        token = CliRunner().invoke(main, add[1:]).stdout.strip()
        assert "school-portal" in CliRunner().invoke(main, listed[1:]).stdout
        found = [_curl(line, f"http://127.0.0.1:{server.effective_port}", token) for line in asked]
        assert [len(events) for events in found] == [100, 100]
        assert {event["type"] for event in found[1]} <= {
            "partnership.scheduling.SchoolRegistered",
            "partnership.scheduling.TermsSet",
        }
        assert "can't read any more" in CliRunner().invoke(main, revoke[1:]).stdout
        server.close()


def _curl(line: list[str], address: str, token: str) -> list[dict[str, Any]]:
    name, value = line[2].replace("$TOKEN", token).split(": ")
    with urlopen(Request(line[3].replace("$ADDRESS", address), headers={name: value}), timeout=30) as answer:
        return list(msgspec.json.decode(answer.read()))


def test_what_the_page_names_is_there() -> None:
    assert f"`{EXCHANGE}`" in PAGE
    for path in re.findall(r"deploy/[\w./]+\w", PAGE):
        assert (ROOT / path).exists(), path
