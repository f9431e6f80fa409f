"""Answers are kept while nothing changes, and never when they hold what was sealed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.core.authorisation import Actor, Forbidden, Role, Tenure
from services.core.recent import Recent
from services.core.runtime import Runtime
from tests.core.toy import OPERATOR, do, open_toy

URN = 120777


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    runtime = open_toy(tmp_path / "data")
    do(runtime, "OpenTill", urn=URN)
    patron = {"urn": URN, "person": "p-1", "name": "Jo Bloggs"}
    runtime.handle("toy.NamePatron", patron, actor=OPERATOR, command_id=uuid4())
    do(runtime, "TakeCoin", urn=URN, pence=5)
    runtime.settle()
    yield runtime
    runtime.close()


def ask(runtime: Runtime, name: str, **data: Any) -> Any:
    return runtime.ask(f"toy.{name}", data, actor=OPERATOR).value


def test_an_answer_is_given_again_until_something_changes(runtime: Runtime) -> None:
    first = ask(runtime, "Tills")
    assert ask(runtime, "Tills") is first
    assert ask(runtime, "Tills", at_least=9) == []
    do(runtime, "TakeCoin", urn=URN, pence=7)
    runtime.settle()
    assert ask(runtime, "Tills") == [(URN, 12)]


def test_a_rebuild_forgets_what_was_kept(runtime: Runtime) -> None:
    first = ask(runtime, "Tills")
    runtime.projectors["toy.tills"].rebuild()
    assert ask(runtime, "Tills") is not first


def test_what_was_unsealed_is_not_kept(runtime: Runtime) -> None:
    assert ask(runtime, "Patron", urn=URN) == "Jo Bloggs"
    # The key is destroyed, and the projection has not moved since.
    runtime.keys.erase("p-1")
    assert ask(runtime, "Patron", urn=URN) is None


def test_what_depends_on_who_asks_is_kept_for_each_with_the_roles_of_the_day(tmp_path: Path) -> None:
    adviser = Tenure(Role.ADVISER, None, date(2011, 9, 1))
    held = {"p-1": [adviser], "p-2": [adviser]}
    with closing(open_toy(tmp_path, tenures=lambda person, read: held[person])) as runtime:

        def me(person: str) -> Any:
            return runtime.ask("toy.Me", {}, actor=Actor(person)).value

        first, second = me("p-1"), me("p-2")
        assert [viewer.person for viewer in first + second] == ["p-1", "p-2"]
        assert me("p-1") is first
        held["p-1"] = [adviser, Tenure(Role.FINANCE, None, date(2011, 9, 1))]
        do(runtime, "OpenTill", urn=URN)  # a projection that does not move with it
        assert me("p-1")[0].has(Role.FINANCE)
        assert me("p-2")[0] == second[0]


def test_what_is_to_be_made_anew_is_not_kept(runtime: Runtime) -> None:
    assert ask(runtime, "Me") is ask(runtime, "Me")
    assert ask(runtime, "Me", anew=True) is not ask(runtime, "Me", anew=True)


def test_who_may_not_ask_is_not_given_what_another_asked(runtime: Runtime) -> None:
    ask(runtime, "Tills")
    with pytest.raises(Forbidden):
        runtime.ask("toy.Tills", {}, actor=Actor("somebody"))


def test_the_one_longest_without_use_goes_first() -> None:
    recent = Recent(size=2)
    recent.put("a", 9, 1)
    recent.put("b", 9, 2)
    assert recent.get("a", 9) == 1
    recent.put("c", 9, 3)
    assert [recent.get(key, 9) for key in "abc"] == [1, None, 3]


def test_an_answer_is_good_for_its_position_alone_and_makes_room_for_the_next() -> None:
    recent = Recent(size=2)
    recent.put("a", 9, 1)
    assert recent.get("a", 10) is None
    recent.put("b", 9, 2)
    recent.put("a", 10, 3)
    assert (recent.get("a", 9), recent.get("a", 10), recent.get("b", 9)) == (None, 3, 2)
