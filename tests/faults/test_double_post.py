"""Every command is sent twice, as an impatient person or a lost answer makes it happen: there is one effect, and the
answer is the same. What policies send, and what a command claims first, is sent twice as well."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from services.billing.price_list import load_price_list
from services.core.commands import Command
from services.core.deciders import Result
from services.core.envelope import Metadata
from services.core.runtime import Runtime
from services.core.service import Handles
from services.core.settings import Settings
from services.demonstration.clock import Clock
from services.demonstration.player import play
from services.demonstration.school_year import demonstration, first_year
from services.sample_county.loader import DATA, EXTRACTED, sample_schools
from services.sample_county.role_holders import role_holders
from services.scheduling.importing import import_schools
from services.wiring import OPERATOR, SERVICES, open_runtime
from tests.faults.by_one_school import rare_commands
from tests.platform import opened_platform

LAST_DAY = date(2026, 9, 1)
SCHOOLS = 5

Sent = dict[str, Result]
"""The last result of each command that had an effect, by the command's name."""


@pytest.fixture
def sent_twice(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Has every command carried out twice under one id, whoever sends it."""
    carry_out, sent = Runtime._carry_out, Sent()

    def twice(runtime: Runtime, handles: Handles, command: Command, metadata: Metadata) -> Result:
        first = carry_out(runtime, handles, command, metadata)
        again = carry_out(runtime, handles, command, metadata)
        assert again == replace(first, repeated=bool(first.events)), f"{command} sent twice has two effects"
        if first.events:
            sent[command.message_name] = first
        return first

    monkeypatch.setattr(Runtime, "_carry_out", twice)
    return sent


@pytest.fixture
def demonstrated(sent_twice: Sent, tmp_path: Path) -> Iterator[Sent]:
    """A few schools' demonstration, played through."""
    clock, rows = Clock(date(first_year(LAST_DAY), 8, 1)), sample_schools()[:SCHOOLS]
    with open_runtime(Settings(data_dir=tmp_path / "demonstration"), threads=False, clock=clock) as runtime:

        def handle(name: str, data: Any) -> Result:
            return runtime.handle(name, data, actor=OPERATOR, command_id=uuid4())

        load_price_list(runtime.handle)
        few = tmp_path / "schools.csv"
        few.write_bytes(b"".join((DATA / "schools.csv").read_bytes().splitlines(keepends=True)[: SCHOOLS + 1]))
        import_schools(handle, lambda name, data: runtime.rehearse(name, data, actor=OPERATOR), few, EXTRACTED)
        for holder in role_holders((row.urn, row.name) for row in rows):
            handle("scheduling.RegisterPerson", {"person": holder.person, "name": holder.name})
            tenure = {"person": holder.person, "role": holder.role, "urn": holder.urn, "begins": "2011-09-01"}
            handle("scheduling.BeginTenure", tenure)
        play(runtime, clock, demonstration(rows, 1, LAST_DAY), 1)
        yield sent_twice


def test_every_command_has_one_effect_however_often_it_comes(demonstrated: Sent, tmp_path: Path) -> None:
    """The demonstration's commands, and by hand those that it does not need. A new command belongs to one of them."""
    with opened_platform(tmp_path / "by hand") as platform:
        rare_commands(platform)
        assert platform.parked() == []
    assert {name for service in SERVICES for name in service.commands} == demonstrated.keys()
