"""The log in EventStoreDB / KurrentDB keeps the contract of every log, and has faults of its own to survive. Here its
stand-in answers; test_kurrentdb_server.py asks a real server."""

import base64
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path

import grpc
import msgspec
import pytest
from kurrentdbclient import KurrentDBClient, StreamState
from kurrentdbclient import NewEvent as TheirEvent

from services.core.events import Undecodable
from services.core.kurrentdb_log import KurrentDbLog
from services.core.log import LogUnavailable
from services.core.verify import Verifier
from tests.core.log_contract import *  # noqa: F403 - the contract's tests run here
from tests.core.toy import CoinTaken, coins
from tests.engines.certificate import self_signed
from tests.engines.kurrentdb.process import Double
from tests.engines.kurrentdb.server import serve, serving

TILL = "toy.till-120777"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[KurrentDbLog]:
    with serving(tmp_path) as url, closing(KurrentDbLog(url)) as log:
        yield log


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Double]:
    double = Double(tmp_path).start()
    yield double
    double.stop()


def test_what_lies_on_the_server_can_be_read_with_its_own_tools(tmp_path: Path) -> None:
    with serving(tmp_path) as url, closing(KurrentDbLog(url, clock=lambda: 5_000_000)) as log:
        (new,) = coins(7)
        log.append(TILL, 0, [new])
        (recorded,) = log.read(TILL)
        with closing(KurrentDBClient(url)) as client:
            (theirs,) = client.get_stream(TILL)
    assert (theirs.type, theirs.data) == ("toy.CoinTaken", b'{"urn":120777,"pence":7,"note":""}')
    assert msgspec.json.decode(theirs.metadata) == {
        "event_id": str(recorded.id),
        "schema_version": 1,
        "recorded_at": 5_000_000,
        "hash": base64.b64encode(recorded.hash).decode(),
        "metadata": msgspec.json.decode(new.metadata),
    }


def test_positions_leave_gaps_and_events_of_the_server_itself_are_left_out(log: KurrentDbLog) -> None:
    log.append(TILL, 0, coins(1, 2))
    first, second = log.since(0, 10)
    assert second.position > first.position + 1
    assert {event.type for event in log.since(0, 10)} == {"toy.CoinTaken"}


def test_a_type_is_filtered_by_its_whole_name(log: KurrentDbLog) -> None:
    names = ("toy.CoinTaken", "toy.CoinTakenBack", "a.toy.CoinTaken", "toyXCoinTaken")
    one = coins(1)[0]
    log.append(TILL, 0, [msgspec.structs.replace(coins(1)[0], type=name) for name in names])
    found = log.since(0, 10, ["toy.CoinTaken", "toy.Other"])
    assert [event.type for event in found] == [one.type]


def test_recorded_times_follow_those_that_another_process_recorded(tmp_path: Path) -> None:
    with (
        serving(tmp_path) as url,
        closing(KurrentDbLog(url, clock=lambda: 9_000_000)) as ahead,
        closing(KurrentDbLog(url, clock=lambda: 3_000_000)) as behind,
    ):
        ahead.append(TILL, 0, coins(1))
        behind.append(TILL, len(behind.read(TILL)), coins(2))
        assert [event.recorded_at for event in ahead.read(TILL)] == [9_000_000, 9_000_000]
        assert ahead.read(TILL, upto=ahead.read(TILL)[0].recorded - timedelta(microseconds=1)) == []


def test_what_another_process_appends_wakes_who_waits(tmp_path: Path) -> None:
    with serving(tmp_path) as url, closing(KurrentDbLog(url)) as one, closing(KurrentDbLog(url)) as other:
        position = one.append(TILL, 0, coins(1))
        assert other.wait(0, 30)
        assert other.head() == position


def test_an_event_that_is_not_the_platforms_is_shown_and_named_and_hides_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as url, closing(KurrentDbLog(url)) as log:
        log.append(TILL, 0, coins(1))
        with closing(KurrentDBClient(url)) as client:
            stranger = TheirEvent(type="toy.CoinTaken", data=b"{}", metadata=b"not ours")
            client.append_to_stream("theirs", current_version=StreamState.NO_STREAM, events=stranger)
        log.append(TILL, 1, coins(2))
        events, (_, stored, _) = log.since(0, 10), log.stored(0, 10)
        faults = list(Verifier(one_writer=False).check(log.stored(0, 10)))
    assert [type(event.data) for event in events] == [CoinTaken, Undecodable, CoinTaken]
    assert {fault.position for fault in faults} == {stored.position}


def test_an_answer_that_is_lost_is_asked_for_again_and_stores_nothing_twice(tmp_path: Path) -> None:
    lost = count()

    def lose_the_first(context: grpc.ServicerContext) -> None:
        if next(lost) == 0:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the answer is lost")

    with serving(tmp_path, before_reply=lose_the_first) as url, closing(KurrentDbLog(url)) as log:
        position = log.append(TILL, 0, coins(1, 2))
        assert [event.version for event in log.read(TILL)] == [1, 2]
        assert position == log.head() == log.since(0, 10)[-1].position


def test_a_server_killed_under_appends_loses_and_doubles_nothing(double: Double) -> None:
    """Writers go on over three kills; each retries what it was not told the end of, as a command does."""
    written = 30
    logs = [KurrentDbLog(double.url, patience=60) for _ in range(3)]

    def write(log: KurrentDbLog, urn: int) -> None:
        for version in range(written):
            log.append(f"toy.till-{urn}", version, coins(version + 1, urn=urn))

    writers = [threading.Thread(target=write, args=(log, 120001 + index)) for index, log in enumerate(logs)]
    for writer in writers:
        writer.start()
    for goal in (10, 30, 60):
        while sum(len(logs[0].read(f"toy.till-{urn}")) for urn in (120001, 120002, 120003)) < goal:
            pass
        double.restart()
    for writer in writers:
        writer.join()
    events = logs[0].since(0, 1_000)
    for urn in (120001, 120002, 120003):
        own = [event.data for event in events if event.stream == f"toy.till-{urn}"]
        assert own == [CoinTaken(urn, version + 1) for version in range(written)]
    for log in logs:
        log.close()


def test_who_follows_goes_on_from_its_position_when_the_server_was_killed(double: Double) -> None:
    with closing(KurrentDbLog(double.url)) as reader, closing(KurrentDbLog(double.url)) as writer:
        seen: list[int] = []
        for version in range(3):
            position = writer.append(TILL, version, coins(version + 1))
            while not seen or seen[-1] < position:
                assert reader.wait(seen[-1] if seen else 0, 60), "the subscription did not come back"
                seen += [event.position for event in reader.since(seen[-1] if seen else 0, 10)]
            double.restart()
        assert seen == [event.position for event in reader.since(0, 10)]


def test_a_server_that_is_away_is_said_in_words_and_found_again(double: Double) -> None:
    with closing(KurrentDbLog(double.url, patience=0.5)) as log:
        log.append(TILL, 0, coins(1))
        double.kill()
        for call in (lambda: log.append(TILL, 1, coins(2)), lambda: log.read(TILL), lambda: log.since(0, 1)):
            with pytest.raises(LogUnavailable, match="does not answer"):
                call()
        double.start()
        log.append(TILL, 1, coins(2))
        assert [event.version for event in log.read(TILL)] == [1, 2]


def test_a_server_that_hangs_is_said_in_words_and_found_again(double: Double) -> None:
    with closing(KurrentDbLog(double.url, patience=0.5)) as log:
        double.hang()
        with pytest.raises(LogUnavailable, match="does not answer"):
            log.append(TILL, 0, coins(1))
        double.go_on()
        before = log.read(TILL)  # what was sent while it hung may have been stored since
        log.append(TILL, len(before), coins(2))
        assert [event.data for event in log.read(TILL)][len(before) :] == [CoinTaken(120777, 2)]


def test_a_server_that_was_never_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="does not answer"):
        KurrentDbLog(Double(tmp_path).url, patience=0.5)


def test_a_closed_log_refuses_in_words(log: KurrentDbLog) -> None:
    log.close()
    with pytest.raises(LogUnavailable, match="closed"):
        log.append(TILL, 0, coins(1))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("esdb://127.0.0.1:2113?Tsl=false", "not an address"),
        ("kafka://127.0.0.1", "not an address"),
        ("esdb://127.0.0.1:2113?TlsCaFile=/nowhere.pem", "nowhere.pem"),
    ],
)
def test_an_address_that_cant_be_used_is_refused_without_its_password(url: str, words: str) -> None:
    with pytest.raises(LogUnavailable, match=words) as refused:
        KurrentDbLog(url.replace("://", "://admin:secret@"))
    assert "secret" not in str(refused.value)


def test_a_cluster_is_discovered(tmp_path: Path) -> None:
    with serving(tmp_path) as url, closing(KurrentDbLog(url.replace("esdb:", "esdb+discover:"))) as log:
        log.append(TILL, 0, coins(1))
        assert len(log.read(TILL)) == 1


def test_tls_is_checked_and_the_user_named(tmp_path: Path) -> None:
    users: list[str] = []

    def note_user(context: grpc.ServicerContext) -> None:
        users.append(dict(context.invocation_metadata())["authorization"])

    key, certificate = self_signed("127.0.0.1")
    authority = tmp_path / "authority.pem"
    authority.write_bytes(certificate)
    credentials = grpc.ssl_server_credentials([(key, certificate)])
    server, port = serve(tmp_path, before_reply=note_user, credentials=credentials)
    try:
        with closing(KurrentDbLog(f"esdb://admin:secret@127.0.0.1:{port}?TlsCaFile={authority}")) as log:
            log.append(TILL, 0, coins(1))
        with pytest.raises(LogUnavailable):
            KurrentDbLog(f"esdb://admin:secret@127.0.0.1:{port}", patience=0.2)
    finally:
        server.stop(None).wait()
    assert users == ["Basic " + base64.b64encode(b"admin:secret").decode()]
