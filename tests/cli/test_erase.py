"""To erase a person is to destroy their key; the log keeps every event and hash."""

from pathlib import Path

from gateway.accounts import Accounts
from services.core.key_place import keys_in_file
from services.core.keys import Sealed
from services.core.settings import Settings
from services.scheduling.events import PersonRegistered
from services.wiring import OPERATOR, open_log_read_only
from tests.cli.conftest import Run, refused

PERSON = "demo-head-120777"
REASON = ("--reason", "Asked for by the person")


def name_of(county: Path, person: str) -> str | None:
    with open_log_read_only(Settings(data_dir=county)) as log:
        registered = log.read(f"scheduling.person-{person}")[0]
    assert isinstance(registered.data, PersonRegistered)
    keys = keys_in_file(county / "keys.db")
    try:
        return keys.open(Sealed(person, registered.event_id, "name", registered.data.name))
    finally:
        keys.close()


def test_nobody_can_read_the_name_again(county: Path, run: Run) -> None:
    assert name_of(county, PERSON) == "Headteacher of Aldborough Primary School"
    result = run("erase", PERSON, *REASON)
    assert result.exit_code == 0, result.output
    assert "the key is destroyed" in result.stdout
    assert name_of(county, PERSON) is None
    assert name_of(county, "demo-chair-120777") == "Chair of governors of Aldborough Primary School"
    assert run("verify").exit_code == 0


def test_the_record_says_why_and_who(county: Path, run: Run) -> None:
    run("erase", PERSON, *REASON)
    with open_log_read_only(Settings(data_dir=county)) as log:
        erased = log.read(f"scheduling.person-{PERSON}")[-1]
    assert erased.type == "scheduling.PersonErased"
    assert erased.metadata.reason == "Asked for by the person"
    assert erased.metadata.actor == OPERATOR.id


def test_their_sign_in_is_gone(county: Path, run: Run) -> None:
    accounts = Accounts(county / "accounts.db")
    accounts.add("head", "secret", PERSON)
    run("erase", PERSON, *REASON)
    assert accounts.verify("head", "secret") is None
    accounts.close()


def test_twice_is_refused(county: Path, run: Run) -> None:
    run("erase", PERSON, *REASON)
    refused(run("erase", PERSON, *REASON), "This person was erased")


def test_a_person_that_there_is_not(county: Path, run: Run) -> None:
    refused(run("erase", "nobody", *REASON), "There is no such person")


def test_what_can_not_be_an_identifier(county: Path, run: Run) -> None:
    refused(run("erase", "Mrs Smith", *REASON), "person:")


def test_a_reason_is_needed(county: Path, run: Run) -> None:
    assert run("erase", PERSON).exit_code == 2
    refused(run("erase", PERSON, "--reason", " "), "reason")
