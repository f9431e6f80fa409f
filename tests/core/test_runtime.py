"""The embedded runtime's doors: commands in, answers out, and a clean end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from services.core.authorisation import Actor, Forbidden, Role, Tenure
from services.core.deciders import Refused
from services.core.key_place import keys_in_file
from services.core.log import LogUnavailable
from services.core.runtime import Runtime, Unknown
from services.core.schemas import Invalid
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.core.times import from_micros, to_micros
from tests.core.toy import OPERATOR, CoinTaken, OpenTill, TillOpened, ask, do, new_events, nobody, open_toy, toy

DAY = 86_400_000_000
NOON = 1_662_033_600_000_000  # 1 September 2022, 13:00 in London
URN = 120777
PATIENCE = 30.0


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"partnership_{name}", labels) or 0


# Commands


def test_a_command_is_carried_out_and_answers_where_and_what(runtime: Runtime) -> None:
    command_id = uuid4()
    result = runtime.handle("toy.OpenTill", {"urn": URN}, actor=OPERATOR, command_id=command_id, reason="Term begins")
    (recorded,) = runtime.log.since(0, 10)
    assert (result.stream, result.version, result.position) == ("toy.till-120777", 1, recorded.position)
    assert result.events == (recorded.id,)
    metadata = recorded.metadata
    assert (metadata.actor, metadata.role, metadata.reason) == ("operator", "platform", "Term begins")
    assert metadata.command_id == metadata.correlation_id == metadata.causation_id == command_id


def test_each_kind_of_no_says_so_is_counted_and_records_nothing(runtime: Runtime) -> None:
    someone = Actor("p-1")
    noes: list[tuple[type[Exception], str, dict[str, Any], Actor]] = [
        (Invalid, "toy.OpenTill", {"urn": 5}, OPERATOR),
        (Invalid, "toy.OpenTill", {"urn": URN, "colour": "red"}, OPERATOR),
        (Forbidden, "toy.OpenTill", {"urn": URN}, someone),
        (Refused, "toy.TakeCoin", {"urn": URN, "pence": 5}, OPERATOR),
    ]
    for kind, name, data, actor in noes:
        label = kind.__name__.lower()
        before = counted("refusals_total", command=name, kind=label)
        with pytest.raises(kind):
            runtime.handle(name, data, actor=actor, command_id=uuid4())
        assert counted("refusals_total", command=name, kind=label) == before + 1
    assert runtime.log.head() == 0


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 10_001])
def test_a_reason_is_judged_at_the_door_like_any_other_text(runtime: Runtime, reason: str) -> None:
    with pytest.raises(Invalid, match="reason"):
        runtime.handle("toy.OpenTill", {"urn": URN}, actor=OPERATOR, command_id=uuid4(), reason=reason)
    assert runtime.log.head() == 0


def test_a_name_that_no_service_has_is_unknown(runtime: Runtime) -> None:
    with pytest.raises(Unknown, match=r"no command toy\.Juggle"):
        runtime.handle("toy.Juggle", {}, actor=OPERATOR, command_id=uuid4())
    with pytest.raises(Unknown, match=r"no query toy\.OpenTill"):
        runtime.ask("toy.OpenTill", {"urn": URN}, actor=OPERATOR)


def test_a_command_posted_twice_at_once_from_many_threads_has_one_effect(live: Runtime) -> None:
    do(live, "OpenTill", urn=URN)
    command_id = uuid4()

    def post(_: int) -> Any:
        data = {"urn": URN, "pence": 5}
        return live.handle("toy.TakeCoin", data, actor=OPERATOR, command_id=command_id)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(post, range(8)))
    assert len({(result.version, result.position, result.events) for result in results}) == 1
    assert sum(not result.repeated for result in results) == 1
    taken = [recorded.data for recorded in live.log.read("toy.till-120777")]
    assert taken.count(CoinTaken(URN, 5)) == 1


def test_a_rehearsal_says_what_would_be_recorded_and_records_nothing(runtime: Runtime) -> None:
    assert runtime.rehearse("toy.OpenTill", {"urn": URN}, actor=OPERATOR) == [TillOpened(URN)]
    assert runtime.log.head() == 0
    for kind, data, actor in (
        (Refused, {"urn": URN, "pence": 5}, OPERATOR),
        (Invalid, {"urn": URN, "pence": 0}, OPERATOR),
        (Forbidden, {"urn": URN, "pence": 5}, Actor("p-1")),
    ):
        with pytest.raises(kind):
            runtime.rehearse("toy.TakeCoin", data, actor=actor)
    assert runtime.log.head() == 0


def test_the_latency_of_commands_and_appends_is_measured(runtime: Runtime) -> None:
    commands = counted("command_seconds_count", command="toy.OpenTill")
    appends = counted("append_seconds_count")
    do(runtime, "OpenTill", urn=URN)
    with pytest.raises(Refused):
        do(runtime, "OpenTill", urn=URN)
    assert counted("command_seconds_count", command="toy.OpenTill") == commands + 2
    assert counted("append_seconds_count") == appends + 1


# Who may, on the day


def test_a_role_counts_from_the_day_it_begins_until_the_day_before_it_ends(tmp_path: Path) -> None:
    now = NOON
    tenures = [
        Tenure(Role.HEADTEACHER, URN, date(2022, 9, 2), date(2022, 9, 4)),
        Tenure(Role.HEADTEACHER, URN + 1, date(2022, 9, 1)),
    ]
    (tmp_path / "data").mkdir()
    log, keys = SqliteLog(tmp_path / "events.db", clock=lambda: now), keys_in_file(tmp_path / "keys.db")
    settings = Settings(data_dir=tmp_path / "data", threads=1)
    runtime = Runtime(settings, [toy], log, keys, lambda person, read: tenures, threads=False, clock=lambda: now)
    head, data = Actor("p-1"), {"urn": URN}
    allowed = []
    for day in range(5):
        now = NOON + day * DAY
        if runtime.may("toy.OpenTill", data, actor=head):
            allowed.append(now)
        else:
            with pytest.raises(Forbidden, match="headteacher of the school"):
                runtime.handle("toy.Greet", data, actor=head, command_id=uuid4())
    assert allowed == [NOON + DAY, NOON + 2 * DAY]
    now = NOON + DAY
    runtime.handle("toy.OpenTill", data, actor=head, command_id=uuid4())
    assert runtime.log.read("toy.till-120777")[0].metadata.role == "headteacher"
    assert runtime.log.read("toy.till-120777")[0].metadata.effective_on == date(2022, 9, 2)
    assert [tenure.urn for tenure in runtime.tenures(head)] == [URN, URN + 1]
    # A school's role is not enough for a question about all schools.
    with pytest.raises(Forbidden):
        runtime.ask("toy.Tills", {}, actor=head)
    assert runtime.may("toy.Patron", data, actor=head)
    # The day is London's: at half past midnight in summer it is still the day before in UTC.
    now = to_micros(from_micros(NOON).replace(day=3, hour=23, minute=30))
    assert not runtime.may("toy.OpenTill", data, actor=head)
    runtime.close()


# Answers


def test_an_answer_says_to_where_it_is_folded_and_as_at_when_it_is_true(tmp_path: Path) -> None:
    now = NOON
    (tmp_path / "data").mkdir()
    log, keys = SqliteLog(tmp_path / "events.db", clock=lambda: now), keys_in_file(tmp_path / "keys.db")
    settings = Settings(data_dir=tmp_path / "data", threads=1)
    runtime = Runtime(settings, [toy], log, keys, nobody, threads=False, clock=lambda: now)
    assert ask(runtime, "Tills").value == []
    log.append("toy.till-120777", 0, new_events(TillOpened(URN), CoinTaken(URN, 5)))
    runtime.settle()
    now += DAY
    fresh = ask(runtime, "Tills")
    assert (fresh.value, fresh.position, fresh.as_at) == ([(URN, 5)], log.head(), from_micros(now))
    log.append("toy.till-120777", 3, new_events(CoinTaken(URN, 7)))
    behind = ask(runtime, "Tills")
    assert (behind.value, behind.position) == ([(URN, 5)], log.head() - 1)
    assert behind.as_at < from_micros(now)
    runtime.settle()
    assert (ask(runtime, "Tills").value, ask(runtime, "Tills", at_least=13).value) == ([(URN, 12)], [])
    runtime.close()


def test_a_sealed_field_is_opened_when_it_is_shown_and_gone_when_the_person_is(runtime: Runtime) -> None:
    do(runtime, "OpenTill", urn=URN)
    named = {"urn": URN, "person": "p-1", "name": "Jo Bloggs"}
    runtime.handle("toy.NamePatron", named, actor=OPERATOR, command_id=uuid4())
    runtime.settle()
    assert ask(runtime, "Patron", urn=URN).value == "Jo Bloggs"
    do(runtime, "ForgetPatron", urn=URN, person="p-1")
    runtime.settle()
    assert ask(runtime, "Patron", urn=URN).value is None


# The end


def test_the_end_is_clean(tmp_path: Path) -> None:
    before = threading.active_count()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    runtime = open_toy(tmp_path / "data", threads=True)
    do(runtime, "OpenTill", urn=URN)
    assert runtime.wait_for(runtime.log.head(), PATIENCE)
    ask(runtime, "Tills")
    runtime.close()
    assert threading.active_count() == before
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    reopened = open_toy(tmp_path / "data")
    assert reopened.log.head() >= 1
    reopened.close()


def test_after_the_end_nothing_is_carried_out(tmp_path: Path) -> None:
    runtime = open_toy(tmp_path / "data")
    runtime.close()
    with pytest.raises(LogUnavailable):
        do(runtime, "OpenTill", urn=URN)


def test_a_message_names_itself() -> None:
    assert OpenTill.message_name == "toy.OpenTill"
