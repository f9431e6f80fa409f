"""Answers are kept while nothing changes, and never when they hold what was sealed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.core.authorisation import Actor, Forbidden
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


def test_who_may_not_ask_is_not_given_what_another_asked(runtime: Runtime) -> None:
    ask(runtime, "Tills")
    with pytest.raises(Forbidden):
        runtime.ask("toy.Tills", {}, actor=Actor("somebody"))


def test_the_one_longest_without_use_goes_first() -> None:
    recent = Recent(size=2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)
