"""Asks for a page of the small county as everybody, and says in one word what came of it for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from gateway import create_app
from gateway.clients import Clients
from services.core.authorisation import Actor
from services.core.deciders import Result
from services.core.runtime import Runtime
from tests.gateway.conftest import Settings
from tests.gateway.visits import hidden_fields
from tests.who_may.small_county import PERSONS, SmallCounty


class Rehearsing:
    """A runtime that records nothing: it decides what a page sends, and counts what was not refused."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.done = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runtime, name)

    def handle(
        self, name: str, data: Mapping[str, Any], *, actor: Actor, command_id: UUID, reason: str | None = None
    ) -> Result:
        self._runtime.rehearse(name, data, actor=actor, reason=reason)
        self.done += 1
        return Result("rehearsed", 0, 0)


@dataclass(frozen=True)
class Came:
    """What came of it, as the table says it, and where the page leads that opened."""

    mark: str
    links: frozenset[str] = frozenset()


class Asking:
    """The pages of a small county, for everybody in it."""

    def __init__(self, county: SmallCounty) -> None:
        self._runtime = Rehearsing(county.platform.runtime)
        app = create_app(Clients(self._runtime), county.accounts, Settings())
        self._browsers = {persona: county.visit(persona, app) for persona in PERSONS}
        self._tokens = {
            persona: hidden_fields(browser.open("/sign-in" if persona == "nobody" else "/hours"))["csrf_token"]
            for persona, browser in self._browsers.items()
        }

    def everybody(self, method: str, page: str, sends: str = "") -> dict[str, Came]:
        """What comes of it for each persona."""
        return {persona: self._ask(persona, method, page, sends) for persona in PERSONS}

    def _ask(self, persona: str, method: str, page: str, sends: str) -> Came:
        done = self._runtime.done
        if method == "GET":
            answer = self._browsers[persona].open(page)
            return Came(_mark(answer), _links(answer))
        answer = self._send(persona, page, sends)
        return Came("x" if self._runtime.done > done else _mark(answer))

    def _send(self, persona: str, page: str, sends: str) -> TestResponse:
        typed = {"csrf_token": self._tokens[persona], "form_id": str(uuid4())}
        for name, value in parse_qsl(sends, keep_blank_values=True):
            typed |= {name: value} | _boxes(name, value)
        files = {name: (BytesIO(value[1:].encode()), "file.csv") for name, value in typed.items() if value[:1] == "@"}
        return self._browsers[persona].client.post(page, data=typed | files)


def _boxes(name: str, value: str) -> dict[str, str]:
    """A day also as a form asks for it, in three boxes."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return {}
    return dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), value.split("-"), strict=True))


def _mark(answer: TestResponse) -> str:
    if answer.status_code == 403 or (answer.location or "").startswith("/sign-in"):
        return ""
    words = {404: "hidden", 400: "no", 422: "no", 200: "x", 302: "led", 303: "led"}
    return words.get(answer.status_code, str(answer.status_code))


def _links(answer: TestResponse) -> frozenset[str]:
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return frozenset()
    found = re.findall(r'href="(/[^"#]*)', answer.text)
    return frozenset(unescape(link) for link in found if not link.startswith("/static/"))
